from pathlib import Path

import pytest

from pipeline.errors import FihristError
from pipeline.kibana.objects import load_objects, load_space


def test_ids_are_the_files_names() -> None:
    """They are what people have bookmarked: renaming a file makes another object."""
    assert [(item.kind, item.id) for item in load_objects()] == [
        ("data-views", "fihrist-articles"),
        ("data-views", "fihrist-ingest-files"),
        ("data-views", "fihrist-ingest-runs"),
        ("maps", "fihrist-places"),
        ("sessions", "fihrist-articles-by-outlet"),
        ("sessions", "fihrist-articles-by-person"),
        ("sessions", "fihrist-articles-by-place"),
        ("sessions", "fihrist-newest-articles"),
        ("sessions", "fihrist-quarantined-files"),
        ("sessions", "fihrist-runs"),
        ("dashboards", "fihrist-newsroom"),
        ("dashboards", "fihrist-pipeline"),
    ]


def test_the_space_is_named_in_both_languages() -> None:
    assert load_space()["name"] == "فهرس · Fihrist"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("bad.json", '{"a": 1,\n"b": }', r"bad\.json, line 2, is not JSON"),
        ("list.json", "[]", r"list\.json, line 1: a JSON object should stand here"),
        ("Bad Name.json", "{}", r"Bad Name\.json: the name becomes an id"),
        ("a--b.json", "{}", "may only hold a-z, 0-9 and single hyphens"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(tmp_path: Path, name: str, text: str, reason: str) -> None:
    (tmp_path / "dashboards").mkdir()
    (tmp_path / "dashboards" / name).write_text(text)
    with pytest.raises(FihristError, match=reason):
        load_objects(tmp_path)
