import hashlib
import itertools
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.duplicates import content_sha256, signature, signatures_of_words, similarity
from pipeline.enrich.duplicates.keys import BANDS, LEAST_WORDS, words

STEMS = ("كتب", "درس", "سمع", "فتح", "خرج", "دخل", "رجع", "وصل", "قرأ", "شرب", "حمل", "نزل", "طلع", "ركب", "جلس", "وقف")
ENDINGS = ("", "وا", "ت", "نا", "ها", "هم", "تم", "ون", "ين", "ات")


def story(seed, words=150):
    chance = random.Random(seed)
    return " ".join(chance.choice(STEMS) + chance.choice(ENDINGS) for _ in range(words))


def edited(text, rate, seed=0):
    content = text.split()
    for place in random.Random(seed).sample(range(len(content)), round(rate * len(content))):
        content[place] = f"تعديل{place}"
    return " ".join(content)


def are_linked(first, second):
    return bool(set(first.bands) & set(second.bands)) and similarity(first.signature, second.signature) >= 0.5


def test_keys_are_the_same_in_years_to_come():
    """Stored keys must keep matching new ones: a change here means a new SCHEME and a rebuild of every index."""
    keys = signature(" ".join(stem + ending for ending in ENDINGS for stem in STEMS))

    assert keys.bands[:3] == ("200181936d6", "201250f0b8a", "2021be0245b")
    assert hashlib.sha256(repr((keys.bands, keys.signature)).encode()).hexdigest()[:16] == "e751df2383f72adf"


def test_keys_are_the_same_in_another_process():
    code = f"from pipeline.enrich.duplicates import signature; print(*signature({story(2)!r}).bands)"

    for hash_seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        ).stdout

        assert tuple(printed.split()) == signature(story(2)).bands


def test_spelling_marks_and_punctuation_make_no_difference():
    plain = story(3)
    dressed = plain.replace(" ", "، ").replace("كتب", "كَتَبَ").replace("ين", "يـــن").replace("قرأ", "قرا")

    assert dressed != plain
    assert signature(dressed) == signature(plain)
    assert content_sha256(dressed) == content_sha256(plain)


def test_one_word_more_changes_the_hash_of_the_content():
    assert content_sha256(story(4) + " كلمة") != content_sha256(story(4))


@pytest.mark.parametrize(("rate", "recall"), [(0.05, 1.0), (0.10, 0.95)])
def test_an_edited_copy_is_found(rate, recall):
    found = [are_linked(signature(story(n)), signature(edited(story(n), rate, n))) for n in range(100)]

    assert sum(found) / len(found) >= recall


def test_other_stories_are_not_linked():
    keys = [signature(story(n)) for n in range(60)]

    assert not [1 for i, one in enumerate(keys) for other in keys[:i] if are_linked(one, other)]


def test_a_story_cut_short_by_a_quarter_is_still_found():
    text = story(5, 200)

    assert are_linked(signature(text), signature(" ".join(text.split()[:150])))


def test_similarity_estimates_the_share_of_common_pairs_of_words():
    first, second = story(6, 300).split(), story(7, 300).split()
    mixed = first[:200] + second[:100]
    pairs_first, pairs_mixed = set(itertools.pairwise(first)), set(itertools.pairwise(mixed))
    exact = len(pairs_first & pairs_mixed) / len(pairs_first | pairs_mixed)

    estimate = similarity(signature(" ".join(first)).signature, signature(" ".join(mixed)).signature)

    assert estimate == pytest.approx(exact, abs=0.1)


def test_a_short_text_has_one_exact_key_only():
    text = story(8, LEAST_WORDS - 1)
    keys = signature(text)

    assert keys.signature is None and len(keys.bands) == 1
    assert signature(text + "!") == keys
    assert signature(text + " كلمة").bands != keys.bands


@pytest.mark.parametrize("text", ["", "  \n", "…", "123", "صورة من الأرشيف"])
def test_a_caption_or_nothing_is_a_duplicate_of_nothing(text):
    assert signature(text).bands == ()


@given(st.text(max_size=400))
def test_any_text_has_keys(text):
    keys = signature(text)

    assert len(keys.bands) in (0, 1, BANDS)
    assert signature(text) == keys
    assert len(content_sha256(text)) == 64


def test_a_very_long_text_takes_no_more_memory_than_a_chunk():
    keys = signature(story(9, 30_000))

    assert len(keys.bands) == BANDS


@given(st.lists(st.integers(0, 60), max_size=6))
def test_many_at_once_have_the_keys_that_each_has_by_itself(sizes):
    stories = [story(number, words=size) for number, size in enumerate(sizes)]

    assert signatures_of_words([words(text) for text in stories]) == [signature(text) for text in stories]
