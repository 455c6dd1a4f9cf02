"""Workers that run in turns, so that a machine of two cores shows what cores of their own would give."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import psutil

from tests.cluster.servers import signal_session

TURN_SECONDS = 0.1


@contextmanager
def turns(sessions: Sequence[int | None]) -> Iterator[None]:
    """Let the processes of only one session run at a time, each for an equal share, while the block lasts.

    No two compete for a core, and all that they ask servers for is done beside them. So a worker has the same
    processor time whether the other turn is another's or, with None, nobody's.
    """
    ended = threading.Event()

    def take_turns() -> None:
        for session in filter(None, sessions):
            signal_session(session, signal.SIGSTOP)
        while not ended.is_set():
            for session in sessions:
                if session:
                    signal_session(session, signal.SIGCONT)
                ended.wait(TURN_SECONDS)
                if session:
                    signal_session(session, signal.SIGSTOP)
        for session in filter(None, sessions):
            signal_session(session, signal.SIGCONT)

    thread = threading.Thread(target=take_turns)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def processor_seconds(pids: Sequence[int]) -> float:
    """Processor time of processes, their children, and those of them that have ended."""
    found = 0.0
    for pid in pids:
        process = psutil.Process(pid)
        for one in (*process.children(recursive=True), process):
            with suppress(psutil.NoSuchProcess):  # it has just ended; its parent, who comes later, counts it
                found += sum(one.cpu_times()[:4])
    return found


def busy_seconds() -> float:
    """Processor time of everything on this machine since it started."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - times.iowait - times.guest - times.guest_nice  # guests count as user's already
