"""How long a loop of the scheduler waits for tasks: the queue of results is real, workers there are none."""

import multiprocessing
import threading
import time
from types import SimpleNamespace

import pytest

from pipeline.embedded.airflow import executor
from pipeline.embedded.airflow.executor import LocalExecutor


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> LocalExecutor:
    monkeypatch.setattr(executor, "_BUSY", 1.0)
    monkeypatch.setattr(executor, "_IDLE", 0.2)
    made = LocalExecutor(parallelism=1)
    made.activity_queue, made.result_queue, made.workers = (
        multiprocessing.SimpleQueue(),
        multiprocessing.SimpleQueue(),
        {},
    )
    made._unread_messages = multiprocessing.Value("I")
    monkeypatch.setattr(made, "_check_workers", lambda: None)
    loop(made)  # the first
    return made


def loop(local: LocalExecutor) -> float:
    """Do the executor's part of a loop; return the seconds that it took."""
    started = time.monotonic()
    local.sync()
    return time.monotonic() - started


def give(local: LocalExecutor, *keys: str) -> None:
    tasks = [SimpleNamespace(key=key) for key in keys]
    local.queued_tasks |= {task.key: task for task in tasks}  # type: ignore[misc,dict-item]
    local._process_workloads(tasks)


def test_while_nothing_runs_a_loop_waits_a_little(local: LocalExecutor) -> None:
    assert 0.15 < loop(local) < 0.9


def test_while_a_task_runs_a_loop_waits_long(local: LocalExecutor) -> None:
    give(local, "one")
    assert loop(local) > 0.9


def test_where_several_were_started_another_loop_looks_for_more_at_once(local: LocalExecutor) -> None:
    give(local, "one", "two")
    assert loop(local) < 0.15
    assert loop(local) > 0.9


def test_the_end_of_a_task_ends_the_wait_and_leaves_one_loop_at_once(local: LocalExecutor) -> None:
    give(local, "one")
    threading.Timer(0.1, local.result_queue.put, [("one", "success", None)]).start()
    assert loop(local) < 0.9
    assert local.get_event_buffer() == {"one": ("success", None)}
    assert loop(local) < 0.15
    assert 0.15 < loop(local) < 0.9, "nothing runs any more"


def test_a_task_that_goes_on_running_is_waited_for_still(local: LocalExecutor) -> None:
    give(local, "one")
    local.change_state("one", "running", remove_running=False)
    loop(local)
    assert loop(local) > 0.9
