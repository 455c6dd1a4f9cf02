"""The evidence for each language, as log-odds: letters, frequent words, langdetect's statistics, expectation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import log

from pipeline.enrich.language import statistics, tables

_WORD = 2.0
"""Of a frequent word for its languages against the others of the script."""
_AFFIX = 0.7
_TELLING_LETTER = 1.2
_STATISTICS = 0.7
"""Weight of langdetect's log-probability, which is overconfident on short texts."""
_LEAST_PROBABILITY = 1e-5
_UNKNOWN = -4.0
"""Of a language that langdetect does not know against its first choice; letters and words must make up for it."""
_FREQUENCY = 0.8
"""Weight of the letters' log-likelihood."""
_FOREIGN = 0.02
"""Share of letters taken to come from names and quotes of another language, spread evenly over all letters."""
_CLEAR = 10.0
"""A lead in the Arabic script that langdetect could not turn."""


def arabic_script(text: str, words: Sequence[str], counts: Mapping[str, int]) -> dict[str, float]:
    """Return the score of each of the seven languages of the Arabic script.

    How often each uses each letter weighs most; langdetect, which knows three of them, is asked in doubt.
    """
    found = _words(words)
    scores = {
        language: _FREQUENCY * value + found[language] + tables.priors().get(language, 0.0)
        for language, value in _letters(counts).items()
    }
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first - second < _CLEAR:
        known = {language: value for language, value in statistics.probabilities(text).items() if language in scores}
        most = max(known.values(), default=0.0)
        for language, probability in known.items():
            scores[language] += _STATISTICS * log(max(probability, _LEAST_PROBABILITY) / max(most, _LEAST_PROBABILITY))
    return scores


def other_scripts(text: str, words: Sequence[str], counts: Mapping[str, int]) -> dict[str, float]:
    """Return the score of each language for which anything speaks."""
    known = statistics.probabilities(text)
    most = max(known.values(), default=1.0)
    scores = {
        language: _STATISTICS * log(probability / most)
        for language, probability in known.items()
        if probability > _LEAST_PROBABILITY
    }
    found = _words(words)
    for letter, count in counts.items():
        for language in tables.telling_letters().get(letter, ()):
            found[language] += _TELLING_LETTER * count
    for language, value in found.items():
        if value > 0:
            least = _STATISTICS * log(_LEAST_PROBABILITY) if language in known else _UNKNOWN
            scores[language] = scores.get(language, least) + value
    return {language: score + tables.priors().get(language, 0.0) for language, score in scores.items()}


def _words(words: Sequence[str]) -> defaultdict[str, float]:
    """Sum what the words say for each language."""
    found: defaultdict[str, float] = defaultdict(float)
    for word in words:
        languages, value = _word(word)
        for language in languages:
            found[language] += value
    return found


@lru_cache(maxsize=50_000)
def _word(word: str) -> tuple[tuple[str, ...], float]:
    """Return the languages that a word speaks for, as a whole or by its beginning and ending, and how much."""
    table = tables.words()
    if word in table.whole:
        return table.whole[word], _WORD
    beginning = next((word[:n] for n in (4, 3, 2) if n < len(word) and word[:n] in table.beginnings), "")
    ending = next((word[-n:] for n in (4, 3, 2) if n < len(word) and word[-n:] in table.endings), "")
    return (*table.beginnings.get(beginning, ()), *table.endings.get(ending, ())), _AFFIX


@cache
def _log_likelihoods() -> tuple[tuple[str, ...], Mapping[str, tuple[float, ...]]]:
    """Return the languages of the Arabic script, and each letter's log-likelihood in each of them."""
    counts = tables.letter_counts()
    languages = tuple(sorted(counts))
    letters = sorted({letter for table in counts.values() for letter in table})
    totals = {language: sum(counts[language].values()) for language in languages}
    return languages, {
        letter: tuple(
            log((1 - _FOREIGN) * counts[language].get(letter, 0.0) / totals[language] + _FOREIGN / len(letters))
            for language in languages
        )
        for letter in letters
    }


def _letters(counts: Mapping[str, int]) -> dict[str, float]:
    """Return the log-likelihood of the letters in each language; letters that none of them has say nothing."""
    languages, table = _log_likelihoods()
    scores = [0.0] * len(languages)
    for letter, count in counts.items():
        for place, value in enumerate(table.get(letter, ())):
            scores[place] += count * value
    return dict(zip(languages, scores, strict=True))
