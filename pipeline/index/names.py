"""The names of Fihrist's indices, aliases and templates in a cluster that it may share with others."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexNames:
    """Every name, with the installation's prefix (``settings().index_prefix``) before it."""

    prefix: str = ""

    @property
    def articles(self) -> str:
        """The alias that everyone reads and the pipeline writes."""
        return f"{self.prefix}articles"

    @property
    def previous(self) -> str:
        """The alias of the index that :attr:`articles` pointed to before the last swap: where a rollback goes."""
        return f"{self.prefix}articles-previous"

    @property
    def files(self) -> str:
        """The ledger: one document a raw file."""
        return f"{self.prefix}ingest-files"

    @property
    def runs(self) -> str:
        """One document a run."""
        return f"{self.prefix}ingest-runs"

    def generation(self, number: int) -> str:
        """Return the concrete index of a generation, e.g. ``articles-000007``."""
        return f"{self.articles}-{number:06d}"

    def number(self, index: str) -> int | None:
        """Return the generation of a concrete index, or None if the name is not one of ours."""
        match = re.fullmatch(re.escape(self.articles) + r"-(\d{6,})", index)
        return int(match[1]) if match else None
