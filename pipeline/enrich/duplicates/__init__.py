"""Near-duplicates: keys to find them by, and the clusters that they make."""

from pipeline.enrich.duplicates.clusters import Lookup, assign
from pipeline.enrich.duplicates.entry import Entry
from pipeline.enrich.duplicates.keys import (
    Keys,
    content_sha256,
    sha256_of_words,
    signature,
    signatures_of_words,
    similarity,
)

__all__ = [
    "Entry",
    "Keys",
    "Lookup",
    "assign",
    "content_sha256",
    "sha256_of_words",
    "signature",
    "signatures_of_words",
    "similarity",
]
