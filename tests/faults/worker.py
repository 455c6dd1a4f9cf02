"""One step in a process of its own, as Airflow runs it; it can be killed, and forks from a process that is warm."""

import json
import logging
import multiprocessing
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pipeline.settings import PROJECT_ROOT

Fault = Callable[[], None]
"""Called in the worker before its step; picklable."""

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["pytest", "tests.faults.warm"])


@dataclass(frozen=True)
class Ended:
    """How a step's process ended."""

    code: int
    """0: the step is done; 1: it raised; -9: it was killed."""
    value: Any
    """What the step returned."""
    kind: str
    """Class of what it raised."""
    message: str
    seconds: float
    log: str

    @property
    def killed(self) -> bool:
        return self.code == -9


class Worker:
    """A step that runs now."""

    def __init__(self, process: BaseProcess, answer: Path) -> None:
        self.process, self.answer = process, answer
        self.started = time.monotonic()

    def wait(self, seconds: float) -> Ended:
        """Return how it ended.

        Raises:
            AssertionError: it hangs; it is killed then.
        """
        self.process.join(seconds)
        if self.process.is_alive():
            self.kill()
            raise AssertionError(f"the step hangs: it had not ended after {seconds} s\n{self._log()}")
        took = time.monotonic() - self.started
        told = self.answer.read_text(encoding="utf-8") if self.answer.exists() else ""
        held = json.loads(told or "{}")
        return Ended(
            code=self.process.exitcode or held.get("code", 0), value=held.get("value"), kind=held.get("kind", ""),
            message=held.get("message", ""), seconds=took, log=self._log(),
        )  # fmt: skip

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def _log(self) -> str:
        log = self.answer.with_suffix(".log")
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def start(step: str, arguments: Sequence[Any], environment: dict[str, str], faults: Sequence[Fault] = ()) -> Worker:
    """Start a step of :mod:`pipeline.flow.steps`.

    Args:
        step: its name.
        arguments: what Airflow would give it.
        environment: settings, ``FIHRIST_…``.
        faults: what is wrong with this worker or its machine.
    """
    folder = Path(tempfile.mkdtemp(prefix="worker-"))
    folder.chmod(0o777)  # the worker may be another user
    answer = folder / "answer.json"
    process = _CONTEXT.Process(target=_work, args=(step, tuple(arguments), environment, tuple(faults), answer))
    here = Path.cwd()
    os.chdir(PROJECT_ROOT)  # the forkserver finds what it preloads from here
    try:
        process.start()
    finally:
        os.chdir(here)
    return Worker(process, answer)


def _work(
    step: str, arguments: tuple[Any, ...], environment: dict[str, str], faults: tuple[Fault, ...], answer: Path
) -> None:
    from pipeline.flow import steps
    from pipeline.index.client import clear_errors
    from pipeline.settings import settings

    for name in [name for name in os.environ if name.startswith("FIHRIST_")]:
        del os.environ[name]
    os.environ.update(environment)
    settings.cache_clear()
    logging.basicConfig(filename=answer.with_suffix(".log"), level=logging.INFO, force=True)
    answer_stream = answer.open("w", encoding="utf-8")  # before a fault can forbid it
    held: dict[str, Any] = {"code": 0}
    try:
        for fault in faults:
            fault()
        with clear_errors():  # as the DAG's tasks do it
            held["value"] = getattr(steps, step)(*arguments)
    except Exception as error:  # noqa: BLE001 - all are told to the test
        held = {"code": 1, "kind": type(error).__name__, "message": str(error)}
        logging.getLogger(__name__).error("%s", traceback.format_exc())
    with answer_stream:
        json.dump(held, answer_stream, default=str)
