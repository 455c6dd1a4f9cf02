from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.enrich.entities.entity import (
    ORGANIZATIONS,
    PEOPLE,
    PLACES,
    Alias,
    read_organizations,
    read_people,
    read_places,
)
from pipeline.errors import KnowledgeError


def write(folder: Path, columns: tuple[str, ...], *rows: str) -> Path:
    file = folder / "list.tsv"
    file.write_text("# a test\n" + "\t".join(columns) + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_aliases_and_their_certainty_are_read(tmp_path: Path) -> None:
    file = write(tmp_path, PEOPLE, "بشار الأسد\t?الأسد|بشار حافظ الأسد\tQ44329\tpresident")
    aliases = list(read_people(file))
    assert [(alias.text, alias.weak) for alias in aliases] == [
        ("بشار الأسد", False), ("الأسد", True), ("بشار حافظ الأسد", False),
    ]  # fmt: skip
    assert {alias.entity.wikidata for alias in aliases} == {"Q44329"}


@pytest.mark.parametrize(
    ("read", "columns", "row", "reason"),
    [
        (read_people, PEOPLE, "بشار الأسد\t\t44329", "no Wikidata item"),
        (read_people, PEOPLE, "بشار الأسد\t\tQ0", "no Wikidata item"),
        (read_people, PEOPLE, "بشار الأسد\tب", "too short"),
        (read_organizations, ORGANIZATIONS, "جامعة دمشق\t\t\tuniversity\tSyria", "no ISO 3166-1"),
        (read_places, PLACES, "درعا\t\t\ttown\tSY\t96.1\t36.1", "off the map"),
        (read_places, PLACES, "درعا\t\t\ttown\tSY\t32.6\t200", "off the map"),
        (read_places, PLACES, "درعا\t\t\ttown\tSY\tnorth\t36.1", "no number"),
        (read_places, PLACES, "درعا\t\t\ttown\tSY\t32.6", "go together"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(
    tmp_path: Path, read: Callable[[Path], Iterator[Alias]], columns: tuple[str, ...], row: str, reason: str
) -> None:
    with pytest.raises(KnowledgeError, match=f"line 3: .*{reason}"):
        list(read(write(tmp_path, columns, row)))
