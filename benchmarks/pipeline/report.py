"""Write the results for people: ``benchmarks/RESULTS.md``, with the plots beside it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.pipeline import cost
from benchmarks.pipeline.plots import plot_all
from benchmarks.pipeline.results import Measured
from pipeline.settings import settings

FILE = Path(__file__).parents[1] / "RESULTS.md"
CHANGES = Path(__file__).parent / "changes.md"
"""What was changed and what it gave, by hand."""
_OF_TASKS = 0.02
"""Share of a batch's work that its tasks may cost, of the 5 % that Airflow may: its services run anyway."""


def write_results(held: dict[int, Measured]) -> None:
    """Write the report and the plots of all sizes that have been measured."""
    plots = [f"![{name.removesuffix('.svg')}]({name})" for name in plot_all(held)]
    changes = CHANGES.read_text(encoding="utf-8").strip()
    FILE.write_text("\n".join([*report(held, plots), "", changes, ""]), encoding="utf-8")


def report(held: dict[int, Measured], plots: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the report; ``plots`` stand after the first table."""
    largest = held[max(held)]
    run = largest["run"]
    yield "# Throughput: last results"
    yield ""
    yield "Written by `python -m benchmarks.pipeline --sizes … --write` (`make bench`). " + _circumstances(largest)
    yield ""
    yield from _whole(held)
    yield ""
    yield from (*plots, "") if plots else ()
    yield from _where(run)
    yield ""
    yield from _tasks(run, largest["machine"]["cores"])
    yield ""
    yield from _stages(largest)


def _circumstances(measured: Measured) -> str:
    machine = measured["machine"]
    return (
        f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gb']} GB, Python {machine['python']}; "
        "Elasticsearch and Airflow run on them too."
    )


def _whole(held: dict[int, Measured]) -> Iterator[str]:
    yield "(a) as many ready documents (4,000 at least), serialised, same mappings, by the best of several ways of bulk"
    yield "loading until they can be found; (b) raw files"
    yield "through Airflow (LocalExecutor), from the first task's start to the last one's end; (d) BeautifulSoup,"
    yield "langdetect and `streaming_bulk`, one process. Articles a second; (a) and (d) on the same server, before (b)."
    yield ""
    yield (
        "| files | (b) | (a) | (b) of (a) | (d) | (b) / (d) | seconds | processor ms an article | Airflow's part | "
        "most memory of a task | index, ledger bytes an article | when, commit |"
    )
    yield "|---:" * 11 + "|---|"
    for size, measured in held.items():
        run = measured["run"]
        rate = size / run["seconds"]
        yield (
            f"| {size:,} | **{rate:,.0f}** | {measured['ceiling']:,.0f} | {rate / measured['ceiling']:.0%} "
            f"| {measured['plain']:,.0f} | {rate / measured['plain']:.1f} | {run['seconds']:,.1f} "
            f"| {1000 * cost.cpu(run) / size:.1f} | {cost.cpu_airflow(run) / cost.cpu(run):.1%} "
            f"| {cost.peak_mb(run):,.0f} MB | {run['index_bytes'] / size:,.0f}, {run['ledger_bytes'] / size:,.0f} "
            f"| {measured['date']}, {measured['commit']} |"
        )


def _where(run: dict[str, Any]) -> Iterator[str]:
    total = cost.cpu(run)
    yield f"## Where the processor's time went, {run['files']:,} files"
    yield ""
    others = run["cpu_machine"] - total
    yield f"All parts together {total:,.0f} s; everything else on the machine {others:,.0f} s meanwhile."
    yield ""
    yield "| part | seconds | share |"
    yield "|---|---:|---:|"
    rows = {
        "our steps": cost.cpu_work(run),
        "Elasticsearch": run["cpu"]["elasticsearch"],
        "Airflow: tasks' processes, start and end": run["cpu"]["tasks"] - cost.cpu_work(run),
        **{f"Airflow: {part}": run["cpu"][part] for part in cost.SERVICES},
    }
    for name, seconds in rows.items():
        yield f"| {name} | {seconds:,.1f} | {seconds / total:.1%} |"


def _tasks(run: dict[str, Any], cores: int) -> Iterator[str]:
    slots = cores + 1
    seconds = run["seconds"]
    lost, share = cost.lost(run, slots), cost.cpu_airflow(run) / cost.cpu(run)
    yield "## Airflow's overhead by task"
    yield ""
    yield f"{share:.1%} of the processor's time (its services, and what tasks take besides their work). By the clock,"
    yield f"waits, starts and ends make {lost:,.1f} s of {seconds:,.1f} s ({lost / seconds:.1%}), with tasks"
    yield f"of {slots} batches side by side. Waited: from the end of what came before, or with a slot free."
    yield ""
    yield (
        "| task | instances | seconds each | of that work | start and end | waited each | "
        "processor: before its work, each | work, of all |"
    )
    yield "|---|" + "---:|" * 7
    for name in cost.TASKS:
        task = run["tasks"].get(name)
        if task:
            count = task["instances"]
            yield (
                f"| {name} | {count} | {task['seconds'] / count:.2f} | {task['work'] / count:.2f} "
                f"| {(task['seconds'] - task['work']) / count:.2f} | {task['waited'] / count:.2f} "
                f"| {task['cpu_before'] / count:.2f} | {task['cpu_work']:.1f} |"
            )
    least = cost.least_batch(run, _OF_TASKS)
    yield ""
    yield f"The batch size follows: one more task costs {cost.cpu_each_task(run):.2f} s of a processor, an article"
    yield f"{1000 * (cost.cpu(run) - cost.cpu_airflow(run)) / run['files']:.1f} ms; for three tasks to cost at most"
    yield f"{_OF_TASKS:.0%} of a batch's work it must have {least:,.0f} files. The default is"
    yield f"{settings().batch_size:,}: a batch is also what is done again when it fails, and what one core works on."


def _stages(measured: Measured) -> Iterator[str]:
    files = measured["stages_files"]
    yield f"## (c) Stages alone, one process, {files:,} files"
    yield ""
    yield "| stage | articles a second | processor ms an article, ours | Elasticsearch's |"
    yield "|---|---:|---:|---:|"
    for name, stage in measured["stages"].items():
        yield (
            f"| {name} | {files / stage['seconds']:,.0f} | {1000 * stage['cpu'] / files:.2f} "
            f"| {1000 * stage['cpu_elasticsearch'] / files:.2f} |"
        )
