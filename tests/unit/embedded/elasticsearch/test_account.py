import os
import pwd
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch import account as module
from pipeline.embedded.elasticsearch.account import Account, can_enter, unprivileged_account
from pipeline.errors import FihristError

STRANGER = Account("stranger", 61234, 61234)


def test_ordinary_user_runs_the_server_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert unprivileged_account() is None


def test_root_gives_the_server_to_the_first_account_that_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    nobody = pwd.getpwnam("nobody")
    assert unprivileged_account(["no-such-user", "nobody"]) == Account("nobody", nobody.pw_uid, nobody.pw_gid)


def test_root_without_any_account_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(FihristError, match="useradd --system fihrist"):
        unprivileged_account(["no-such-user"])


def test_account_made_for_it_is_preferred_to_nobody() -> None:
    assert module.ACCOUNTS == ("fihrist", "nobody")


@pytest.mark.parametrize(("mode", "expected"), [(0o700, True), (0o600, False)])
def test_one_closed_parent_closes_all_below(tmp_path: Path, mode: int, expected: bool) -> None:
    # Its own user: pytest's folders are closed to others anyway.
    me = Account("me", os.getuid(), os.getgid())
    closed = tmp_path / "closed"
    below = closed / "below"
    below.mkdir(parents=True)
    closed.chmod(mode)
    entered = can_enter(below, me)
    closed.chmod(0o700)
    assert entered is expected


@pytest.mark.parametrize(
    ("account", "mode", "expected"),
    [
        (STRANGER, 0o701, True),
        (STRANGER, 0o770, False),
        (Account("mate", 61234, os.getgid()), 0o710, True),
        (Account("mate", 61234, os.getgid()), 0o707, False),
        (Account("owner", os.getuid(), 61234), 0o077, False),
    ],
    ids=lambda value: value.name if isinstance(value, Account) else str(value),
)
def test_rights_are_those_of_owner_then_group_then_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, account: Account, mode: int, expected: bool
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    monkeypatch.setattr(Path, "parents", ())  # only this folder counts here
    entered = can_enter(folder, account)
    folder.chmod(0o700)
    assert entered is expected


def test_folder_that_is_not_there_cannot_be_entered(tmp_path: Path) -> None:
    assert not can_enter(tmp_path / "missing", STRANGER)
