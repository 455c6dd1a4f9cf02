"""What this machine has for running a server: the built distribution, a Java, and perhaps another user."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.embedded.elasticsearch.account import Account, unprivileged_account
from pipeline.embedded.elasticsearch.distribution import ensure_distribution
from pipeline.embedded.elasticsearch.instance import Progress, base_folder
from pipeline.embedded.elasticsearch.java import Jdk, find_jdk
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Machine:
    """All that is the same for every server that runs here."""

    distribution: Path
    jdk: Jdk
    account: Account | None
    """Who runs it; None: the user of this process."""


def prepare_machine(settings: Settings, progress: Progress) -> Machine:
    """Find the account and the Java, and build the distribution if need be.

    Raises:
        FihristError: one of them is missing; the message says what to do.
    """
    account = unprivileged_account()
    base = base_folder(settings, account)
    if account and base != settings.home.resolve():
        progress(f"the user {account.name} can't enter {settings.home}: Elasticsearch and its data are in {base}")
    jdk = find_jdk(account)
    return Machine(ensure_distribution(base, jdk, progress), jdk, account)
