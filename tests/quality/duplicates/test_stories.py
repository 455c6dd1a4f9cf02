"""Precision and recall of near-duplicates on our own stories and on edited copies of them, with pinned floors."""

import json
import random
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.duplicates import EDITS, are_linked
from pipeline.enrich.duplicates import signature

STORIES = json.loads((Path(__file__).parent / "stories.json").read_text(encoding="utf-8"))
TEXTS = [text for story in STORIES for text in story.values()]
FLOORS = {"5 % of words replaced": 1.0, "10 % of words replaced": 0.98, "last 20 % cut": 1.0}


@pytest.mark.parametrize("edit", EDITS)
def test_edited_copies_are_found_and_nothing_else(edit):
    chance = random.Random(edit)
    others = [word for text in TEXTS for word in text.split()]
    originals = [story[version] for story in STORIES for version in ("story", "follow_up")]
    found = wrong = 0
    for place, original in enumerate(originals * 10):
        copy = signature(" ".join(EDITS[edit](original.split(), chance, others)))
        linked = [other for other, text in enumerate(originals) if are_linked(signature(text), copy)]
        found += place % len(originals) in linked
        wrong += len(set(linked) - {place % len(originals)})
    recall = found / (10 * len(originals))
    print(f"\nnear-duplicates, {edit}: recall {recall:.3f}, precision {found / max(found + wrong, 1):.3f}", end="")

    assert wrong == 0
    assert recall >= FLOORS.get(edit, 0.0)


@pytest.mark.parametrize("version", ["reprint", "shortened"])
def test_what_another_outlet_made_of_a_story_is_linked_with_it(version):
    for story in STORIES:
        assert are_linked(signature(story["story"]), signature(story[version]))


def test_a_follow_up_on_the_same_subject_is_no_copy():
    for story in STORIES:
        for version in ("story", "reprint", "shortened"):
            assert not are_linked(signature(story[version]), signature(story["follow_up"]))


def test_different_stories_are_not_linked():
    for one, other in combinations(STORIES, 2):
        for first in one.values():
            for second in other.values():
                assert not are_linked(signature(first), signature(second))
