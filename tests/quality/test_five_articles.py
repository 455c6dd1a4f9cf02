"""The five sample articles come out as a careful reader would have them (``articles/gold.json`` says how)."""

import json
from functools import cache
from pathlib import Path

import pytest

from pipeline.arabic import WORD
from pipeline.flow.extract import extract_file
from pipeline.settings import PROJECT_ROOT

GOLD: dict[str, dict] = json.loads((Path(__file__).parent / "articles" / "gold.json").read_text(encoding="utf-8"))
ARTICLES = sorted(GOLD)
LEAST_PRECISION = 0.9

article = pytest.mark.parametrize("name", ARTICLES)


@cache
def document(name: str) -> dict:
    return extract_file(PROJECT_ROOT / "seeds" / name)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@article
def test_the_body_is_the_article_and_nothing_else(name: str) -> None:
    assert WORD.findall(document(name)["body"]) == WORD.findall(GOLD[name]["body"])


@article
def test_paragraphs_stay_paragraphs(name: str) -> None:
    assert [squeezed(p) for p in document(name)["body"].split("\n")] == GOLD[name]["body"].split("\n")


@article
@pytest.mark.parametrize("field", ["title", "published_at", "authors", "outlet", "section", "captions", "language"])
def test_each_field_is_as_the_file_states_it(name: str, field: str) -> None:
    assert document(name)[field] == GOLD[name][field]


@article
def test_a_date_says_whether_a_part_was_worked_out(name: str) -> None:
    assert document(name)["published_inferred"] == ("published_inferred" in GOLD[name])


@article
def test_every_span_that_must_go_is_cut_under_its_kind(name: str) -> None:
    cut = {(span["kind"], squeezed(span["text"])) for span in document(name)["removed"]}
    for span in GOLD[name]["removed"]:
        assert any(kind == span["kind"] and squeezed(span["text"]) in text for kind, text in cut), span


@article
def test_every_cut_span_says_why_and_where(name: str) -> None:
    raw = (PROJECT_ROOT / "seeds" / name).read_text(encoding="utf-8")
    for span in document(name)["removed"]:
        assert span["reason"]
        assert squeezed(raw[span["start"] : span["end"]]) == squeezed(span["text"])


@article
def test_glued_words_are_parted_and_recorded_and_no_others(name: str) -> None:
    parted = {(r["before"], r["after"]) for r in document(name)["repairs"] if r["kind"] == "glued-words"}
    assert parted == {tuple(pair) for pair in GOLD[name]["glued"]}


@article
@pytest.mark.parametrize("kind", ["persons", "organizations", "locations"])
def test_every_entity_is_found(name: str, kind: str) -> None:
    found = set(document(name)["entities"][kind])
    missing = [names for names in GOLD[name]["entities"][kind] if not found & set(names.split("|"))]
    assert missing == []


def test_what_is_found_is_mostly_right() -> None:
    found = right = 0
    for name in ARTICLES:
        for kind, names in GOLD[name]["entities"].items():
            accepted = {spelling for one in names for spelling in one.split("|")}
            found += len(document(name)["entities"][kind])
            right += len(accepted.intersection(document(name)["entities"][kind]))
    assert right / found >= LEAST_PRECISION
