"""How large the indices are laid out: shards, replicas, refresh; set by configuration, not by the templates' files."""

from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.client import clear_errors
from pipeline.settings import Settings

BUILDING: dict[str, Any] = {"number_of_replicas": 0, "refresh_interval": "-1"}
"""Dynamic settings of an index that is being filled and that nobody searches: nothing is done twice or too early."""


@dataclass(frozen=True, slots=True)
class Sizing:
    """What an installation chose; see ``docs/index.md`` for advice."""

    shards: int = 1
    """Primary shards of the articles' index: fixed when an index is made, so a change comes with a rebuild."""
    replicas: int = 0
    """Copies of each shard, of every index of ours."""
    refresh_interval: str = "30s"
    """How soon a written article is found; of the articles' index."""

    @classmethod
    def of(cls, settings: Settings) -> "Sizing":
        """Return the sizing that the settings ask for."""
        return cls(settings.shards, settings.replicas, settings.refresh_interval)

    def dynamic(self, template: str) -> dict[str, Any]:
        """Return the settings of a template's indices that can change while they are in use."""
        replicas: dict[str, Any] = {"number_of_replicas": self.replicas}
        return {**replicas, "refresh_interval": self.refresh_interval} if template == "articles" else replicas

    def fixed(self, template: str) -> dict[str, Any]:
        """Return the settings of a template's indices that are fixed when an index is made."""
        return {"number_of_shards": self.shards} if template == "articles" else {}

    def apply(self, client: Elasticsearch, index: str, template: str) -> bool:
        """Give an index or alias its dynamic settings; return whether anything had to change."""
        wanted = self.dynamic(template)
        with clear_errors():
            found = client.indices.get_settings(index=index, ignore_unavailable=True, allow_no_indices=True)
            differing = [
                name for name, held in found.items()
                if any(str(held["settings"]["index"].get(key)) != str(value) for key, value in wanted.items())
            ]  # fmt: skip
            if differing:
                client.indices.put_settings(index=differing, settings={"index": wanted})
        return bool(differing)
