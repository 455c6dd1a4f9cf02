"""A run's report for people: Markdown, and HTML of it, from the run's document in ``ingest-runs`` and nothing else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from markdown_it import MarkdownIt

_SPECIAL = re.compile(r"([\\`*\[\]<>#|~&]|\b_|_\b|(?<=_)_)")
"""What Markdown could take for markup; an underscore within a word is none."""
_MOST_ROWS = 10
_STATES = ("indexed", "unchanged", "duplicate", "quarantined", "failed")


def markdown(run: Mapping[str, Any]) -> str:
    """Return the report of a run in Markdown (CommonMark with tables).

    Args:
        run: its document, as :meth:`pipeline.flow.report.Report.document` gives it; parts may be missing in documents
            of earlier versions.
    """
    return "\n\n".join(filter(None, _parts(run))) + "\n"


def html(text: str) -> str:
    """Return Markdown as HTML; HTML in it comes out as text."""
    rendered: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return rendered


def _parts(run: Mapping[str, Any]) -> Iterator[str]:
    yield f"## Run {plain(run['run_id'])}: {run['state']}"
    started = datetime.fromisoformat(run["started_at"])
    yield (
        f"{plain(run['dag_id'])} over {plain(run['path'])} (source {plain(run['source'])}), "
        f"{started:%Y-%m-%d %H:%M %Z}, {_time(run['duration_seconds'])}, "
        f"{run['batches']} batches, Fihrist {plain(run['pipeline_version'])}"
    )
    yield "\n".join(f"- **{plain(warning)}**" for warning in run.get("warnings", ()))
    counts = [(state, f"{run['counts'].get(state, 0):,}") for state in _STATES]
    yield _table(("of files", f"{run['manifest']:,}"), counts)
    yield _counted("quarantined or failed because", run.get("reasons", {}))
    yield _counted("files that are gone or back", {name: n for name, n in run.get("missing", {}).items() if n})
    stages = [
        (stage, _time(done["seconds"]), f"{done['files']:,}" if "files" in done else "", _rate(done))
        for stage, done in run.get("stages", {}).items()
    ]
    yield _table(("stage", "working time", "files", "a second"), stages)
    slowest = [(plain(slow["uri"]), slow["stage"], _time(slow["seconds"])) for slow in run.get("slowest", ())]
    yield _table(("slowest files", "stage", "time"), slowest)
    if articles := run.get("articles", {}):
        yield (
            f"{articles['count']:,} articles, {articles['median_words']:,.0f} words in the median one; "
            f"{articles['without_title']:,} state no title, {articles['without_date']:,} no date"
        )
    yield _table(("boilerplate", "spans", "characters", "articles"), _boilerplate(run))
    yield _counted("repairs", run.get("repairs", {}))
    yield _counted("languages", run.get("languages", {}))
    yield _counted("folders", run.get("origins", {}))
    yield _counted("sources", run.get("sources", {}))


def _boilerplate(run: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    spans, characters, files = (run.get(f"removed_{name}", {}) for name in ("kinds", "characters", "files"))
    return [
        (plain(kind), f"{count:,}", f"{characters.get(kind, 0):,}", f"{files.get(kind, 0):,}")
        for kind, count in _ranked(spans)
    ]


def _counted(name: str, counts: Mapping[str, int]) -> str:
    return _table((name, ""), [(plain(key), f"{count:,}") for key, count in _ranked(counts)])


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    left = f"\n\n… and {len(rows) - _MOST_ROWS} more" if len(rows) > _MOST_ROWS else ""
    shown = [head, ["---", *["--:"] * (len(head) - 1)], *rows[:_MOST_ROWS]]
    return "\n".join(f"| {' | '.join(row)} |" for row in shown) + left


def _rate(done: Mapping[str, float]) -> str:
    return f"{done['files_per_second']:,.1f}" if "files_per_second" in done else ""


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def plain(value: object) -> str:
    """Return text of any origin (file names!) so that Markdown takes it as it is; line breaks are shown as escapes."""
    shown = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in str(value))
    return _SPECIAL.sub(r"\\\1", shown)
