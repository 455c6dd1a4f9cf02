"""Files whose bytes are no text, or are not the text that they claim to be."""

import gzip
import io
import zipfile
from pathlib import Path

from tests.bad_input.article import LEAD, TEXT, has_the_body, page
from tests.bad_input.kind import Document, Kind, content


def is_mended(document: Document) -> None:
    has_the_body(document)
    assert "mojibake" in {repair["kind"] for repair in document["repairs"]}


def _declares(charset: str) -> str:
    return page(head=f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">')


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("article.txt", TEXT)
    return packed.getvalue()


def _gzip_bomb() -> bytes:
    return gzip.compress(bytes(100_000_000), compresslevel=1)


def _huge(path: Path) -> None:
    piece = (TEXT * 4000).encode()
    with path.open("wb") as stream:
        while stream.tell() < 200_000_000:
            stream.write(piece)


KINDS = (
    Kind("empty", content(b""), "empty"),
    Kind("white-space", content(" \n\t\r\n\u00a0\n"), "empty"),
    Kind("utf8-mark-only", content(b"\xef\xbb\xbf"), "empty"),
    Kind("utf16-mark-only", content(b"\xff\xfe"), "empty"),
    Kind("nuls-only", content(bytes(4096)), "empty"),
    Kind("digits-only", content("123 456 --- 789\n"), "no-letters"),
    Kind("emoji-only", content("🎉🎉 🚀 👍🏽\n"), "no-letters"),
    Kind("punctuation-only", content("،،، ؟؟ !!! «»\n"), "no-letters"),
    Kind("random-bytes", content(bytes(range(256)) * 16), "binary"),
    Kind("utf8-cut-in-a-letter", content(TEXT.strip().rstrip(".").encode()[:-1]), "truncated"),
    Kind("utf16-cut-in-a-letter", content(TEXT.encode("utf-16")[:-1]), "truncated"),
    Kind("utf16-without-mark-cut", content(TEXT.encode("utf-16-le")[:-1]), "truncated"),
    Kind("utf8-with-a-bad-byte", content(LEAD.encode()[:20] + b"\xff" + TEXT.encode() * 3), "undecodable"),
    Kind("isolated-surrogates", content(TEXT.encode() + b"\xed\xa0\x80" + TEXT.encode()), "undecodable"),
    Kind("overlong-utf8", content(TEXT.encode() + b"\xc0\xaf\xc0\xae" + TEXT.encode()), "undecodable"),
    Kind("utf16-half-pair", content(TEXT.encode("utf-16") + b"\x00\xd8" + TEXT.encode("utf-16-le")), "undecodable"),
    Kind("windows-1256", content(TEXT, "cp1256"), check=has_the_body),
    Kind("iso-8859-6", content(TEXT, "iso8859_6"), check=has_the_body),
    Kind("utf16-without-mark", content(TEXT, "utf-16-be"), check=has_the_body),
    Kind("utf32", content(TEXT, "utf-32"), check=has_the_body),
    Kind("says-utf8-is-windows-1256", content(_declares("utf-8"), "cp1256"), check=has_the_body),
    Kind("says-windows-1256-is-utf8", content(_declares("windows-1256")), check=has_the_body),
    Kind("says-latin1-is-windows-1256", content(_declares("iso-8859-1"), "cp1256"), check=has_the_body),
    Kind("says-nonsense-charset", content(_declares("x-no-such-table"), "cp1256"), check=has_the_body),
    Kind("says-utf16-is-utf8", content(_declares("utf-16")), check=has_the_body),
    Kind("double-encoded", content(TEXT.encode().decode("cp1252", "ignore")), None),
    Kind("double-encoded-latin1", content(TEXT.encode().decode("latin-1")), check=is_mended),
    Kind("pdf", content(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"), "not-text"),
    Kind("jpeg", content(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256))), "not-text"),
    Kind("png", content(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "not-text"),
    Kind("zip", content(_zip()), "not-text"),
    Kind("gzip", content(gzip.compress(TEXT.encode())), "not-text"),
    Kind("gzip-bomb", lambda path: path.write_bytes(_gzip_bomb()), "not-text"),
    Kind("bzip2", content(b"BZh91AY&SY\x00\x00\x01\x02" + bytes(64)), "not-text"),
    Kind("old-office", content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)), "not-text"),
    Kind("rtf", content(r"{\rtf1\ansi\ansicpg1256 \'c7\'e1\'d3\'e1\'c7\'e3}"), "not-text"),
    Kind("sqlite", content(b"SQLite format 3\x00" + bytes(100)), "not-text"),
    Kind("program", content(b"\x7fELF\x02\x01\x01" + bytes(100)), "not-text"),
    Kind("video", content(b"\x00\x00\x00\x18ftypmp42" + bytes(100)), "not-text"),
    Kind("mp3", content(b"ID3\x03\x00\x00\x00\x00\x00\x21" + bytes(100)), "not-text"),
    Kind("200-megabytes", _huge, "too-large"),
)
