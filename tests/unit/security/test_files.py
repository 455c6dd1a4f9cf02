import os
import stat
from pathlib import Path

import pytest

from pipeline.security.files import private_folder, write_secret


def test_a_secret_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        private_folder(tmp_path / "security")
        write_secret(tmp_path / "security/key", "سر")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "security").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "security/key").stat().st_mode) == 0o600
    assert (tmp_path / "security/key").read_text(encoding="utf-8") == "سر"


def test_an_earlier_secret_is_replaced_and_loses_its_open_mode(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("old")
    file.chmod(0o644)
    write_secret(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_failed_write_leaves_the_earlier_secret_and_no_part(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.mkdir()  # nothing can take the place of a folder
    with pytest.raises(OSError):
        write_secret(file, "new")
    assert list(tmp_path.iterdir()) == [file]
