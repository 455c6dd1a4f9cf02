"""Settings: environment variables ``FIHRIST_…``, or a ``.env`` file in the folder where the command runs."""

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.errors import NeedsPersonError

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Notifier(BaseModel):
    """One of Airflow's notifiers, and what it is made with."""

    model_config = ConfigDict(extra="forbid")

    notifier: str = Field(pattern=r"^[\w.]+\.\w+$")
    """Where it is imported from, e.g. ``airflow.providers.smtp.notifications.smtp.SmtpNotifier``."""
    arguments: dict[str, Any] = {}
    """Its arguments; templates may use ``fihrist.subject``, ``fihrist.text`` and ``fihrist.html``."""


class Settings(BaseSettings):
    """All that can be set, with defaults that make the embedded stack work on one machine."""

    model_config = SettingsConfigDict(env_prefix="FIHRIST_", env_file=".env", extra="ignore", hide_input_in_errors=True)

    home: Path = PROJECT_ROOT / ".fihrist"
    """Folder of everything that Fihrist writes on this machine: servers, their data, artefacts of runs, logs."""

    es_url: str | None = None
    """Address of an existing Elasticsearch; None: start the embedded one."""
    es_api_key: SecretStr | None = None
    es_api_key_file: Path | None = None
    """File that holds the key instead; it is read at each connection, so that a rotated key takes effect at once."""
    es_user: str = "elastic"
    """Whose password it is; only ``fihrist security`` needs one, to make the keys."""
    es_password: SecretStr | None = None
    es_password_file: Path | None = None
    es_ca: Path | None = None
    """Certificate authority (PEM) that signed the server's certificate; None: those that this machine trusts."""
    es_security: bool | None = None
    """Start the embedded Elasticsearch with passwords, keys and TLS; None: as it was started last, at first without."""
    es_port: int = 0
    """Port of the embedded Elasticsearch on 127.0.0.1; 0 takes a free one."""
    es_heap: str = Field(default="1g", pattern=r"^\d+[mg]$")
    """Heap of the embedded Elasticsearch (``-Xms`` and ``-Xmx``)."""
    index_prefix: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    """Put before every index name, so that several installations share a cluster."""
    shards: int = Field(default=1, ge=1, le=1024)
    """Primary shards of the articles' index; a change takes effect with the next rebuild. See docs/index.md."""
    replicas: int = Field(default=0, ge=0)
    """Copies of each shard; 1 or more wherever there is more than one node."""
    refresh_interval: str = Field(default="30s", pattern=r"^\d+(ms|s|m)$")
    """How soon a written article is found."""
    keep_indices: int = Field(default=2, ge=1)
    """Generations of the articles' index that are kept, the live one included; 1 leaves nothing to roll back to."""
    keep_runs_days: int = Field(default=365, ge=1)
    """Days that the ledger remembers a run."""
    keep_gone_days: int = Field(default=90, ge=1)
    """Days that the ledger remembers a file that never became an article and that is gone."""

    kibana_url: str | None = None
    """Address of Kibana, with its base path if it has one."""
    kibana_api_key: SecretStr | None = None
    kibana_api_key_file: Path | None = None
    """File that holds the key instead."""
    kibana_user: str = "elastic"
    """Whose password it is, where there is no key."""
    kibana_password: SecretStr | None = None
    kibana_password_file: Path | None = None
    kibana_ca: Path | None = None
    """Certificate authority (PEM) that signed Kibana's certificate; None: those that this machine trusts."""

    airflow_port: int = 8080
    """Port of the embedded Airflow on 127.0.0.1; a free one if it is taken."""

    airflow_url: str | None = None
    """Address of the Airflow that the search page's runs link to; None: the embedded one if it runs."""

    serve_host: str = "127.0.0.1"
    """Address that the search page listens on; any but this machine's own (loopback) demands a password."""
    serve_port: int = Field(default=8090, ge=0, le=65535)
    """Port of the search page; a free one if it is taken."""
    serve_hosts: str = ""
    """Names that readers may call the search page by, parted by commas, besides this machine's own."""
    serve_user: str = "fihrist"
    """User name that goes with the search page's password."""
    serve_password: SecretStr | None = None
    serve_password_file: Path | None = None
    """File that holds the search page's password instead."""
    serve_tls_cert: Path | None = None
    """Certificate (PEM) that the search page shows; None: plain HTTP."""
    serve_tls_key: Path | None = None
    serve_behind_proxy: bool = False
    """Whether a proxy before the search page speaks TLS with the readers."""
    serve_keys: Path | None = None
    """Folder of ``staff.key`` and ``ops.key`` for the search page; None: ``security`` below :attr:`home`."""

    ner_model: str | None = None
    """Folder of a Hugging Face model for named entities (ONNX), used instead of the built-in recogniser."""

    time_zone: str = "UTC"
    """IANA zone of the nightly schedule."""
    schedule: str = "0 2 * * *"
    """Cron expression of the nightly run, in :attr:`time_zone`; empty: runs are only started by hand."""
    source_path: str = str(PROJECT_ROOT / "seeds")
    """Default folder or bucket of raw files."""
    batch_size: int = Field(default=8000, ge=1)
    """Files in a batch, the unit of work and of retry; the default follows from what a task costs Airflow, see
    benchmarks/RESULTS.md."""
    settle_seconds: float = Field(default=2, ge=0)
    """A file that was modified so recently is looked at twice, so long apart, in case it is still being written."""
    missing_share: float = Field(default=0.5, ge=0, le=1)
    """Share of a source's files that may be gone at once; more is not believed, in case its disk is not mounted."""
    artefacts: str | None = None
    """Folder or bucket (fsspec address) of what steps leave for each other; None: ``runs`` below :attr:`home`."""
    retries: int = Field(default=3, ge=0)
    """Tries of a failed task after the first."""
    retry_seconds: float = Field(default=30, gt=0)
    """Wait before the first retry; it doubles with each."""
    task_minutes: float = Field(default=360, gt=0)
    """A task that has not ended by then hangs, and is stopped: it counts as failed. Batches take minutes, not hours."""

    notify: Annotated[tuple[Notifier, ...], NoDecode] = ()
    """Whom to tell of failed runs and of drift: a JSON list of :class:`Notifier`. See docs/operations.md."""

    @field_validator("notify", mode="before")
    @classmethod
    def _notifiers(cls, value: object) -> object:
        """Read the JSON; an empty variable names no one."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value or "[]")
        except ValueError as error:
            raise ValueError(f"no JSON list: {error}") from None

    @field_validator(
        "es_api_key", "es_api_key_file", "es_password", "es_password_file", "es_ca", "es_security",
        "kibana_url", "kibana_api_key", "kibana_api_key_file", "kibana_password", "kibana_password_file", "kibana_ca",
        "airflow_url", "serve_password", "serve_password_file", "serve_tls_cert", "serve_tls_key", "serve_keys",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _nothing_is_none(cls, value: object) -> object:
        """An empty variable, as Compose files leave them, counts as none; an empty path would be this folder."""
        return None if value == "" else value

    @property
    def artefacts_root(self) -> str:
        """Where the runs' folders are."""
        return self.artefacts or str(self.home / "runs")

    @property
    def security_folder(self) -> Path:
        """Where keys, passwords and the embedded server's certificate authority are."""
        return self.home / "security"

    def secret(self, name: str) -> str | None:
        """Return a secret, such as ``es_api_key``: from its own variable or else from the file that ``…_file`` names.

        Raises:
            NeedsPersonError: the file can't be read, or is empty.
        """
        given: SecretStr | None = getattr(self, name)
        file: Path | None = getattr(self, f"{name}_file")
        if given or not file:
            return given.get_secret_value() if given else None
        try:
            held = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not text"
            raise NeedsPersonError(
                f"FIHRIST_{name.upper()}_FILE names {file}, which can't be read: {reason}."
            ) from None
        if not held:
            raise NeedsPersonError(f"FIHRIST_{name.upper()}_FILE names {file}, which is empty.")
        return held


@cache
def settings() -> Settings:
    """Return the settings of this process, read once.

    Raises:
        NeedsPersonError: a variable holds what it may not; the message names it, and not its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"FIHRIST_{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}" for fault in error.errors())
        raise NeedsPersonError(f"Bad settings: {'; '.join(faults)}.") from None
