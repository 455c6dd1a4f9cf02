"""What can be wrong with a worker: called in its process before the step."""

import itertools
import os
import random
import resource
import signal
import sys
import threading
import time
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR


def _is_a_point(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether a kill may find the worker here: it opens a file of the installation, renames, deletes or sends."""
    if event in ("os.rename", "os.remove", "os.mkdir", "http.client.send"):
        return True
    return event == "open" and os.environ["FIHRIST_HOME"].rpartition("/")[0] in str(arguments[0])


def die_at(point: int) -> None:
    """Kill this process, as ``kill -9`` does, before it opens, renames, deletes or sends for the n-th time."""
    counter = itertools.count(1)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if _is_a_point(event, arguments) and next(counter) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def die_soon_after(point: int, seconds: float) -> None:
    """Kill this process a moment after it did so for the n-th time: it may be waiting for an answer then."""
    counter = itertools.count(1)
    reached = threading.Event()

    def kill() -> None:
        reached.wait()
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if _is_a_point(event, arguments) and next(counter) == point:
            reached.set()

    threading.Thread(target=kill, daemon=True).start()
    sys.addaudithook(hook)


def be_impatient(seconds: float, timeout: float | None = None) -> None:
    """Insist for so long only, and wait so long for an answer, that a test need not wait for minutes."""
    from pipeline.index import bulk, client

    client.REQUEST_TIMEOUT = timeout or seconds
    bulk.Limits.__init__.__defaults__ = (5_000_000, seconds, 0.1, 1.0, timeout or seconds)  # type: ignore[misc]


def small_requests(size: int) -> None:
    """Send bulk requests of this many bytes, so that a few articles make many."""
    from pipeline.index import bulk

    bulk.Limits.__init__.__defaults__ = (size, *bulk.Limits.__init__.__defaults__[1:])  # type: ignore[index,misc]


def small_files_only(size: int) -> None:
    """Let the system refuse to write more than this many bytes to a file, as a full disk does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def be_user(number: int) -> None:
    """Go on as another user, for whom permissions count."""
    os.setgroups([])
    os.setgid(number)
    os.setuid(number)


def clock_goes_wrong(seed: int) -> None:
    """Let the wall clock jump between a year back and a day ahead, as often as it is read."""
    import datetime as module

    chance = random.Random(seed)
    real = module.datetime

    class Wrong(real):  # type: ignore[misc,valid-type]
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return real.now(tz) + module.timedelta(seconds=chance.uniform(-365 * 86_400, 86_400))

    now = time.time
    time.time = lambda: now() + chance.uniform(-365 * 86_400, 86_400)
    for loaded in [loaded for name, loaded in sys.modules.items() if name.startswith("pipeline.")]:
        if getattr(loaded, "datetime", None) is real:
            loaded.datetime = Wrong  # type: ignore[attr-defined]
