from datetime import UTC, datetime
from typing import Any

from pipeline.serve.removed import removal
from pipeline.sources.raw import Format, ListedFile, RawFile


def raw(text: str, format_: Format = "text") -> RawFile:
    listed = ListedFile("s", "a.txt", "/s/a.txt", len(text), datetime(2018, 1, 1, tzinfo=UTC))
    return RawFile(listed, text, format_, "utf-8", len(text), "0" * 64)


def cut(text: str, start: int | None, kind: str = "donation") -> dict[str, Any]:
    end = None if start is None else start + len(text)
    return {"kind": kind, "text": text, "reason": "phrase", "start": start, "end": end}


def test_cuts_and_repairs_stand_where_they_were_made() -> None:
    text = "خبر الولاياتالمتحدة\nادعمنا"
    found = removal(
        {
            "removed": [cut("ادعمنا", 20)],
            "repairs": [{"kind": "glued-words", "before": "الولاياتالمتحدة", "after": "الولايات المتحدة"}],
        },
        raw(text),
    )
    assert found.raw is not None
    shown = [(piece.text, piece.mark.kind if piece.mark else None) for piece in found.raw]
    assert shown == [("خبر ", None), ("الولاياتالمتحدة", "glued-words"), ("\n", None), ("ادعمنا", "donation")]


def test_a_repair_inside_a_cut_is_not_shown_there() -> None:
    text = "ab ab"
    found = removal({"removed": [cut("ab", 0)], "repairs": [{"kind": "x", "before": "ab", "after": "a b"}]}, raw(text))
    assert found.raw is not None
    assert [(piece.start, piece.mark.after) for piece in found.raw if piece.mark] == [(0, None), (3, "a b")]


def test_without_the_raw_file_or_in_html_the_cuts_are_listed() -> None:
    document = {"removed": [cut("x", None)], "repairs": []}
    assert removal(document, None).raw is None
    assert removal(document, raw("x", "html")).raw is None
    assert [one["text"] for one in removal(document, None).removed] == ["x"]


def test_a_long_file_is_shortened_where_nothing_happened_and_every_cut_is_seen() -> None:
    text = "خ" * 100_000 + "ادعمنا" + "خ" * 100_000
    found = removal({"removed": [cut("ادعمنا", 100_000)], "repairs": []}, raw(text))
    assert found.raw is not None
    assert sum(len(piece.text) for piece in found.raw) < 2_000
    assert [piece.text for piece in found.raw if piece.mark and not piece.mark.skipped] == ["ادعمنا"]
    assert [piece.mark.skipped for piece in found.raw if piece.mark and piece.mark.skipped] == [99_200, 99_200]


def test_thousands_of_cuts_are_counted_and_not_all_listed() -> None:
    found = removal({"removed": [cut("x" * 5_000, None)] * 1_000, "repairs": []}, None)
    assert (len(found.removed), found.unlisted, len(found.removed[0]["text"])) == (200, 800, 2_000)


def test_a_repair_is_shown_wherever_its_word_stands_and_not_inside_another() -> None:
    repair = {"kind": "glued-words", "before": "الأممالمتحدة", "after": "الأمم المتحدة"}
    found = removal({"removed": [], "repairs": [repair]}, raw("الأممالمتحدة قالت، والأممالمتحدة كذلك، الأممالمتحدة."))
    assert found.raw is not None
    assert [piece.start for piece in found.raw if piece.mark] == [0, 39]
