"""Who the server runs as. Elasticsearch refuses root, so root hands it to an unprivileged account."""

import os
import pwd
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FihristError

ACCOUNTS = ("fihrist", "nobody")
"""Tried in this order: an account made for it, then the one that owns nothing and that every system has."""


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user of this machine and its group."""

    name: str
    uid: int
    gid: int


def unprivileged_account(names: Iterable[str] = ACCOUNTS) -> Account | None:
    """Return the account to run the server as; None when this process is not root and may run it itself.

    Raises:
        FihristError: this is root, and the machine has none of the accounts.
    """
    if os.geteuid() != 0:
        return None
    for name in names:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise FihristError(
        "Elasticsearch refuses to run as root, and there is no account to give it to: "
        "make one (useradd --system fihrist), or run Fihrist as an ordinary user."
    )


def can_enter(folder: Path, account: Account) -> bool:
    """Return whether the account may pass through the folder and all its parents."""
    return all(_may_pass(parent, account) for parent in (folder, *folder.parents))


def give(folder: Path, account: Account) -> None:
    """Make the folder and all in it belong to the account, links themselves rather than what they point at."""
    for parent, folders, files in os.walk(folder):
        for name in ("", *folders, *files):
            os.chown(Path(parent) / name, account.uid, account.gid, follow_symlinks=False)


def _may_pass(folder: Path, account: Account) -> bool:
    try:
        entry = folder.stat()
    except OSError:
        return False
    if entry.st_uid == account.uid:
        return bool(entry.st_mode & stat.S_IXUSR)
    if entry.st_gid == account.gid:
        return bool(entry.st_mode & stat.S_IXGRP)
    return bool(entry.st_mode & stat.S_IXOTH)
