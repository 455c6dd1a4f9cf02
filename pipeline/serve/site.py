"""What all pages share while the server runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from pipeline.errors import FihristError
from pipeline.serve.access import Access
from pipeline.settings import Settings
from pipeline.sources.listing import source_name


@dataclass(frozen=True, slots=True)
class Site:
    """Who reads, and where things are."""

    access: Access
    settings: Settings
    airflow_url: str | None

    @classmethod
    def of(cls, request: Request) -> "Site":
        """Return the site that a request came to."""
        site: Site = request.app.state.site
        return site

    @property
    def articles(self) -> str:
        """Alias of the articles."""
        return self.access.names.articles

    def roots(self, source: str, known: Sequence[str]) -> list[str]:
        """Return where a source's raw files may lie: where runs read them, else the settings' folder of that name."""
        own = self.settings.source_path
        try:
            is_own = source_name(own) == source
        except FihristError:
            is_own = False
        return [*known, *([own] if is_own and own not in known else [])]
