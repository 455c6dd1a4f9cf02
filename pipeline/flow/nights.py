"""Nights: the runs of a source, put together so that one can be compared with another.

Runs that start within :data:`HOURS` before the last one of a night belong to it: a run by hand in the afternoon takes
files that the nightly run would have taken, and one right after it finds nothing, which is no alarm.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

HOURS: Final = 20
"""Less than a day, so that a nightly run that starts a little early is a night of its own."""

Run = dict[str, Any]
"""A run as ``ingest-runs`` holds it."""
Trait = tuple[str, str]
"""What is counted, and its name: ``("language", "ar")``; the name is empty where there is one only."""


@dataclass(slots=True)
class Night:
    """What a source gave in a night."""

    at: datetime
    """Start of its last run."""
    articles: int = 0
    """Articles taken, and files that failed by a fault of ours: those would have been articles, mostly."""
    failed: int = 0
    """Files among these that failed."""
    counts: Counter[Trait] = field(default_factory=Counter)
    """Files or articles that have a trait."""
    totals: Counter[str] = field(default_factory=Counter)
    """Of how many, by what is counted."""
    median_words: float = 0.0
    """Words in the median article, of the run that took most."""
    version: str = ""
    """Of Fihrist, in its last run."""
    warned: set[Trait] = field(default_factory=set)
    """What its runs gave a warning for."""

    def share(self, trait: Trait) -> float:
        """Return the share of files or articles that have a trait, 0 to 1."""
        total = self.totals[trait[0]]
        return self.counts[trait] / total if total else 0.0


def nights(runs: Iterable[Run]) -> list[Night]:
    """Put runs together to nights.

    Args:
        runs: of one source, the newest first.

    Returns:
        the nights, the newest first.
    """
    found: list[list[Run]] = []
    for run in runs:
        if found and _start(found[-1][0]) - _start(run) < timedelta(hours=HOURS):
            found[-1].append(run)
        else:
            found.append([run])
    return [_night(together) for together in found]


def _night(runs: list[Run]) -> Night:
    night = Night(_start(runs[0]), version=runs[0]["pipeline_version"])
    most = 0
    for run in runs:
        states, articles = run["counts"], run["articles"]
        taken = states["indexed"] + states["duplicate"] + states["failed"]
        night.articles += taken
        night.failed += states["failed"]
        night.counts["quarantine", ""] += states["quarantined"]
        night.totals["quarantine"] += taken + states["quarantined"]
        counters = {"language": "languages", "boilerplate": "removed_files", "origin": "origins"}
        for what, counter in counters.items():
            counted = run.get(counter, {})
            night.counts.update({(what, name): count for name, count in counted.items()})
        for what in ("title", "date"):
            night.counts[what, ""] += articles[f"without_{what}"]
        for what in ("language", "boilerplate", "title", "date", "words"):
            night.totals[what] += articles["count"]
        if articles["count"] > most:
            most, night.median_words = articles["count"], articles["median_words"]
        night.warned |= {(change["what"], change["name"]) for change in run.get("drift", ())}
    return night


def _start(run: Run) -> datetime:
    return datetime.fromisoformat(run["started_at"])
