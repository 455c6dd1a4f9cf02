"""The raw files of two nights: articles, near-duplicates of them, repeated lines, and files that can't be articles."""

import os
from pathlib import Path
from typing import Final

CASES: Final = Path(__file__).parents[1] / "quality" / "clean" / "cases" / "articles"
FIRST, SECOND = 30, 12
"""Articles that come on the first and on the second night."""
_DAY: Final = 86_400
_EPOCH: Final = 1_700_000_000
_FOOTER = "تابعوا أخبارنا على قناتنا في تلغرام\n"
_BAD = {"empty.txt": b"", "image.txt": b"\x89PNG\r\n\x1a\n" + bytes(64), "digits.txt": b"12 34 56\n"}


def first_night(folder: Path) -> None:
    """Write what is there on the first night."""
    for number, text in enumerate(_articles()[:FIRST]):
        _write(folder / f"{number:03}.txt", text, number)
    for number in range(4):  # the same story once more, later
        _write(folder / f"copy-{number:03}.txt", _copy(number), FIRST + number)
    for number, (name, data) in enumerate(_BAD.items()):
        _write(folder / name, data, number)


def second_night(folder: Path) -> None:
    """Add to it, rewrite some files, touch others, mend one that was bad."""
    articles = _articles()
    for number in range(FIRST, FIRST + SECOND):
        _write(folder / "new" / f"{number:03}.txt", articles[number], number)
    for number in (4, 5, 6):  # old-dated copies of stories of the first night, which become the heads of their clusters
        _write(folder / "new" / f"older-{number:03}.txt", _copy(number), number - 400)
    for number in (7, 8, 9):
        _write(folder / f"{number:03}.txt", articles[FIRST + SECOND + number], 50 + number)
    for number in (10, 11):
        os.utime(folder / f"{number:03}.txt", (_EPOCH, _EPOCH + 60 * _DAY))
    _write(folder / "empty.txt", articles[-1], 60)
    _write(folder / "new" / "truncated.txt", b"\xff\xfe\x00\xd8", 61)


def _articles() -> list[str]:
    files = sorted(CASES.glob("ar-*.txt"))
    return [_article(file.read_text(encoding="utf-8")) for file in files[: FIRST + SECOND + 12]]


def _article(case: str) -> str:
    head, _, body = case.partition("\n\n")
    title = next(line.removeprefix("title: ") for line in head.splitlines() if line.startswith("title: "))
    return f"{title}\n\n{body.strip()}\n{_FOOTER}"


def _copy(number: int) -> str:
    return _articles()[number].replace(_FOOTER, "نقلا عن الوكالة.\n")


def _write(file: Path, content: str | bytes, day: int) -> None:
    """Write a file whose modification time is always the same, so that two runs can be compared."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(file, (_EPOCH, _EPOCH + day * _DAY))
