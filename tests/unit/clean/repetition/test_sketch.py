from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.line import read_line
from pipeline.clean.repetition.keys import line_key
from pipeline.clean.repetition.sketch import MOST_LINES, Sketch, sketch
from pipeline.sources.raw import Format, ListedFile, RawFile

SKETCHES = st.builds(
    Sketch,
    id=st.text(max_size=8),
    seen_at=st.sampled_from(["2024-05-01", "2024-05-02"]),
    lines=st.dictionaries(st.integers(0, 2**64 - 1), st.integers(0, 60), max_size=8),
)


def raw(text: str, kind: Format = "text") -> RawFile:
    listed = ListedFile("raw", "a", "/raw/a", len(text), datetime(2024, 5, 1, tzinfo=UTC))
    return RawFile(listed, text, kind, "utf-8", len(text), "")


def has(found: Sketch, line: str) -> bool:
    return line_key(read_line(line)) in found.lines


@given(SKETCHES)
def test_a_sketch_comes_back_as_it_was_written(written: Sketch) -> None:
    assert Sketch.from_record(written.record()) == written


@pytest.mark.parametrize(
    "record", [{}, {"id": "a", "seen_at": "b", "lines": "?", "prose": ""}, {"id": 1, "lines": None}]
)
def test_what_is_no_sketch_is_refused(record: dict) -> None:
    with pytest.raises(ValueError, match=r"sketch|base64|Only"):
        Sketch.from_record(record)


def test_a_sketch_of_a_text_holds_its_lines() -> None:
    found = sketch(raw("الرئيسية\n\nالرئيسية\n12\nخبر اليوم\n"), "2024-05-01")
    assert (len(found.lines), found.seen_at) == (2, "2024-05-01")
    assert has(found, "الرئيسية")


def test_a_sketch_of_a_page_holds_article_and_furniture_alike() -> None:
    page = (
        "<body><nav><a href=/>صوت واحد</a></nav><article><p>" + "قال الوزير إن العمل يبدأ غدا. " * 5 + "</p></article>"
    )
    found = sketch(raw(page, "html"), "2024-05-01")
    assert has(found, "صوت واحد")
    assert max(found.lines.values()) > 0


def test_of_too_many_lines_the_first_and_the_last_are_kept() -> None:
    lines = ["سطر " + "".join("ابجدهوزحطك"[int(digit)] for digit in str(number)) for number in range(2 * MOST_LINES)]
    found = sketch(raw("\n".join(lines)), "2024-05-01")
    assert len(found.lines) == MOST_LINES
    assert has(found, lines[0])
    assert has(found, lines[-1])
    assert not has(found, lines[MOST_LINES])
