"""Tell the language of a text: the script first, then letters, frequent words and character statistics.

The evidence is summed as log-odds (naive Bayes) and turned into a probability; the knowledge stands in ``data/``, and
the constants were set by measuring lines of many sources, whole and cut to 14 and 22 characters.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from math import exp

from pipeline.arabic import MARKS, TATWEEL, strip_marks
from pipeline.enrich.language import evidence, tables
from pipeline.enrich.language.letters import Letters, arabic_script_languages, differ, script_names
from pipeline.enrich.language.result import UNDETERMINED, Language

_SAMPLE = 500
"""Characters looked at; more change nothing but the time."""
_LATIN_WEIGHT = 0.45
"""Of a Latin letter when scripts compete: others quote Latin names and words far more than it quotes them."""
_LEAST_LETTERS = 4
_LEAST_DIFFERENT = 3
"""Different letters; laughter (ههههه) is of no language."""
_LETTERS_FOR_TRUST = 3
"""Confidence grows with the number of letters n as 1 - exp(-n / this)."""
_LEAST_CHAT_WORDS = 2
"""Words like ``3aref`` that make a text Arabic in Latin letters, which is none of the languages of that script."""
_LEAST_CONFIDENCE = 0.5
_ARABIC = "arabic"

_NOISE = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|@\w{1,64}|[\ufdf0-\ufdff]")
"""Addresses, names of accounts, and signs that stand for Arabic words in every language of the script (ﷺ)."""
_NOISE_BEGINS = ("@", "://", "www.")
"""Without any of these, or a presentation form, there is no noise: the search for it is slow where there is none."""
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_UNUSUAL = re.compile(f"[\ufb50-\ufdff\ufe70-\ufefc\u200c{MARKS}{TATWEEL}]")
"""What a sample must not have; most have none of it, and one search is all they cost."""
_OLD_HEH = "ه\u200c"
_OLD_KURDISH = re.compile("[ۆێڕڵ]|ه\u200c(?:\\s|$)")
_CHAT_ALPHABET = re.compile(r"\b[a-z]{0,20}[235679][a-z]{2,}[a-z0-9]\b", re.IGNORECASE)


def detect(text: str) -> Language:
    """Tell the language of a text of any length; the same text gives the same answer in every process.

    Returns ``und`` with a confidence below 0.5 where there are no letters, too few, or no answer is likely enough.
    """
    return detect_all([text])[0]


def detect_all(texts: Sequence[str]) -> list[Language]:
    """Return what :func:`detect` says of each text; many at once take less time, and say the same."""
    samples = [_prepare(text) for text in texts]
    counted = Letters(samples)
    scripts = counted.by_script()
    different, likelihoods = counted.arabic_script()
    scores = evidence.by_letters(likelihoods)
    letters = scripts[:, script_names().index(_ARABIC)]
    arabic = (2 * letters > scripts[:, 1:].sum(axis=1)) & (letters >= _LEAST_LETTERS) & (different >= _LEAST_DIFFERENT)
    settled = arabic & evidence.is_settled(scores, counted.most_words())
    best = scores.argmax(axis=1).tolist()
    codes = arabic_script_languages()
    return [
        _trusted(codes[best[place]], 1.0, int(letters[place]))
        if known
        else _detect(samples[place], scripts[place].tolist(), dict(zip(codes, scores[place].tolist(), strict=True)))
        for place, known in enumerate(settled.tolist())
    ]


def _detect(text: str, scripts: Sequence[int], scores: Mapping[str, float]) -> Language:
    """Tell the language of a sample, whose letters are counted.

    Args:
        text: The sample.
        scripts: Letters of each script.
        scores: What the letters say for each language of the Arabic script.
    """
    counts = zip(script_names()[1:], scripts[1:], strict=True)
    script, letters = _main_script({name: count for name, count in counts if count})
    if script is None or letters < _LEAST_LETTERS or not differ(text, _LEAST_DIFFERENT):
        return Language(UNDETERMINED, 0.0)
    if script == "latin" and len(_CHAT_ALPHABET.findall(text)) >= _LEAST_CHAT_WORDS:
        return Language(UNDETERMINED, 0.0)
    if only := tables.scripts().languages.get(script):
        return _trusted(only, 1.0, letters)
    if script == _ARABIC:
        return _trusted(*_most_likely(evidence.arabic_script(text, letters, scores)), letters)
    return _trusted(*_most_likely(evidence.other_scripts(script, text, letters)), letters)


def _trusted(code: str, probability: float, letters: int) -> Language:
    """Return a language, trusted as far as so many letters allow."""
    confidence = round(probability * (1 - exp(-letters / _LETTERS_FOR_TRUST)), 4)
    return Language(code if confidence >= _LEAST_CONFIDENCE else UNDETERMINED, confidence)


def _prepare(text: str) -> str:
    """Return a sample of the text in ordinary letters, without addresses, vowel marks and tatweel."""
    text = text[: 4 * _SAMPLE]
    noisy = any(map(text.__contains__, _NOISE_BEGINS))
    if not noisy and not _UNUSUAL.search(text):
        return text[:_SAMPLE]
    forms = _PRESENTATION_FORMS.search(text)
    if forms or noisy:
        text = _NOISE.sub(" ", text)
    if forms:
        text = unicodedata.normalize("NFKC", text)
    text = strip_marks(text)[:_SAMPLE]
    if _OLD_HEH in text and _OLD_KURDISH.search(text):  # before Unicode had its ە, Sorani wrote heh and a non-joiner
        text = text.replace(_OLD_HEH, "ە")
    return text


def _main_script(letters: dict[str, int]) -> tuple[str | None, int]:
    """Return the script of most letters (Latin ones weighing less), and how many it has."""
    if not letters:
        return None, 0
    if "kana" in letters:  # Japanese mixes its own letters with Chinese ones
        letters["kana"] += letters.pop("han", 0)
    script = max(sorted(letters), key=lambda name: letters[name] * (_LATIN_WEIGHT if name == "latin" else 1))
    return script, letters[script]


def _most_likely(scores: Mapping[str, float]) -> tuple[str, float]:
    """Return the language of the highest score (the first by code of equals), and its probability."""
    if not scores:
        return UNDETERMINED, 0.0
    best = max(sorted(scores), key=scores.__getitem__)
    return best, 1 / sum(exp(score - scores[best]) for score in scores.values())
