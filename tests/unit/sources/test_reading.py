import hashlib
import os
from datetime import UTC, datetime

import fsspec
import pytest

from pipeline.errors import BadInputError, SourceGoneError
from pipeline.sources.listing import list_files
from pipeline.sources.raw import ListedFile
from pipeline.sources.reading import file_sha256, read_file


def listed(location) -> ListedFile:
    return ListedFile("wires", "a.txt", str(location), 0, datetime.now(UTC))


def reason(location, **options) -> str:
    with pytest.raises(BadInputError) as caught:
        read_file(listed(location), **options)
    assert len(str(caught.value)) > 20
    return caught.value.reason


def test_a_file_is_read_whole(tmp_path):
    data = "قال الرئيس\n".encode()
    (tmp_path / "a.txt").write_bytes(data)
    raw = read_file(listed(tmp_path / "a.txt"))
    assert (raw.text, raw.encoding, raw.format, raw.bytes) == ("قال الرئيس\n", "utf-8", "text", len(data))
    assert raw.sha256 == hashlib.sha256(data).hexdigest() == file_sha256(raw.listed)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe\x20\x00\x0a\x00", "empty"),
        (b"\x00" * 100, "empty"),
        (b"%PDF-1.7 \n\xe2\xe3", "not-text"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not-text"),
        (b"PK\x03\x04\x14\x00", "not-text"),
        (b"\x1f\x8b\x08\x00", "not-text"),
        (b"\x7fELF\x02\x01", "not-text"),
        (bytes(range(256)) * 20, "binary"),
        ("قال الرئيس ".encode() * 20 + b"\xff\xfe\xfa" + "قال الرئيس ".encode(), "undecodable"),
        (("قال الرئيس في المؤتمر").encode()[:-1], "truncated"),
        ("قال الرئيس".encode("utf-16")[:-1], "truncated"),
        (b"123 456 - 7/8\n", "no-letters"),
    ],
)
def test_what_can_not_become_an_article_says_why(tmp_path, data, expected):
    (tmp_path / "a.txt").write_bytes(data)
    assert reason(tmp_path / "a.txt") == expected


def test_words_that_begin_like_a_magic_number_are_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"BMW and RIFF are words; so is ID3.")
    assert read_file(listed(tmp_path / "a.txt")).encoding == "ascii"


def test_a_file_above_the_limit_is_not_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x" * 101)
    assert reason(tmp_path / "a.txt", max_bytes=100) == "too-large"


def test_a_file_that_is_gone_has_vanished(tmp_path):
    assert reason(tmp_path / "gone.txt") == "vanished"
    with pytest.raises(BadInputError, match="gone"):
        file_sha256(listed(tmp_path / "gone.txt"))


@pytest.mark.parametrize("root_stays", [True, False], ids=["empty", "missing"])
def test_a_file_is_not_judged_when_its_whole_source_is_gone(tmp_path, root_stays):
    root = tmp_path / "wire"
    if root_stays:  # what a disk that is not mounted looks like
        root.mkdir()
    file = ListedFile("wire", "2024/a.txt", str(root / "2024" / "a.txt"), 4, datetime.now(UTC))
    for read in (read_file, file_sha256):
        with pytest.raises(SourceGoneError, match="is its disk mounted"):
            read(file)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_unreadable(tmp_path):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.txt").chmod(0)
    assert reason(tmp_path / "a.txt") == "unreadable"


def test_permission_denied_is_unreadable(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert reason(tmp_path / "a.txt") == "unreadable"


@pytest.mark.timeout(10)
def test_a_pipe_is_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert reason(tmp_path / "pipe") == "unreadable"


def test_folders_devices_and_link_loops_are_unreadable(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert reason(tmp_path) == "unreadable"
    assert reason("/dev/null") == "unreadable"
    assert reason(tmp_path / "loop") == "unreadable"


def test_a_failing_disk_is_no_fault_of_the_file(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(OSError, match="Input/output"):
        read_file(listed(tmp_path / "a.txt"))


def test_a_file_in_a_bucket_is_read():
    fsspec.filesystem("memory").pipe("/reading/a.txt", "قال الرئيس".encode("cp1256") * 20)
    raw = read_file(next(iter(list_files("memory://reading"))))
    assert raw.encoding == "cp1256"
    assert raw.text.startswith("قال")
    assert reason("memory:///reading/gone.txt") == "vanished"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "<!DOCTYPE html><html><body>خبر</body></html>", "html"),
        ("a.txt", "\n<!-- saved -->\n<HTML>خبر", "html"),
        ("a.txt", "<p>فقرة</p><p>فقرة</p><p>ثالثة</p>", "html"),
        ("a.html", "<b>خبر</b> بلا شيء", "html"),
        ("a.html", "خبر بلا وسوم\nوفقرة أخرى", "text"),
        ("a.txt", "خبر فيه <رابط> و 3 < 5 و <br> واحدة", "text"),
    ],
)
def test_the_format_follows_from_the_content(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_file(next(iter(list_files(str(tmp_path / name))))).format == expected
