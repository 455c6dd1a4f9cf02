"""Names that break tools, and things in a folder that look like files."""

import os
import socket
from pathlib import Path

from tests.bad_input.article import TEXT
from tests.bad_input.kind import Kind, content


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def _loop(path: Path) -> None:
    path.symlink_to(path.parent, target_is_directory=True)


def _link_to_outside(path: Path) -> None:
    outside = path.parent.parent / "outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    path.symlink_to(outside)


def _deep(path: Path) -> None:
    folder = path
    for _ in range(100):
        folder = folder / "d"
    folder.mkdir(parents=True)


KINDS = (
    Kind("newline-in-name", content(TEXT), file_name="سطر\nثان.txt"),
    Kind("quotes-in-name", content(TEXT), file_name="\"a' `b`;$(c).txt"),
    Kind("marks-in-name", content(TEXT), file_name="\u202eملف\u200f.txt"),
    Kind("longest-name", content(TEXT), file_name="ط" * 125 + "a.txt"),
    Kind("name-no-utf8", content(TEXT), file_name=b"\xc7\xe1\xd3\xe1\xc7\xe3.txt"),
    Kind("name-like-an-escape", content(TEXT), file_name="\\xc7\\n.txt"),
    Kind("name-like-an-option", content(TEXT), file_name="-rf --force.txt"),
    Kind("name-like-a-format", content(TEXT), file_name="%s {0} %(name)s {{ x }}.txt"),
    Kind("name-like-an-address", content(TEXT), file_name="s3:%2f%2fbucket?x=1#y.txt"),
    Kind("script-in-name", content(TEXT), file_name="<img src=x onerror=alert(1)>.txt"),
    Kind("no-suffix", content(TEXT), file_name="article"),
    Kind("pipe", lambda path: os.mkfifo(path), listed=False),
    Kind("socket", _socket, listed=False),
    Kind("folder-like-a-file", lambda path: path.mkdir(), listed=False),
    Kind("link-to-itself", lambda path: path.symlink_to(path), listed=False),
    Kind("link-to-nothing", lambda path: path.symlink_to(path.parent / "missing.txt"), listed=False),
    Kind("link-to-the-folder", _loop, listed=False),
    Kind("link-to-a-device", lambda path: path.symlink_to("/dev/zero"), listed=False),
    Kind("link-out-of-the-folder", _link_to_outside, listed=False),
    Kind("hidden", content(TEXT), file_name=".hidden.txt", listed=False),
    Kind("still-being-written", content(TEXT), file_name="new.txt.part", listed=False),
    Kind("empty-folders-100-deep", _deep, listed=False),
)
