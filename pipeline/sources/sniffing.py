"""Tell from the first bytes what a file is: text, HTML, or something else under a text's name."""

import re

from pipeline.sources.raw import Format

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"RIFF", "a sound, video or WebP file"),
)
_STARTS = tuple(magic for magic, _ in _MAGIC)
_PRINTABLE_START = frozenset({b"BM", b"BZh", b"ID3", b"RIFF", b"OggS", b"PAR1", b"GIF8"})
"""Words may begin like these: they count only with a byte below that no text has."""

_ONLY_IN_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_HTML_START = re.compile(
    r"\s*(?:<!--.{0,4000}?-->\s*)*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_BLOCK = re.compile(
    r"<(?:p|div|br|article|section|table|tr|td|ul|ol|li|h[1-6]|span|meta|link|script|style|title|img|a)(?:\s[^<>]{0,500})?/?>",
    re.I,
)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_HTML_NAME = re.compile(r"\.(?:html?|xhtml|shtml|mhtml|php|aspx?|jsp)$", re.I)
_LOOKED_AT = 200_000
_ENOUGH_BLOCKS = 3


def sniff_other_than_text(data: bytes) -> str | None:
    """Return what a file that is no text is ("a PDF"), by its first bytes; None for what may be text."""
    for magic, kind in _MAGIC if data.startswith(_STARTS) else ():
        if data.startswith(magic) and (magic not in _PRINTABLE_START or _ONLY_IN_BINARY.search(data[:512])):
            return kind
    if data[4:8] == b"ftyp" and _ONLY_IN_BINARY.search(data[:4]):
        return "a video"
    return None


def sniff_format(text: str, path: str) -> Format:
    """Return ``html`` for a page or a piece of one, whatever its name; ``text`` for a page's name without any tag."""
    if "<" not in text:
        return "text"
    if _HTML_START.match(text):
        return "html"
    head = text[:_LOOKED_AT]
    tags = _ANY_TAG if _HTML_NAME.search(path) else _HTML_BLOCK
    needed = 1 if tags is _ANY_TAG else _ENOUGH_BLOCKS
    for count, _ in enumerate(tags.finditer(head), start=1):
        if count == needed:
            return "html"
    return "text"
