"""The languages of an article: each paragraph tells its own, weighted by its letters."""

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.enrich.language.detector import detect
from pipeline.enrich.language.result import UNDETERMINED, Language, Languages

_LETTERS = re.compile(r"[^\W\d_]+")


def languages(paragraphs: Iterable[str]) -> Languages:
    """Tell the main language of an article, and the share of the others.

    A paragraph that can't be told alone (a name, a figure, three words) is ``und`` and never decides against one that
    can. An article of such paragraphs only is told by all of them together.
    """
    texts = [paragraph for paragraph in paragraphs if any(map(str.isalpha, paragraph))]
    if not texts:
        return Languages(Language(UNDETERMINED, 0.0), {})
    found = [detect(text) for text in texts]
    if all(language.code == UNDETERMINED for language in found):
        texts = ["\n".join(texts)]
        found = [detect(texts[0])]
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
