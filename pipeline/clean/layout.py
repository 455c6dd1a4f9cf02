"""Lay a file out: decide about all of its blocks, those set apart that very many files of its source have.

A widely shared line is furniture whatever it says, and what stands around it should be read as if it were not there:
two paragraphs with a slogan between them are neighbours. Lines that are known as furniture stay, because they say what
follows them (a heading of related links), and so do lines that stand twice in the file: a title whose article is
linked from all other pages is one.
"""

from collections.abc import Sequence
from typing import Final

from pipeline.clean.block import Block
from pipeline.clean.decide import decide
from pipeline.clean.decision import Decision, Layout
from pipeline.clean.evidence import Evidence
from pipeline.clean.gather import gather
from pipeline.clean.repetition.repeated import Repeated
from pipeline.clean.rules import decide_outside
from pipeline.in_step import Steps

_APART: Final = -6.0
"""Score of what is set apart."""
_NEAR: Final = 3
"""Blocks below the title that say of themselves what they are: the outlet's name, a credit."""


def lay_out(
    blocks: Sequence[Block], repeated: Repeated | None = None, chosen: bool = False, titled: bool = False
) -> Steps[Layout]:
    """Decide about every block of a file.

    Args:
        blocks: In reading order.
        repeated: The lines that its source repeats; None where nothing is known of it.
        chosen: Whether a page's structure already chose the blocks as the article.
        titled: Whether the page states the title elsewhere.
    """
    evidence = yield from gather(blocks, repeated)
    yield
    apart = [_is_apart(entry) for entry in evidence]
    if not any(apart):
        return (yield from decide(evidence, chosen, titled))
    standing = [block for block, is_apart in zip(blocks, apart, strict=True) if not is_apart]
    layout = yield from decide((yield from gather(standing, repeated)), chosen, titled)
    decided = iter(layout.decisions)
    decisions: list[Decision] = []
    for entry, is_apart in zip(evidence, apart, strict=True):
        decisions.append(_set_apart(entry, decisions) if is_apart else next(decided))
    decide_outside(decisions)
    title = next((index for index, decision in enumerate(decisions) if decision.is_title), None)
    kept = [index for index, decision in enumerate(decisions) if decision.kept]
    return Layout(decisions, title, kept[0] if kept else len(decisions), kept[-1] if kept else -1)


def _is_apart(entry: Evidence) -> bool:
    widely = entry.doubt is not None and entry.doubt.is_strong
    return widely and not entry.is_furniture and entry.repeats == 1


def _set_apart(entry: Evidence, above: Sequence[Decision]) -> Decision:
    """Return the decision about a block that is set apart; its kind is left to its neighbours, but below the title."""
    zone = above[-1].zone if above else "head"
    decision = Decision(entry, _APART, "break" if zone == "body" else zone)
    if zone == "head" and entry.share and any(other.is_title for other in above[-_NEAR:]):
        decision.cut("other", entry.share.reason)
    return decision
