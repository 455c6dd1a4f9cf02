"""The DAGs as Airflow reads them: their shape. That they work is tested end to end."""

import importlib.util
from dataclasses import fields

import pytest
from airflow.sdk import DAG, TriggerRule, WeightRule
from airflow.sdk.exceptions import AirflowFailException

from pipeline.flow import tasks
from pipeline.flow.manifest import Request
from pipeline.settings import PROJECT_ROOT

DAGS = PROJECT_ROOT / "dags"
BATCH = ["batch.clean", "batch.enrich", "batch.index"]


def read(name: str) -> DAG:
    spec = importlib.util.spec_from_file_location(name, DAGS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    dag = getattr(module, name)
    assert isinstance(dag, DAG)
    return dag


def order(dag: DAG) -> list[str]:
    """The tasks as they follow each other; each has one that follows it."""
    (task,) = dag.roots
    found = [task.task_id]
    while task.downstream_list:
        (task,) = task.downstream_list
        found.append(task.task_id)
    return found


def test_a_night_ends_with_a_report_whatever_happened() -> None:
    dag = read("news_nightly")
    assert order(dag) == ["discover", "survey", *BATCH, "link_duplicates", "report"]
    assert [dag.task_dict[name].trigger_rule for name in ("link_duplicates", "report")] == [TriggerRule.ALL_DONE] * 2


def test_a_rebuild_goes_live_only_after_everything_before_went_well() -> None:
    dag = read("news_rebuild")
    last = ["carry_over", "link_duplicates", "check", "go_live"]
    assert order(dag) == ["discover", "survey", *BATCH, *last, "report"]
    assert {dag.task_dict[name].trigger_rule for name in last} == {TriggerRule.ALL_SUCCESS}
    assert dag.task_dict["report"].trigger_rule == TriggerRule.ALL_DONE, (
        "the only leaf, so that the run is red if it is"
    )
    assert dag.max_active_runs == 1, "a rebuild deletes what an earlier one left"


@pytest.mark.parametrize("name", ["news_nightly", "news_rebuild", "news_retry"])
def test_how_a_run_ended_is_told_once_by_its_last_task(name: str) -> None:
    telling = {task.task_id for task in read(name).tasks if task.on_failure_callback or task.on_success_callback}
    assert telling == {"report"}
    report = read(name).task_dict["report"]
    assert (report.on_failure_callback, report.on_success_callback) == ([tasks.tell_failure], [tasks.tell_success])


@pytest.mark.parametrize("name", ["news_nightly", "news_rebuild", "news_retry"])
def test_a_task_that_hangs_is_stopped(name: str) -> None:
    assert all(task.execution_timeout for task in read(name).tasks)


@pytest.mark.parametrize("name", ["news_nightly", "news_rebuild", "news_retry"])
def test_a_batch_that_has_begun_is_finished_before_another_begins(name: str) -> None:
    tasks = read(name).task_dict
    assert {tasks[stage].weight_rule for stage in BATCH} == {WeightRule.UPSTREAM}, "later steps come first"


def test_a_retry_is_a_night_that_does_only_what_did_not_go_well() -> None:
    dag = read("news_retry")
    assert order(dag) == order(read("news_nightly"))
    assert (dag.params["only_failed"], dag.params["only_quarantined"], dag.params["force"]) == (True, True, False)
    assert "Retry" in str(dag.doc_md)


@pytest.mark.parametrize("name", ["news_nightly", "news_retry"])
def test_what_a_dag_can_be_asked_is_what_a_request_takes(name: str) -> None:
    asked = dict(read(name).params.items())
    assert Request(run_id="run", **asked).path == asked["path"]
    assert asked.keys() == {field.name for field in fields(Request)} - {"run_id"}


@pytest.mark.parametrize("name", ["news_nightly", "news_rebuild", "news_retry"])
def test_airflow_takes_the_file_for_a_dag(name: str) -> None:
    """Airflow reads only files that hold both words ('safe mode')."""
    text = (DAGS / f"{name}.py").read_text(encoding="utf-8").lower()
    assert "dag" in text
    assert "airflow" in text


def test_a_fault_that_needs_a_person_is_not_tried_again() -> None:
    with pytest.raises(AirflowFailException, match="there is no manifest"):
        tasks.call("rebuild_steps.carry_over", "no such run")
