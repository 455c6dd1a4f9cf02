"""Text that was decoded with the wrong table: UTF-8 read as Windows-1252 or Windows-1256, Windows-1256 read as Latin-1.

A run of characters is mended only when it is exactly what valid UTF-8 looks like through the wrong table, when what
comes out belongs to the scripts that news is written in, and when it is too long, or comes too often, to be chance.
"""

import re
from collections.abc import Callable

from pipeline.arabic import fold
from pipeline.clean.repair.lexicon import UNKNOWN
from pipeline.clean.repair.load import lexicon


def _table(encoding: str) -> dict[str, int]:
    """Return character → byte of a single-byte table, bytes without a character taken as Latin-1 has them."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(encoding, "ignore")
        if char:
            table[char] = byte
    return table


def _sequences(table: dict[str, int], leads_of_three: bool) -> str:
    def of(low: int, high: int) -> str:
        return "[" + "".join(re.escape(char) for char, byte in table.items() if low <= byte <= high) + "]"

    tail = of(0x80, 0xBF)
    two = f"{of(0xC2, 0xDF)}{tail}"
    three = f"{of(0xE0, 0xEF)}{tail}{tail}"
    return f"(?:{two}|{three})" if leads_of_three else f"(?:{two})"


_WESTERN = _table("cp1252")
_ARABIC = _table("cp1256")
# Through Windows-1256, the lead bytes of Arabic in UTF-8 (D8 to DB) are the letters ط ظ ع غ.
# "آ" is C2, before « and ».
_TAIL_1256 = "[" + "".join(re.escape(char) for char, byte in _ARABIC.items() if 0x80 <= byte <= 0xBF) + "]"
_WESTERN_RUN = re.compile(f"{_sequences(_WESTERN, leads_of_three=True)}+")
_ARABIC_RUN = re.compile(f"(?:[طظعغ]{_TAIL_1256}|آ[\u00a0«»°·]|â€{_TAIL_1256})+")
_ARABIC_SIGN = re.compile(f"{_TAIL_1256}(?<=[طظ].)[طظ]{_TAIL_1256}")
_CONTROLS = {chr(byte): char for char, byte in _WESTERN.items() if byte < 0xA0 and ord(char) > 0xFF}
"""Windows-1252 read as Latin-1: control characters where quotes and dashes should be."""
_CONTROL_TABLE = str.maketrans(_CONTROLS)
_CONTROL_SIGN = re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")
_SIGN_LETTERS = "[\x80-\x9f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]"
"""What all signs but the Arabic one hold (the signs of times and division alone are none)."""
_ANY_SIGN = re.compile(f"{_SIGN_LETTERS[:-1]}{_TAIL_1256[1:]}(?:(?<={_SIGN_LETTERS})|(?<=[طظ].)[طظ]{_TAIL_1256})")
"""The Arabic sign or what the others hold, in one search; most texts have none."""
_WESTERN_SIGN = re.compile("[ÂÃÄÅÐÑØÙÚÛâïã]")
_LATIN_WORD = re.compile("[\u00c0-\u00ff\u00a1-\u00bf\u0152-\u0192]{2,}")
_LATIN_SIGN = re.compile("[\u00c0-\u00ff][\u00c0-\u00ff]")
_PLAIN = re.compile(
    "[\u00a0-\u00bf\u00c0-\u017f\u0600-\u06ff\u0750-\u077f\u200c-\u200f\u2010-\u2044\u20ac\u2122\ufb50-\ufdff\ufe70-\ufeff]*"
)
_LONG_ENOUGH = 2
_ENOUGH_RUNS = 3
_ENOUGH_WORDS = 3


def mojibake(text: str) -> tuple[str, dict[str, str]]:
    """Read wrongly decoded runs of a text again.

    Returns:
        The text, and the runs that were read again with what they say; the text itself and nothing where there is no
        sure sign of wrong decoding.
    """
    changes: dict[str, str] = {}
    if _ANY_SIGN.search(text) is None:
        return text, changes
    for sign, runs, read in (
        (_WESTERN_SIGN, _WESTERN_RUN, _as_utf8(_WESTERN)),
        (_ARABIC_SIGN, _ARABIC_RUN, _as_utf8(_ARABIC)),
        (_LATIN_SIGN, _LATIN_WORD, _as_windows_1256),
    ):
        if sign.search(text) and (found := read(list(dict.fromkeys(runs.findall(text))))):
            text = runs.sub(lambda run, found=found: found.get(run[0], run[0]), text)  # type: ignore[misc]
            changes |= found
    if _CONTROL_SIGN.search(text):
        changes |= {found: _CONTROLS[found] for found in sorted(set(text) & _CONTROLS.keys())}
        text = text.translate(_CONTROL_TABLE)
    return text, changes


def _as_utf8(table: dict[str, int]) -> Callable[[list[str]], dict[str, str]]:
    def read(runs: list[str]) -> dict[str, str]:
        """Read each run as UTF-8, if one of them is too long, or they are too many, to be chance."""
        found: dict[str, str] = {}
        for run in runs:
            try:
                text = bytes(table[char] for char in run).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if _PLAIN.fullmatch(text):
                found[run] = text
        return found if len(found) >= _ENOUGH_RUNS or any(len(text) >= _LONG_ENOUGH for text in found.values()) else {}

    return read


def _as_windows_1256(words: list[str]) -> dict[str, str]:
    """Read words of Latin-1 letters only as Windows-1256, if most of what comes out are known Arabic words."""
    found = {word: text for word in words if (text := _through(word))}
    known = sum(lexicon().word(fold(text)) > UNKNOWN for text in found.values())
    return found if known >= _ENOUGH_WORDS and 2 * known >= len(words) else {}


def _through(word: str) -> str | None:
    try:
        return word.encode("latin-1" if max(word) < "\u0100" else "cp1252").decode("cp1256")
    except UnicodeError:
        return None
