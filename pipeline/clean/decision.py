"""What a block is, and which rule or score said so."""

from dataclasses import dataclass

from pipeline.clean.article import RemovedKind
from pipeline.clean.body import Zone
from pipeline.clean.captions import Caption
from pipeline.clean.evidence import Evidence


@dataclass(slots=True)
class Decision:
    """What becomes of a block: it stays, it is the title, or it goes as furniture of a kind."""

    evidence: Evidence
    score: float
    """Log-odds that it is article text, from the model of its evidence."""
    zone: Zone
    """Where the best path through the file puts it."""
    kept: bool = False
    """Part of the article's text."""
    is_title: bool = False
    kind: RemovedKind | None = None
    """What it is if it goes."""
    reason: str = ""
    caption: Caption | None = None

    @property
    def is_decided(self) -> bool:
        """Whether a rule has spoken; the first one stands."""
        return bool(self.reason)

    def keep(self, reason: str) -> None:
        """Keep it as text of the article."""
        if not self.is_decided:
            self.kept, self.reason = True, reason

    def entitle(self, reason: str) -> None:
        """Take it for the title."""
        if not self.is_decided:
            self.is_title, self.reason = True, reason

    def cut(self, kind: RemovedKind, reason: str) -> None:
        """Cut it as furniture."""
        if not self.is_decided:
            self.kind, self.reason = kind, reason


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's decisions, and where its article stands."""

    decisions: list[Decision]
    title: int | None
    first: int
    """Index of the article's first block; the number of blocks where there is none."""
    last: int
    """Index of its last block; -1 where there is none."""
