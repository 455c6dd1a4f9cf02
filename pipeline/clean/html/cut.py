"""Why a run of text is no part of the article."""

from dataclasses import dataclass

from pipeline.clean.article import RemovedKind


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a run is no part of the article's text."""

    kind: RemovedKind
    reason: str


Cuts = list[Cut | None]
"""For each run of a page, in order: why it is cut, or None."""


def fill(cuts: Cuts, first: int, last: int, cut: Cut) -> None:
    """Cut the runs of a range that are not cut yet."""
    for at in range(first, last):
        cuts[at] = cuts[at] or cut
