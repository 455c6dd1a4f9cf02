"""One server of ours: its folders and where it listens."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.embedded.elasticsearch.account import Account, can_enter
from pipeline.errors import FihristError
from pipeline.settings import Settings

VERSION = "9.5.3"
HOST = "127.0.0.1"
NAME = "fihrist"
"""Name of the cluster and of its only node."""
ELSEWHERE = Path("/var/lib/fihrist")
POINTER = "elasticsearch-is-elsewhere"

Progress = Callable[[str], None]
"""Called with one line whenever there is something to tell while the user waits."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers."""

    url: str
    pid: int
    log: Path

    @property
    def secure(self) -> bool:
        """Whether it talks TLS only, and asks who is there."""
        return self.url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Instance:
    """A server's folder and settings; it need not run."""

    root: Path
    """Folder of its configuration, data, logs and temporary files; nothing else may be in there."""
    ports: str
    """Where it may listen on 127.0.0.1, as ``elasticsearch.yml`` writes it: ``9200``, or ``9203,9200-9299``."""
    heap: str
    """As Java writes it: ``512m``, ``1g``."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Lines for ``elasticsearch.yml`` beyond ours; they win over ours."""
    java_options: tuple[str, ...] = ()
    """Options for Java beyond ours."""

    @property
    def port(self) -> int | None:
        """Port that its server took when it was last started; None if it has not got that far."""
        try:
            return int(self.ports_file.read_text(encoding="ascii").split()[0].rpartition(":")[2])
        except (OSError, ValueError, IndexError):
            return None

    @property
    def secure(self) -> bool:
        """Whether it asks who is there."""
        return self.extra.get("xpack.security.enabled") == "true"

    @property
    def url(self) -> str | None:
        """Address of its HTTP interface, if it has one yet."""
        scheme = "https" if self.extra.get("xpack.security.http.ssl.enabled") == "true" else "http"
        return f"{scheme}://{HOST}:{self.port}" if self.port else None

    @property
    def cluster(self) -> str:
        """Name of the cluster."""
        return self.extra.get("cluster.name", NAME)

    @property
    def pid_file(self) -> Path:
        """File in which the server writes its process number."""
        return self.root / "pid"

    @property
    def ports_file(self) -> Path:
        """File in which the server writes the port that it took: no other program can have taken that."""
        return self.logs / "http.ports"

    @property
    def logs(self) -> Path:
        """Folder of its logs."""
        return self.root / "logs"

    @property
    def console(self) -> Path:
        """What it said before its log was open: bad settings, a Java that does not start."""
        return self.logs / "console.log"

    @property
    def log(self) -> Path:
        """Its own log."""
        return self.logs / f"{self.cluster}.log"


def base_folder(settings: Settings, account: Account | None) -> Path:
    """Return the folder for the distribution and the data: the home, if who runs the server can get there.

    Root's server runs as another user, who can't enter a home below ``/root``; it then gets a folder of its own below
    :data:`ELSEWHERE`, the same one for the same home, and the file :data:`POINTER` in the home names it.

    Raises:
        FihristError: the folder can't be made.
    """
    home = settings.home.resolve()
    folder = home
    try:
        home.mkdir(parents=True, exist_ok=True)
        if account and not can_enter(home, account):
            folder = ELSEWHERE / hashlib.sha256(str(home).encode()).hexdigest()[:12]
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
            (home / POINTER).write_text(f"{folder}\n", encoding="utf-8")
    except OSError as error:
        raise FihristError(
            f"No folder for Elasticsearch: {error}. Set FIHRIST_HOME to one that can be written."
        ) from error
    if account and not can_enter(folder, account):
        raise FihristError(
            f"The user {account.name}, as whom root's Elasticsearch runs, can enter neither {home} nor {folder}: "
            "set FIHRIST_HOME to a folder that everyone may pass through."
        )
    return folder
