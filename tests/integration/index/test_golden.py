"""Each analyzer gives the tokens of its golden file, asked of the real server."""

from pathlib import Path

import pytest

from pipeline.knowledge import read_rows

pytestmark = pytest.mark.server

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.tsv"))
CASES = [(file.stem, row) for file in GOLDEN for row in read_rows(file, ("why", "text", "tokens"))]


def test_every_analyzer_has_a_golden_file(client, names):
    settings = next(iter(client.indices.get_settings(index=names.articles).values()))["settings"]
    assert {file.stem for file in GOLDEN} == settings["index"]["analysis"]["analyzer"].keys()


@pytest.mark.parametrize(("analyzer", "row"), CASES, ids=[f"{name}: {row['why']}" for name, row in CASES])
def test_tokens_are_golden(client, names, analyzer, row):
    text = row["text"].encode("raw_unicode_escape").decode("raw_unicode_escape")
    by_position: dict[int, list[str]] = {}
    for token in client.indices.analyze(index=names.articles, analyzer=analyzer, text=text)["tokens"]:
        by_position.setdefault(token["position"], []).append(token["token"])
    assert " ".join("|".join(by_position[position]) for position in sorted(by_position)) == row["tokens"]
