"""The evidence for each language, as log-odds: letters, frequent words, langdetect's statistics, expectation."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from pipeline.enrich.language import statistics, tables
from pipeline.enrich.language.letters import arabic_script_languages
from pipeline.memory import remembered

_WORD = 2.0
"""Of a frequent word for its languages against the others of the script."""
_OWN_WORD = 2.5
"""Of a frequent word that only one language of the script has."""
_AFFIX = 1.0
"""Of a frequent beginning or ending of another word."""
_TELLING_LETTER = 3.0
"""Of a letter that one language of the script has; of two: half of it; of more: a third."""
_STATISTICS = 0.5
"""Weight of langdetect's log-odds."""
_LETTERS_A_POINT, _MOST_STATISTICS = 9.0, 8.0
"""They weigh at most a point for so many letters, and never more than so many points."""
_LEAST = 1e-9
"""What a probability of 0 is taken for."""
_CAUTION_ARABIC, _CAUTION = 1.2, 0.65
"""What the sums are divided by so that the probabilities come true: naive Bayes counts some evidence several times."""
_FREQUENCY = 0.8
"""Weight of the letters' log-likelihood."""
_KNOWN_ARABIC = ("ar", "fa", "ur")
"""The languages of the Arabic script that langdetect tells."""
_CLEAR = 10.0
"""A lead in the Arabic script that langdetect could not turn."""
_SETTLED = 16.0
"""A lead that makes the probability 1.0000."""
_WORDS = re.compile(r"[^\W\d_]+(?:[\u200c'’][^\W\d_]+)*")

Scores = NDArray[np.float64]


def by_letters(likelihoods: Scores) -> Scores:
    """Return the score of each language of the Arabic script by how often it uses each letter, which weighs most.

    Args:
        likelihoods: Log-likelihoods of the texts' letters, shape (texts, languages).
    """
    scores: Scores = _FREQUENCY * likelihoods + _priors()
    return scores


@cache
def _priors() -> Scores:
    return np.array([tables.priors().get(language, 0.0) for language in arabic_script_languages()])


def is_settled(scores: Scores, most_words: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return for each text whether its words can change nothing any more.

    Args:
        scores: :func:`by_letters` of the texts.
        most_words: How many words each has at most.
    """
    second, first = np.partition(scores, -2)[:, -2:].T
    settled: NDArray[np.bool_] = first - second >= _OWN_WORD * most_words + _SETTLED
    return settled


def arabic_script(text: str, letters: int, scores: Mapping[str, float]) -> dict[str, float]:
    """Return the score of each of the seven languages of the Arabic script.

    The words are read, and langdetect, which knows three of the languages, is asked in doubt.

    Args:
        text: The text.
        letters: How many it has.
        scores: Its row of :func:`by_letters`, by language.
    """
    found = dict(scores)
    for language, value in _words(text).items():
        if language in found:
            found[language] += value
    first, second = sorted(found.values(), reverse=True)[:2]
    if first - second < _CLEAR:
        for language, value in _sampled(text, letters, _KNOWN_ARABIC).items():
            found[language] += value
    return {language: score / _CAUTION_ARABIC for language, score in found.items()}


def other_scripts(script: str, text: str, letters: int) -> dict[str, float]:
    """Return the score of each language of the script."""
    scores = {
        language: value + tables.priors().get(language, 0.0)
        for language, value in _sampled(text, letters, tables.languages_of(script)).items()
    }
    for language, value in _words(text).items():
        if language in scores:
            scores[language] += value
    for letter, count in Counter(text).items():
        for language in (languages := tables.telling_letters().get(letter.lower(), ())):
            if language in scores:
                scores[language] += count * _TELLING_LETTER / min(len(languages), 3)
    return {language: score / _CAUTION for language, score in scores.items()}


def _sampled(text: str, letters: int, languages: Collection[str]) -> dict[str, float]:
    """Return langdetect's log-odds of these languages, or of those it finds, against the likeliest of them.

    It repeats the same few n-grams until it is sure; so it weighs no more than the number of letters allows.
    """
    known = statistics.probabilities(text)
    found = {language: known.get(language, 0.0) for language in languages or known}
    most = max(found.values(), default=0.0)
    if not most:
        return dict.fromkeys(found, 0.0)
    at_most = min(letters / _LETTERS_A_POINT, _MOST_STATISTICS)
    return {
        language: max(_STATISTICS * log(max(probability, _LEAST) / most), -at_most)
        for language, probability in found.items()
    }


def _words(text: str) -> defaultdict[str, float]:
    """Sum what the words of a text say for each language."""
    found: defaultdict[str, float] = defaultdict(float)
    for said in map(_word, _WORDS.findall(text.lower())):
        if said is not _SILENT:
            for language in said.languages:
                found[language] += said.value
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What a word speaks for, and how much. There is one object for each, so that they are counted fast."""

    languages: tuple[str, ...]
    value: float


@cache
def _said(languages: tuple[str, ...], value: float) -> _Said:
    return _Said(languages, value)


_SILENT = _said((), _AFFIX)


@remembered(1 << 16)
def _word(word: str) -> _Said:
    """Return the languages that a word speaks for, as a whole or by its beginning and ending, and how much."""
    table = tables.words()
    if (languages := table.whole.get(word)) is not None:
        return _said(languages, _WORD if len(languages) > 1 else _OWN_WORD)
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    for size in range(min(4, len(word) - 1), 1, -1):
        begun = begun or table.beginnings.get(word[:size], ())
        ended = ended or table.endings.get(word[-size:], ())
    return _said((*begun, *ended), _AFFIX) if begun or ended else _SILENT
