import gzip

import orjson

from pipeline.enrich.corpus import texts
from pipeline.enrich.entities.tagger.clusters import group, paragraphs, save

TOWNS, NAMES = ["لندن", "باريس", "برلين"], ["سامي", "هاني", "رامي"]
PARAGRAPHS = [["سافر", "الى", town, "امس"] for town in TOWNS] + [["تحدث", name, "عن", "العمل"] for name in NAMES]


def test_words_of_the_same_use_share_groups():
    groups = group(PARAGRAPHS * 5)
    assert len({groups[town] for town in TOWNS}) == 1
    assert len({groups[name] for name in NAMES}) == 1
    assert groups["لندن"] != groups["سامي"]


def test_rare_words_have_no_group():
    assert "نادر" not in group([*PARAGRAPHS * 5, ["نادر"]])


def test_texts_are_folded_and_numbers_are_one_word(tmp_path):
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(gzip.compress(orjson.dumps({"title": "أخبار", "text": "عام 2007\nآخر"}) + b"\n"))
    assert list(paragraphs(texts([file]))) == [["اخبار"], ["عام", "0"], ["اخر"]]


def test_the_same_groups_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "1", tmp_path / "2"
    save(first, {"ب": (1, 2, 3), "ا": (4, 5, 6)})
    save(second, {"ا": (4, 5, 6), "ب": (1, 2, 3)})
    assert first.read_bytes() == second.read_bytes()
