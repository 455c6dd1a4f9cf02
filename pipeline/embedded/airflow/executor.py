"""LocalExecutor for long tasks: Airflow's scheduler rests while they only run, and goes on at once when one has ended.

By itself its loop looks at every task of a run once a second, though with tasks of half a minute there is something to
do in one loop of twenty; and it looks up to a second late. Here each loop waits for the next task to end, or for the
time in which nothing need be looked at; ``scheduler_idle_sleep_time`` comes on top, and may be short.
"""

from collections.abc import Sequence
from typing import Any

from airflow.executors import local_executor

_BUSY = 5.0
"""Seconds to wait while tasks run; new runs, retries and what else the scheduler sees to come so much later."""
_IDLE = 1.0
"""While none does."""


class LocalExecutor(local_executor.LocalExecutor):
    """A LocalExecutor that keeps the pace of the scheduler's loop, of which :meth:`sync` is a part."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]
        self._given: set[Any] = set()
        """Keys of what the workers were given and have not ended (``running`` stays empty in a LocalExecutor)."""
        self._news = True

    def sync(self) -> None:
        """Take note of the tasks that have ended; wait for one where nothing has happened."""
        if not self._news:
            wait = _BUSY if self._given else _IDLE
            self.result_queue._reader.poll(wait)  # type: ignore[attr-defined]  # it can't be waited for otherwise
        self._news = False
        super().sync()

    def change_state(self, key: Any, state: Any, info: Any = None, remove_running: bool = True) -> None:
        """Take note of what became of a task."""
        self._news = True
        if remove_running:
            self._given.discard(key)
        super().change_state(key, state, info, remove_running)

    def _process_workloads(self, workload_list: Sequence[Any]) -> None:
        self._news = len(workload_list) > 1  # of many, a loop may have left some
        self._given.update(workload.key for workload in workload_list)
        super()._process_workloads(workload_list)  # type: ignore[no-untyped-call]
