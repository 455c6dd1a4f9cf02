"""The generations of the articles' index as an operator wants to see them."""

from dataclasses import dataclass

from elasticsearch import Elasticsearch

from pipeline.index.aliases import generations
from pipeline.index.client import clear_errors
from pipeline.index.drift import differences
from pipeline.index.names import IndexNames
from pipeline.index.templates import analysis_of, render_template


@dataclass(frozen=True, slots=True)
class Described:
    """A generation, and how it differs from what this version would make."""

    index: str
    state: str
    documents: int
    bytes: int
    analysis: str | None
    """Fingerprint of the analysis that it was made with."""
    drift: tuple[str, ...]
    """``analysis``, and the paths of the mapping that differ; empty: it is as this version would make it."""


def described(client: Elasticsearch, names: IndexNames) -> list[Described]:
    """Return all generations, oldest first."""
    expected = render_template()["mappings"]
    with clear_errors():
        mappings = client.indices.get_mapping(index=f"{names.articles}-*", allow_no_indices=True)
    found = []
    for generation in generations(client, names):
        held = mappings[generation.index]["mappings"]
        analysis = analysis_of(held)
        other = () if analysis == analysis_of(expected) else ("analysis",)
        found.append(
            Described(
                index=generation.index,
                state=generation.state,
                documents=generation.documents,
                bytes=generation.bytes,
                analysis=analysis,
                drift=(*other, *differences(held, expected)),
            )
        )
    return found
