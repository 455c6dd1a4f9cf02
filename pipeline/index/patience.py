"""How much is sent at once, and how long a busy or absent cluster is waited for."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at once, and how long to insist."""

    request_bytes: int = 5_000_000
    """Size of a request; a single larger document makes a request of its own."""
    total_seconds: float = 300.0
    """How long to go on retrying after the last progress, before documents are given up as ``failed``."""
    first_wait: float = 0.5
    """Seconds before the first retry; doubled each time, with jitter, up to :attr:`longest_wait`."""
    longest_wait: float = 30.0
    request_timeout: float = 120.0


class Patience:
    """The time since the cluster last took something, spent in requests or waiting; one for all of a load's requests.

    Once it is used up, the rest of the documents get one try each: a cluster that is away costs a night
    :attr:`Limits.total_seconds` once, not once a request.
    """

    def __init__(self, limits: Limits, sleep: Callable[[float], None]) -> None:
        self._limits = limits
        self._sleep = sleep
        self._spent = 0.0
        self._tries = 0

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Count the time of a request, which may end in a timeout only."""
        started = time.monotonic()
        yield
        self._spent += time.monotonic() - started

    def renew(self, *, fully: bool) -> None:
        """Begin anew: the cluster took something; fully: all of it, so that the next wait is a short one again."""
        self._spent = 0.0
        if fully:
            self._tries = 0

    def wait(self) -> bool:
        """Wait before the next try, longer each time; return False instead where that has been tried for too long."""
        if self._spent >= self._limits.total_seconds:
            return False
        longest = min(self._limits.longest_wait, self._limits.first_wait * 2 ** min(self._tries, 16))
        wait = random.uniform(0.5, 1.0) * longest
        self._sleep(wait)
        self._spent += wait
        self._tries += 1
        return True
