"""Statistics: what a batch counts about its files and articles, and what the report adds up over the batches."""

from collections import Counter
from dataclasses import dataclass, field, fields
from statistics import median
from typing import Any

from pipeline.ledger.entry import FileOutcome

Record = dict[str, Any]

SLOWEST = 5
"""Files of a batch's step, and of a run, that are named for the time they took."""


@dataclass(slots=True)
class Statistics:
    """What became of files, and what their articles are like."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why files were quarantined or failed, as ``stage/reason``."""
    sources: Counter[str] = field(default_factory=Counter)
    """Articles by source."""
    origins: Counter[str] = field(default_factory=Counter)
    """Articles by the folder right below the source's root, which mostly is an outlet; folders of dates don't count."""
    languages: Counter[str] = field(default_factory=Counter)
    """Articles by language."""
    lacking: Counter[str] = field(default_factory=Counter)
    """Articles whose file states no ``title``, or no ``date`` (inferred ones count as not stated)."""
    removed_kinds: Counter[str] = field(default_factory=Counter)
    """Spans of boilerplate by kind."""
    removed_files: Counter[str] = field(default_factory=Counter)
    """Articles that had boilerplate of a kind."""
    removed_characters: Counter[str] = field(default_factory=Counter)
    """Characters of boilerplate by kind."""
    repairs: Counter[str] = field(default_factory=Counter)
    """Repairs of text by kind."""
    words: list[int] = field(default_factory=list)
    """Words in the body of each article."""

    @property
    def articles(self) -> int:
        """Articles that were taken, near-duplicates included."""
        return len(self.words)

    @property
    def median_words(self) -> float:
        """Words in the body of the median article; 0 where there is none."""
        return float(median(self.words)) if self.words else 0.0

    def count_file(self, outcome: FileOutcome) -> None:
        """Count what became of a file."""
        self.states[outcome.state] += 1
        if outcome.reason:
            self.reasons[f"{outcome.stage}/{outcome.reason}"] += 1

    def count_article(self, document: Record) -> None:
        """Count a document that was indexed."""
        self.sources[document["source"]["name"]] += 1
        if origin := origin_of(document["source"]["path"]):
            self.origins[origin] += 1
        self.languages[document["language"]] += 1
        self.words.append(document["word_count"])
        if document["title"] is None or document["title_inferred"]:
            self.lacking["title"] += 1
        if document["published_at"] is None:
            self.lacking["date"] += 1
        for span in document["removed"]:
            self.removed_kinds[span["kind"]] += 1
            self.removed_characters[span["kind"]] += len(span["text"])
        for kind in document["removed_kinds"]:
            self.removed_files[kind] += 1
        for repair in document["repairs"]:
            self.repairs[repair["kind"]] += 1

    def add(self, record: Record) -> None:
        """Add what :meth:`record` gave for another batch; what an earlier version did not count counts as nothing."""
        for part in fields(self):
            held = getattr(self, part.name)
            if isinstance(held, Counter):
                held.update(record.get(part.name, {}))
            else:
                held.extend(record.get(part.name, ()))

    def record(self) -> Record:
        """Return the statistics as JSON values."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def origin_of(path: str) -> str | None:
    """Return the first folder of a path below its source's root; None where there is none, or its name is a number."""
    folder, inside, _ = path.partition("/")
    return folder if inside and any(character.isalpha() for character in folder) else None
