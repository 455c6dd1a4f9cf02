import gzip

import orjson

from pipeline.enrich import frequent


def test_the_most_frequent_words_come_first_and_numbers_are_none():
    assert frequent.count(["قال الوزير إن الوزير قال 2024", "قال"], most=2) == ["قال", "الوزير"]


def test_what_is_counted_can_be_read(tmp_path, monkeypatch):
    texts, output = tmp_path / "texts.jsonl", tmp_path / "words.txt.gz"
    texts.write_bytes(orjson.dumps({"title": "خبر", "text": "قال خبر"}) + b"\n")
    monkeypatch.setattr("sys.argv", ["frequent", str(texts), "--output", str(output)])
    frequent.main()
    assert frequent.frequent_words(output) == ["خبر", "قال"]
    assert gzip.decompress(output.read_bytes()).startswith(b"# ")


def test_the_words_of_the_package_are_those_of_news():
    words = frequent.frequent_words()
    assert len(words) == len(set(words)) == 20_000
    assert {"في", "الرئيس", "وزارة", "وقال"} <= set(words[:1000])
