"""Repetition over files, measured on invented sources whose furniture no phrase knows, and on ordinary layouts.

Each source is every Arabic article of the cases in one layout. The table shows cleaning without and with what the
source repeats.
"""

from datetime import UTC, datetime
from functools import cache

import pytest

from pipeline.clean.cleaner import clean_text
from pipeline.clean.repetition.learn import learn
from pipeline.clean.repetition.sketch import sketch
from pipeline.sources.raw import ListedFile, RawFile
from tests.quality.clean.cases import Case, source
from tests.quality.clean.measure import Scores, measure

UNKNOWN = ("repeats-river-daily", "repeats-desert-portal", "repeats-plain-wire")
"""Layouts of slogans, notices and menus in words of their own."""
KNOWN = ("jo-opinion", "ps-gaza", "sa-jeddah-daily", "lb-teasers", "sy-damascus-weekly", "dz-arabic")
NIGHT = datetime(2024, 5, 1, tzinfo=UTC)

# Lowering a floor is a visible act: say here why it had to be.
LEAST_F1 = 0.995
MOST_LEFT = 0.005
MOST_WORSE = 0.0005


def raw(case: Case) -> RawFile:
    listed = ListedFile(case.layout, case.id, case.id, len(case.raw), NIGHT)
    return RawFile(listed, case.raw, "text", "utf-8", len(case.raw), "")


@cache
def scores(layout: str) -> tuple[Scores, Scores]:
    """Cleaning without and with what the source repeats."""
    cases = source(layout)
    repeated = learn([sketch(raw(case), NIGHT.isoformat()) for case in cases])
    without, found = measure(cases, clean_text), measure(cases, lambda text: clean_text(text, repeated))
    print(f"\n{layout:<22}{len(cases):>4} files {len(repeated.shares):>4} lines", end="")
    for name, old, new in (
        ("body F1", without.mean_f1, found.mean_f1),
        ("title", without.right_share("title"), found.right_share("title")),
        ("furniture left", without.left_share, found.left_share),
    ):
        print(f"  {name} {old:.4f} → {new:.4f}", end="")
    return without, found


@pytest.mark.parametrize("layout", UNKNOWN)
def test_furniture_that_no_phrase_knows_goes_and_no_paragraph_with_it(layout: str) -> None:
    without, found = scores(layout)
    # 0.3 until lines that share no word with the article went by themselves, in one layout a twentieth of the furniture
    assert without.left_share > 0.25, "or it is no furniture that no phrase knows"
    assert found.mean_f1 >= LEAST_F1
    assert found.left_share <= MOST_LEFT, dict(found.left)
    assert set(found.lost) <= set(without.lost)
    assert found.right_share("title") >= without.right_share("title")


@pytest.mark.parametrize("layout", KNOWN)
def test_ordinary_sources_come_out_no_worse(layout: str) -> None:
    without, found = scores(layout)
    assert found.mean_f1 >= without.mean_f1 - MOST_WORSE
    assert found.left_share <= without.left_share
    assert found.lost_share <= without.lost_share + MOST_WORSE, set(found.lost) - set(without.lost)
