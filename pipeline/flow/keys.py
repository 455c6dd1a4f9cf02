"""Keys of a batch's articles, left by enriching beside the documents: linking reads them in a tenth of the time."""

from collections.abc import Iterator

from upath import UPath

from pipeline.enrich.duplicates import Entry, assign
from pipeline.errors import NeedsPersonError
from pipeline.flow.artefacts import Record, read_records

FILE = "keys.jsonl"


def keys_of(document: Record) -> Record:
    """Return what linking needs of a document."""
    return {
        "id": document["id"],
        "timestamp": document["@timestamp"],
        "content": document["content_sha256"],
        "bands": document["duplicate_bands"],
        "signature": document["duplicate_signature"],
    }


def entries_of(batch: UPath) -> Iterator[tuple[str, Entry]]:
    """Yield the SHA-256 of the content and the entry of each article of a batch.

    Raises:
        NeedsPersonError: a version of Fihrist that left no keys enriched the batch.
    """
    if not (batch / FILE).exists():
        raise NeedsPersonError(
            f"{batch / FILE} is not there, an earlier version enriched {batch.name}: clear its `enrich`"
        )
    for record in read_records(batch / FILE):
        content, bands = record.pop("content"), tuple(record.pop("bands"))
        yield content, Entry(**record, bands=bands)


def links_within(batch: UPath) -> dict[str, str]:
    """Return the near-duplicates among a batch's own articles, with the heads of their clusters, by id.

    Copies mostly come together. These are loaded as what they are, and need not be written a second time when the whole
    run is linked; that corrects those whose cluster goes beyond the batch.
    """
    changes = assign((entry for _, entry in entries_of(batch)), None)
    return {id_: head for id_, head in changes.items() if head}
