"""Let Airflow notice at once that a task's process has ended.

Its supervisor waits for the sockets that it shares with the process, and then looks whether the process is gone. The
system closes the last of them a moment before that, so it often is not yet; and with no socket left to wake it, the
supervisor sleeps for a heartbeat's time, 5 s, in which the worker does nothing else.
"""

from typing import Any

from airflow.sdk.execution_time.supervisor import WatchedSubprocess

_LOOK_AGAIN = 0.02
"""Seconds between looks at a process that has closed all its sockets."""


def notice_ends() -> None:
    """Mend the supervisors of this process and its forks."""
    serve = WatchedSubprocess._service_subprocess

    def serve_until_gone(self: WatchedSubprocess, max_wait_time: float, *arguments: Any, **options: Any) -> int | None:
        wait = max_wait_time if self.selector.get_map() else min(max_wait_time, _LOOK_AGAIN)
        code: int | None = serve(self, wait, *arguments, **options)
        return code

    WatchedSubprocess._service_subprocess = serve_until_gone  # type: ignore[method-assign]
