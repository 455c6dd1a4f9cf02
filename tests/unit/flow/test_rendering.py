import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.flow.manifest import Manifest, Request
from pipeline.flow.rendering import html, markdown, plain
from pipeline.flow.report import Report

STARTED = datetime(2024, 5, 1, 2, tzinfo=UTC)


def run(**changed: Any) -> dict[str, Any]:
    """The document of a run of three files, with parts of it changed."""
    manifest = Manifest(
        Request("night", "/raw"), STARTED.isoformat(), "raw", listed=3, unchanged=1, batches=("batch-0001",)
    )
    report = Report(manifest)
    report.states.update(indexed=1, unchanged=1, quarantined=1)
    report.reasons["clean/no-text"] = 1
    report.seconds.update(discover=0.5, clean=90.0)
    report.files["clean"] = 2
    report.statistics.words.append(120)
    report.statistics.removed_kinds["share"] = 3
    report.statistics.removed_characters["share"] = 1234
    report.statistics.removed_files["share"] = 1
    return {**report.document("news_nightly"), **changed}


class Text(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_report_counts_by_state_and_reason_and_gives_each_stages_rate() -> None:
    text = markdown(run(warnings=["raw: no articles"]))
    for line in (
        "## Run night: success",
        "- **raw: no articles**",
        "| of files | 3 |",
        "| quarantined | 1 |",
        "| clean/no-text | 1 |",
        "| clean | 1 min 30 s | 2 | 0.0 |",
        "| discover | 0.5 s |  |  |",
        "| share | 3 | 1,234 | 1 |",
        "1 articles, 120 words in the median one; 0 state no title, 0 no date",
    ):
        assert line in text.splitlines()


def test_what_there_was_none_of_is_left_out() -> None:
    assert "slowest" not in markdown(run())
    assert "repairs" not in markdown(run())


def test_a_long_list_is_cut_and_says_so() -> None:
    text = markdown(run(reasons={f"clean/r{number:02}": 100 - number for number in range(14)}))
    assert "clean/r09" in text
    assert "clean/r10" not in text
    assert "… and 4 more" in text


def test_runs_of_earlier_versions_can_be_shown() -> None:
    known = {
        "run_id", "dag_id", "source", "path", "state", "started_at", "duration_seconds", "pipeline_version", "manifest",
        "counts", "batches",
    }  # fmt: skip
    assert "| indexed | 1 |" in markdown({name: value for name, value in run().items() if name in known})


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_name_of_a_file_comes_out_as_its_text_in_one_cell(name: str) -> None:
    page = html(f"| a | b |\n| --- | --- |\n| {plain(name)} | end |")
    shown = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in name)
    assert set(Text(page).tags) == {"table", "thead", "tbody", "tr", "th", "td"}
    (cell,) = re.findall(r"<td>(.*?)</td>\s*<td>end</td>", page, flags=re.DOTALL)
    assert Text(cell).text == shown.strip()
