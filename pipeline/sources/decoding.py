"""Decode bytes: byte order mark → strict UTF-8 → UTF-16 by its bytes → the page's own word → letter frequencies.

Nothing is ever decoded "with replacements": bytes that fit no table send the file to quarantine.
"""

import codecs

from pipeline.errors import BadInputError
from pipeline.sources.letters import is_plausible, likeliest_table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(sorted({*range(0x20)} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B}))
_ASCII = bytes(range(0x80))
_FEW_CONTROLS = 0.01
_WIDE_CONTROLS = 0.05
_DAMAGED_UTF8 = 0.7
_TAIL = 3
_SAMPLE = 1_000_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file's bytes and the name of the encoding that they are in, as Python knows it.

    Raises:
        BadInputError: ``binary`` (bytes that no text has), ``truncated`` (it ends inside a character) or
            ``undecodable`` (no encoding explains all of its bytes).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    controls = 1 - len(data.translate(None, _CONTROL)) / len(data)
    if controls > _WIDE_CONTROLS:
        return _wide(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text, encoding = _not_utf8(data, error)
    else:
        encoding = "ascii" if text.isascii() else "utf-8"
    if controls > _FEW_CONTROLS:
        raise _binary()
    return text, encoding


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _fault(encoding, error, len(data)) from None


def _wide(data: bytes) -> tuple[str, str]:
    """Decode UTF-16 or UTF-32 without a mark: in Arabic and in Latin text every second byte is a control character."""
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        width = 4 if "32" in encoding else 2
        whole = data[: len(data) - len(data) % width]
        try:
            text = whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_plausible(text):
            if len(whole) < len(data):
                raise _truncated(encoding)
            return text, encoding
    raise _binary()


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """Decode what is not UTF-8: by what it declares, if the result is plausible, else by its letters."""
    damage = _utf8_share(data)
    if damage > _DAMAGED_UTF8:
        raise _fault("utf-8", error, len(data))
    declared = _declared(data)
    found = likeliest_table(data, declared)
    if found is None:
        raise BadInputError(
            "undecodable",
            f"byte {error.start:,} is not UTF-8 and no other encoding explains the file; save it as UTF-8",
        )
    return data.decode(found), found


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page's head names, as Python knows it."""
    from bs4.dammit import EncodingDetector  # slow to import, and few files need it

    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    try:
        return codecs.lookup(declared).name if declared else None
    except LookupError:
        return None


def _utf8_share(data: bytes) -> float:
    """Return the share of the bytes above ASCII that are part of valid UTF-8, in a long file's beginning."""
    data = data[:_SAMPLE]
    high = len(data.translate(None, _ASCII))
    valid = len(data.decode("utf-8", "ignore").encode().translate(None, _ASCII))
    return valid / high if high else 0.0


def _fault(encoding: str, error: UnicodeDecodeError, length: int) -> BadInputError:
    if error.end >= length - 1 and error.start >= length - _TAIL - 1:
        return _truncated(encoding)
    return BadInputError(
        "undecodable", f"the file is {encoding.upper()}, but not at byte {error.start:,}; save it again as UTF-8"
    )


def _truncated(encoding: str) -> BadInputError:
    return BadInputError(
        "truncated", f"the {encoding.upper()} text ends inside a character; copy the file again, it is not complete"
    )


def _binary() -> BadInputError:
    return BadInputError("binary", "the file holds bytes that no text has; give the text itself")
