"""Whether an instance's server lives, and when it is ready."""

import time
from collections.abc import Callable

from pipeline.embedded.elasticsearch.failure import explain
from pipeline.embedded.elasticsearch.health import status
from pipeline.embedded.elasticsearch.instance import Instance, Progress, RunningServer
from pipeline.embedded.elasticsearch.process import end, find
from pipeline.errors import FihristError

READY_SECONDS = 300
RED_SECONDS = 30
"""How long indices may take to open before the server is given over as it is."""
TELL_EVERY = 10.0
STOP_SECONDS = 60


def running_pid(instance: Instance) -> int | None:
    """Return the number of the instance's server process if it lives, whether ready or not.

    That it is ours shows in its command line: a process with that number may by now be anything.
    """
    try:
        pid = int(instance.pid_file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return pid if find(pid, _mark(instance)) else None


def running(instance: Instance) -> RunningServer | None:
    """Return the instance's server if it lives and answers on its port."""
    pid, url = running_pid(instance), instance.url
    return RunningServer(url, pid, instance.log) if pid and url and status(instance) else None


def wait_until_ready(instance: Instance, progress: Progress, ended: Callable[[], str | None]) -> RunningServer:
    """Return the instance's server once it is ready.

    Args:
        instance: what was started.
        progress: told every few seconds.
        ended: says how the server ended, or None as long as it may still become ready.

    Raises:
        FihristError: it ended, or was not ready in time; with the cause and the end of its log.
    """
    started = told = time.monotonic()
    red_since = None
    while True:
        now = time.monotonic()
        waited = now - started
        how = ended()
        if how:
            raise FihristError(explain(instance, how))
        health = status(instance)
        if health == "red":
            red_since = red_since or now
        server = running(instance)
        if server and (health in ("green", "yellow") or (red_since and now - red_since > RED_SECONDS)):
            return server
        if waited > READY_SECONDS:
            raise FihristError(explain(instance, f"was not ready after {READY_SECONDS} seconds"))
        if now - told > TELL_EVERY:
            told = now
            progress(f"waiting for Elasticsearch: {waited:.0f} s")
        time.sleep(0.25)


def stop(instance: Instance) -> bool:
    """End the instance's server and return whether it ran."""
    pid = running_pid(instance)
    if pid is None:
        return False
    end(pid, _mark(instance), STOP_SECONDS)
    return True


def _mark(instance: Instance) -> str:
    """Return the text in the server's command line that only this instance has."""
    return f"-Djava.io.tmpdir={instance.root / 'tmp'}"
