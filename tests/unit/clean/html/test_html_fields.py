from pathlib import Path

import pytest

from pipeline.clean.html import fields
from pipeline.errors import KnowledgeError


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x\tcolour\tmeta", "line 2: the field 'colour'"),
        ("x\ttitle\tsky", "line 2: the place 'sky'"),
        ("x\ttitle\tmeta\nx\toutlet\tmeta", "line 3: 'x' stands twice"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "meta-fields.tsv").write_text(f"name\tfield\tplace\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(fields, "_DATA", tmp_path)
    with pytest.raises(KnowledgeError, match=message):
        fields._meta_names.__wrapped__()


@pytest.mark.parametrize(
    ("name", "value"),
    [("authors", "Admin"), ("section", "غير مصنف"), ("crumbs", "الرئيسية »"), ("section", "Non classé")],
)
def test_values_that_nobody_filled_in_are_known(name: str, value: str) -> None:
    assert fields.is_placeholder(name, value)
    assert not fields.is_placeholder("title", value)
