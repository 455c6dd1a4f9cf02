import hashlib
import os
from pathlib import Path

import pytest

from pipeline.serve.origin import beginning, raw_of

TEXT = "خبر من دمشق"


def source(path: str, data: bytes = TEXT.encode()) -> dict[str, str]:
    return {"name": "s", "path": path, "sha256": hashlib.sha256(data).hexdigest()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_the_file_that_was_indexed_is_read_from_the_first_root_that_has_it(root: Path) -> None:
    found = raw_of(source("a.txt"), [str(root / "gone"), str(root)])
    assert found is not None
    assert found.text == TEXT


def test_a_root_may_be_the_file_itself(root: Path) -> None:
    assert raw_of(source("a.txt"), [str(root / "a.txt")]) is not None


def test_a_file_that_changed_since_is_not_shown(root: Path) -> None:
    (root / "a.txt").write_text("خبر آخر", encoding="utf-8")
    assert raw_of(source("a.txt"), [str(root)]) is None


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/passwd", "link.txt", "x/../../secret.txt", "a.txt\x00", "."])
def test_no_path_leads_out_of_the_root(root: Path, path: str) -> None:
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    assert raw_of(source(path), [str(root)]) is None
    assert beginning("s", path, [str(root)]) is None


def test_the_beginning_of_an_unreadable_file_is_shown_as_far_as_it_goes(root: Path) -> None:
    (root / "b.bin").write_bytes(b"PK\x03\x04\x00\xff" + "نص".encode())
    assert beginning("s", "b.bin", [str(root)]) == "PK····نص"


def test_a_pipe_does_not_make_the_page_wait(root: Path) -> None:
    os.mkfifo(root / "pipe")
    assert beginning("s", "pipe", [str(root)]) is None


def test_a_bucket_that_can_not_be_reached_is_passed_over() -> None:
    assert raw_of(source("a.txt"), ["nosuchprotocol://bucket"]) is None
