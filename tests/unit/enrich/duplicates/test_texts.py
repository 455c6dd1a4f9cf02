import base64
import random
import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.duplicates import Entry, signature, similarity
from pipeline.enrich.duplicates.entry import LEAST_SIMILARITY
from pipeline.enrich.duplicates.texts import Texts


def packed(hashes):
    return base64.b64encode(bytes(hashes)).decode()


def connected(*articles):
    """The clusters of texts, given as bands and signature; no two may be the same."""
    texts = Texts()
    numbers = [texts.add(Entry(str(n), "2018", tuple(bands), sign)) for n, (bands, sign) in enumerate(articles)]
    assert numbers == list(range(len(articles)))
    return texts.connected().tolist()


@given(st.integers(0, 256))
def test_texts_that_share_a_band_are_linked_if_they_are_as_similar_as_near_duplicates(agreeing):
    first, second = packed([1] * 256), packed([1] * agreeing + [2] * (256 - agreeing))
    if first != second:
        expected = [0, 0] if similarity(first, second) >= LEAST_SIMILARITY else [0, 1]
        assert connected(("k", first), ("km", second)) == expected


def test_texts_without_a_common_band_are_not_linked_however_similar():
    assert connected(("k", packed([1] * 256)), ("m", packed([1] * 255 + [2]))) == [0, 1]


def test_a_short_text_is_linked_with_no_long_one():
    assert connected(("k", None), ("km", packed([0] * 256)), ("mn", None), ("n", packed([1] * 256))) == [0, 1, 2, 3]


def test_bands_that_are_equal_as_numbers_but_not_as_words_link_nothing(monkeypatch):
    """Numbers of 32 bits are: among a million bands, some hundred pairs are the same by chance."""
    monkeypatch.setattr("pipeline.enrich.duplicates.texts.hash", lambda band: 7, raising=False)
    assert connected(("k", None), ("m", None), ("kl", None)) == [0, 1, 0]


@given(st.lists(st.sets(st.sampled_from("abcdefghij"), min_size=1, max_size=3), unique_by=frozenset, max_size=30))
def test_clusters_are_all_that_links_connect(articles):
    clusters = [{n} for n in range(len(articles))]
    for n, bands in enumerate(articles):
        touching = [one for one in clusters if n in one or any(bands & articles[other] for other in one)]
        clusters = [one for one in clusters if one not in touching] + [set().union(*touching)]
    expected = [min(next(one for one in clusters if n in one)) for n in range(len(articles))]

    assert connected(*((sorted(bands), None) for bands in articles)) == expected


def test_texts_are_numbered_as_they_come_and_the_same_is_the_same():
    texts = Texts()
    bodies = [" ".join(f"كلمة{n * step}" for n in range(40)) for step in (1, 2, 1, 3)]
    keys = [signature(body) for body in bodies]
    assert [texts.add(Entry(str(n), "2018", key.bands, key.signature)) for n, key in enumerate(keys)] == [0, 1, 0, 2]
    assert texts.bands(1) == list(keys[1].bands)
    part = texts.part([2, 0])
    assert (len(part), part.bands(0)) == (2, list(keys[3].bands))


def test_a_thousand_texts_that_share_a_band_and_nothing_else_are_compared_in_a_moment():
    chance = random.Random(1)
    articles = [(f"k{n}", packed(chance.randbytes(256))) for n in range(1000)]
    started = time.process_time()

    assert connected(*((["k", f"own{n}"], sign) for n, (_, sign) in enumerate(articles))) == list(range(1000))
    assert time.process_time() - started < 5


def test_no_texts_make_no_clusters():
    assert np.array_equal(Texts().connected(), [])
