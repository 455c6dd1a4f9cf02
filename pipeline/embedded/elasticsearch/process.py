"""Processes that don't outlive their purpose: started in a group of their own, ended as a group."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import psutil

from pipeline.errors import FihristError

PR_SET_PDEATHSIG = 1
"""Option of Linux's prctl(2): the signal that a process gets when its parent dies."""


def run_or_kill(command: Sequence[str], tell: Callable[[float], None], every: float = 15.0, **options: Any) -> int:
    """Run the command and return its exit code; if this process is interrupted meanwhile, kill it and its children.

    Args:
        command: program and arguments.
        tell: called again and again meanwhile, with the seconds since the start.
        every: seconds between two calls.
        options: as for :class:`subprocess.Popen`.
    """
    with interruptible():
        process = subprocess.Popen(command, start_new_session=True, **options)
        started = time.monotonic()
        try:
            while True:
                try:
                    return process.wait(every)
                except subprocess.TimeoutExpired:
                    tell(time.monotonic() - started)
        except BaseException:
            kill_group(process)
            raise


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads a group, with the whole group, and wait for its end."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise :class:`KeyboardInterrupt` in the block, as Ctrl-C does, so that it can clean up."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers, and only it is interrupted
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt(signal.Signals(number).name)

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def die_with_parent() -> Callable[[], None] | None:
    """Return what a new process must call to be ended when this one dies, even of SIGKILL; None where that can't be."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # loaded here: between fork and exec it could deadlock

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask


def end(pid: int, mark: str, seconds: float) -> None:
    """End a process: ask it, wait, kill it. Does nothing if that process is gone.

    Args:
        pid: its number.
        mark: text that is in its command line, lest another process with the same number be hit.
        seconds: how long it may take to end by itself.

    Raises:
        FihristError: it belongs to another user.
    """
    process = find(pid, mark)
    if process is None:
        return
    try:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
            try:
                process.wait(seconds)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait(seconds)
    except psutil.AccessDenied as error:
        raise FihristError(
            f"Process {pid} belongs to another user ({process.username()}), who alone can end it."
        ) from error


def find(pid: int, mark: str) -> psutil.Process | None:
    """Return the process if it lives and has the mark in its command line."""
    try:
        process = psutil.Process(pid)
        alive = process.status() != psutil.STATUS_ZOMBIE
        return process if alive and any(mark in argument for argument in process.cmdline()) else None
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
