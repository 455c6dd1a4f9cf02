"""Make the names of a corpus unseen, so that the tagger learns to find those that no list has.

The lists know most names of the corpora, so a learner trusts them and gives up where they end: of ``محمد حسين تنيرة``
it takes the first two words. So it also reads copies of the sentences in which persons' last names, and some places,
are made up, from the beginning of one name of the corpus and the end of another.
"""

from collections.abc import Iterator, Sequence
from random import Random

from pipeline.enrich.entities.tagger.conll import Sentence, sentence
from pipeline.enrich.mention import EntityType

_SHORT = {"person": "PER", "location": "LOC", "organization": "ORG"}
_CLITICS = ("و", "ف", "ب", "ل", "ك")
_CHANCES: dict[tuple[EntityType, bool], float] = {
    ("person", True): 0.7,
    ("person", False): 0.3,
    ("location", False): 0.3,
}
"""Chance that the last word of a name is made up, by type and whether it has several words."""


def unseen(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield copies of the sentences in which some names are made up; sentences without such names are left out."""
    random = Random(0)
    words: dict[EntityType, list[str]] = {"person": [], "location": []}
    for known in sentences:
        for first, last, kind in known.gold:
            if kind in words and _fits(known.words[last - 1]) and (kind == "location" or last - first > 1):
                words[kind].append(known.words[last - 1])
    for known in sentences:
        changed = list(known.words)
        for first, last, kind in known.gold:
            several = last - first > 1
            if random.random() < _CHANCES.get((kind, several), 0.0) and (several or _fits(changed[first])):
                changed[last - 1] = _made_up(words[kind], random)
        if changed != known.words:
            yield sentence(changed, _labels(known))


def _fits(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and not word.startswith(_CLITICS)


def _made_up(words: Sequence[str], random: Random) -> str:
    beginning, end = random.choice(words), random.choice(words)
    return beginning[: len(beginning) // 2 + 1] + end[len(end) // 2 + 1 :]


def _labels(known: Sentence) -> list[str]:
    labels = ["O"] * len(known.words)
    for first, last, kind in known.gold:
        labels[first:last] = [f"B-{_SHORT[kind]}", *[f"I-{_SHORT[kind]}"] * (last - first - 1)]
    return labels
