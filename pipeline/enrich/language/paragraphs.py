"""The languages of an article: each paragraph tells its own, weighted by its letters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from pipeline.enrich.language.detector import detect, detect_all
from pipeline.enrich.language.result import UNDETERMINED, Language, Languages

_LETTERS = re.compile(r"[^\W\d_]+")


def languages(paragraphs: Iterable[str]) -> Languages:
    """Tell the main language of an article, and the share of the others.

    A paragraph that can't be told alone (a name, a figure, three words) is ``und`` and never decides against one that
    can. An article of such paragraphs only is told by all of them together.
    """
    return languages_of_all([paragraphs])[0]


def languages_of_all(articles: Iterable[Iterable[str]]) -> list[Languages]:
    """Return what :func:`languages` says of the paragraphs of each article; many at once take less time."""
    texts = [[text for text in paragraphs if any(map(str.isalpha, text))] for paragraphs in articles]
    found = iter(detect_all([text for paragraphs in texts for text in paragraphs]))
    return [_together(paragraphs, list(islice(found, len(paragraphs)))) for paragraphs in texts]


def _together(texts: Sequence[str], found: Sequence[Language]) -> Languages:
    """Return the languages of an article whose paragraphs are of these languages."""
    if not texts:
        return Languages(Language(UNDETERMINED, 0.0), {})
    if len(texts) > 1 and all(language.code == UNDETERMINED for language in found):
        return Languages(detect("\n".join(texts)), {})
    if len(set(found)) == 1:
        return Languages(found[0], {})
    letters: defaultdict[str, int] = defaultdict(int)
    trust: defaultdict[str, float] = defaultdict(float)
    for text, language in zip(texts, found, strict=True):
        size = sum(map(len, _LETTERS.findall(text)))
        letters[language.code] += size
        trust[language.code] += size * language.confidence
    total = sum(letters.values())
    main, *others = sorted(letters, key=lambda code: (code == UNDETERMINED, -letters[code], code))
    return Languages(
        Language(main, round(trust[main] / letters[main], 4)),
        {code: round(letters[code] / total, 4) for code in others if code != UNDETERMINED},
    )
