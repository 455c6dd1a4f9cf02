"""Settings: environment variables ``FIHRIST_…``, or a ``.env`` file in the folder where the command runs."""

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All that can be set, with defaults that make the embedded stack work on one machine."""

    model_config = SettingsConfigDict(env_prefix="FIHRIST_", env_file=".env", extra="ignore")

    home: Path = PROJECT_ROOT / ".fihrist"
    """Folder of everything that Fihrist writes on this machine: servers, their data, artefacts of runs, logs."""

    es_url: str | None = None
    """Address of an existing Elasticsearch; None: start the embedded one."""
    es_api_key: SecretStr | None = None
    es_ca: Path | None = None
    """Certificate authority (PEM) that signed the server's certificate."""
    es_port: int = 0
    """Port of the embedded Elasticsearch on 127.0.0.1; 0 takes a free one."""
    es_heap: str = Field(default="1g", pattern=r"^\d+[mg]$")
    """Heap of the embedded Elasticsearch (``-Xms`` and ``-Xmx``)."""
    index_prefix: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    """Put before every index name, so that several installations share a cluster."""

    airflow_port: int = 8080
    """Port of the embedded Airflow on 127.0.0.1; a free one if it is taken."""

    time_zone: str = "UTC"
    """IANA zone of the nightly schedule."""
    schedule: str = "0 2 * * *"
    """Cron expression of the nightly run, in :attr:`time_zone`; empty: runs are only started by hand."""
    source_path: str = str(PROJECT_ROOT / "seeds")
    """Default folder or bucket of raw files."""
    batch_size: int = Field(default=500, ge=1)
    """Files in a batch, the unit of work and of retry."""
    artefacts: str | None = None
    """Folder or bucket (fsspec address) of what steps leave for each other; None: ``runs`` below :attr:`home`."""
    retries: int = Field(default=3, ge=0)
    """Tries of a failed task after the first."""
    retry_seconds: float = Field(default=30, gt=0)
    """Wait before the first retry; it doubles with each."""

    @property
    def artefacts_root(self) -> str:
        """Where the runs' folders are."""
        return self.artefacts or str(self.home / "runs")


@cache
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
