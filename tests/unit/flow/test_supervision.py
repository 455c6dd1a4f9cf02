"""A process that has closed its sockets, and ends a moment later, as Airflow's supervisor sees it."""

import os
import selectors
import time
from types import SimpleNamespace

import pytest
from airflow.sdk.execution_time.supervisor import WatchedSubprocess

from pipeline.flow.supervision import notice_ends


def test_the_end_of_a_process_without_sockets_is_noticed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WatchedSubprocess, "_service_subprocess", WatchedSubprocess._service_subprocess)  # put back
    notice_ends()
    pid = os.fork()
    if not pid:
        time.sleep(0.2)
        os._exit(0)

    def exit_code(**options: object) -> int | None:
        ended, status = os.waitpid(pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if ended else None

    watched = SimpleNamespace(selector=selectors.DefaultSelector(), _check_subprocess_exit=exit_code)
    started = time.monotonic()
    while WatchedSubprocess._service_subprocess(watched, 5.0) is None:  # type: ignore[arg-type]
        pass
    assert 0.1 < time.monotonic() - started < 2


def test_while_there_is_a_socket_the_supervisor_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WatchedSubprocess, "_service_subprocess", WatchedSubprocess._service_subprocess)
    notice_ends()
    selector = selectors.DefaultSelector()
    reading, _ = os.pipe()
    selector.register(reading, selectors.EVENT_READ)
    watched = SimpleNamespace(selector=selector, _check_subprocess_exit=lambda **options: None)
    started = time.monotonic()
    WatchedSubprocess._service_subprocess(watched, 0.5)  # type: ignore[arg-type]
    assert time.monotonic() - started > 0.4
