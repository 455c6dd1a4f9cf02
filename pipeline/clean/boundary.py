"""Where a headline ends and a sentence of prose begins, with nothing between them: a scorer of candidate boundaries.

Every boundary between two words gets a score from how usual a headline of that length is, the marks before it, what
words usually open a sentence (``data/openers.tsv`` by hand, ``data/sentence_words.tsv`` counted) and what sort of words
meet there. The weights are those of a conditional logit over the candidates of one text;
``python -m tests.quality.clean.train_inline`` fits them.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Final

from pipeline.clean.line import opener
from pipeline.clean.words import DATA, folded_words, stopwords
from pipeline.knowledge import read_rows

MOST_WORDS: Final = 32
"""No headline has more words."""
_AHEAD: Final = 12
_TOKEN: Final = re.compile(r"\S+")
_CLOSERS: Final = "\"'»”)]"
_FULL_STOP: Final = re.compile(r"(?<!\.)[.۔][\"'»”)\]]*$")
_CALL: Final = re.compile(r"[؟!?][\"'»”)\]]*$")
SENTENCE_END: Final = re.compile(r"(?<!\.)[.؟!?۔][\"'»”)\]]*$")

FEATURES: Final = (
    "short", "log_length", "length", "call", "full_stop", "fills", "opener", "word", "waw", "waw_verb", "past_verb",
    "present_verb", "comma_after", "stranded", "open_mark", "in_brackets", "no_sentence", "article_pair",
    "number_before", "quote_after", "dash_after", "idafa", "closing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Boundary:
    """A candidate: the headline ends here."""

    end: int
    """Offset behind its last word."""
    features: tuple[float, ...]
    why: str


def candidates(text: str, start: int) -> list[Boundary]:
    """Return the places where a headline that begins at ``start`` may end, in order."""
    tokens: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text, start):
        tokens.append(match)
        if len(tokens) == MOST_WORDS + _AHEAD:
            break
    whole = len(tokens) < MOST_WORDS + _AHEAD
    words = [folded_words(match.group()) for match in tokens]
    found: list[Boundary] = []
    depth = 0
    for size in range(1, min(len(tokens), MOST_WORDS) + 1):
        token = tokens[size - 1].group()
        depth += sum(mark in "(«“[" for mark in token) - sum(mark in ")»”]" for mark in token)
        fills = whole and size == len(tokens)
        after = tokens[size].group() if size < len(tokens) else ""
        following = [word for group in words[size : size + 3] for word in group][:3]
        last = words[size - 1][-1] if words[size - 1] else ""
        values, why = _features(size, token, last, after, following, depth, fills)
        if not fills and whole and _sentence_length(tokens, size) < 5:
            values[FEATURES.index("no_sentence")] = 1.0
        found.append(Boundary(tokens[size - 1].end(), tuple(values), why))
    return found


def best(found: Sequence[Boundary]) -> tuple[Boundary, float]:
    """Return the likeliest boundary and its probability among the candidates."""
    weights = _weights()
    values = [sum(weight * value for weight, value in zip(weights, place.features, strict=True)) for place in found]
    top = max(range(len(found)), key=values.__getitem__)
    return found[top], 1 / sum(2.718281828 ** max(-50.0, value - values[top]) for value in values)


def _features(
    size: int, token: str, last: str, after: str, following: list[str], depth: int, fills: bool
) -> tuple[list[float], str]:
    opening = opener(following)
    first = following[0] if following else ""
    bare = first[1:] if first.startswith("و") and len(first) > 3 else ""
    call = bool(_CALL.search(token))
    stop = bool(_FULL_STOP.search(token))
    values = [
        float(size < 3),
        log(size),
        size / 10,
        float(call),
        float(stop),
        float(fills),
        opening / 4,
        sentence_word(first) if first else 0.0,
        float(bool(bare)),
        float(bool(bare) and (bare.endswith("ت") or bare[0] in "يت")),
        float(len(first) > 3 and first.endswith("ت") and not first.startswith("ال")),
        float(len(first) > 3 and first[0] in "يت" and not first.endswith("ه")),
        float(after.endswith("،")),
        float(last in stopwords() and not (call or stop)),
        float(token.endswith((":", "،", ",", "..", "…", "؛", "-", "–", "/"))),
        float(depth > 0),
        0.0,
        float(last.startswith("ال") and first.startswith("ال")),
        float(last.isdigit()),
        float(after[:1] in "\"«“'"),
        float(after[:1] in "-–—•"),
        float(bool(last) and not last.startswith("ال") and first.startswith("ال")),
        closing_word(last),
    ]
    why = "it fills the paragraph" if fills else "end mark" if call or stop else "usual length"
    if opening >= 1:
        why = f"a sentence opens with '{' '.join(following[:2])}'"
    return values, why


def _sentence_length(tokens: list[re.Match[str]], start: int) -> int:
    for index in range(start, len(tokens)):
        if SENTENCE_END.search(tokens[index].group()):
            return index - start + 1
    return len(tokens) - start


def sentence_word(word: str) -> float:
    """Return the log-odds that a folded word opens a sentence, against standing inside one; 0 where unknown."""
    return sentence_words().get(word, (0.0, 0.0))[0]


def closing_word(word: str) -> float:
    """Return the log-odds that a folded word closes a sentence, against standing inside one; 0 where unknown."""
    return sentence_words().get(word, (0.0, 0.0))[1]


@cache
def sentence_words() -> dict[str, tuple[float, float]]:
    """Return folded words with the log-odds of :func:`sentence_word` and :func:`closing_word`."""
    found: dict[str, tuple[float, float]] = {}
    for row in read_rows(DATA / "sentence_words.tsv", ("word", "opens", "closes")):
        try:
            found[row["word"]] = (float(row["opens"]), float(row["closes"]))
        except ValueError:
            raise row.error(f"'{row['opens']}' and '{row['closes']}': expected two numbers") from None
    return found


@cache
def _weights() -> tuple[float, ...]:
    loaded = json.loads((DATA / "boundary.json").read_text(encoding="utf-8"))["weights"]
    return tuple(float(loaded[name]) for name in FEATURES)
