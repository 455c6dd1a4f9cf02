"""The languages of an article: each paragraph tells its own, weighted by its letters."""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.enrich.language.detector import detect
from pipeline.enrich.language.result import UNDETERMINED, Language, Languages


def languages(paragraphs: Sequence[str]) -> Languages:
    """Tell the main language of an article, and the share of the others.

    A paragraph that can't be told alone (a name, a figure, three words) counts for no language. An article of such
    paragraphs only is told by all of them together.
    """
    letters: defaultdict[str, int] = defaultdict(int)
    trust: defaultdict[str, float] = defaultdict(float)
    for paragraph in paragraphs:
        size = sum(map(str.isalpha, paragraph))
        if size:
            found = detect(paragraph)
            letters[found.code] += size
            trust[found.code] += size * found.confidence
    total = sum(letters.values())
    told = sorted((code for code in letters if code != UNDETERMINED), key=lambda code: (-letters[code], code))
    if not told:
        return Languages(detect("\n".join(paragraphs)), {})
    main = told[0]
    return Languages(
        Language(main, round(trust[main] / letters[main], 4)),
        {code: round(letters[code] / total, 4) for code in told[1:]},
    )
