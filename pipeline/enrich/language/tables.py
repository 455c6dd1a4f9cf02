"""The knowledge of language detection, read once: scripts, letters, words, spellings, sentences."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.knowledge import read_rows

DATA = Path(__file__).parent / "data"
_WORD_COLUMNS = ("language", "prior", "words")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The ranges of the scripts."""

    starts: tuple[int, ...]
    """First code points of the ranges, ascending."""
    ends: tuple[int, ...]
    """Their last code points."""
    names: tuple[str, ...]
    languages: Mapping[str, str]
    """The language of each script that one language uses."""


@cache
def scripts(file: Path = DATA / "scripts.tsv") -> Scripts:
    """Load the scripts; ranges must be hexadecimal and must not overlap."""
    ranges: list[tuple[int, int, str]] = []
    languages: dict[str, str] = {}
    for row in read_rows(file, ("script", "ranges", "language")):
        for part in row.many("ranges", " "):
            try:
                start, end = (int(side, 16) for side in part.split("-"))
            except ValueError as error:
                raise row.error(f"'{part}' is no range like 0590-05FF") from error
            if any(start <= other_end and other_start <= end for other_start, other_end, _ in ranges):
                raise row.error(f"the range {part} overlaps an earlier one")
            ranges.append((start, end, row["script"]))
        if row["language"]:
            languages[row["script"]] = row["language"]
    ranges.sort()
    starts, ends, names = zip(*ranges, strict=True)
    return Scripts(starts, ends, names, languages)


@cache
def script_of(letter: str) -> str | None:
    """Return the name of the letter's script, or None."""
    table = scripts()
    place = bisect_right(table.starts, ord(letter)) - 1
    return table.names[place] if place >= 0 and ord(letter) <= table.ends[place] else None


@cache
def telling_letters(file: Path = DATA / "letters.tsv") -> Mapping[str, tuple[str, ...]]:
    """Load the letters that only some languages of a script have: letter → languages."""
    table: dict[str, tuple[str, ...]] = {}
    for row in read_rows(file, ("letters", "languages")):
        languages = row.many("languages", " ")
        if not languages:
            raise row.error("no language is given")
        for letter in row["letters"]:
            table[letter] = (*table.get(letter, ()), *languages)
    return table


@dataclass(frozen=True, slots=True)
class Words:
    """The languages of frequent words, of beginnings and of endings."""

    whole: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[str, ...]]


@cache
def words(file: Path = DATA / "words.tsv") -> Words:
    """Load the frequent words; ``ال-`` is a beginning, ``-lar`` an ending, of two to four letters."""
    tables: tuple[defaultdict[str, list[str]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for row in read_rows(file, _WORD_COLUMNS):
        for word in row.many("words", " "):
            kind = 1 if word.endswith("-") else 2 if word.startswith("-") else 0
            text = word.strip("-")
            if not text or (kind and not 2 <= len(text) <= 4):
                raise row.error(f"'{word}' is no word, nor a beginning or ending of two to four letters")
            if row["language"] in tables[kind][text]:
                raise row.error(f"'{word}' stands twice for {row['language']}")
            tables[kind][text].append(row["language"])
    whole, beginnings, endings = ({text: tuple(langs) for text, langs in table.items()} for table in tables)
    return Words(whole, beginnings, endings)


@cache
def languages_of(script: str) -> frozenset[str]:
    """Return the languages of a script, as far as their frequent words are known."""
    return frozenset(lang for word, langs in words().whole.items() if script_of(word[0]) == script for lang in langs)


@cache
def priors(file: Path = DATA / "words.tsv") -> Mapping[str, float]:
    """Load how expected each language is in the news that Fihrist reads: language → log-odds."""
    table: dict[str, float] = {}
    for row in read_rows(file, _WORD_COLUMNS):
        try:
            table[row["language"]] = float(row["prior"])
        except ValueError as error:
            raise row.error(f"the prior '{row['prior']}' is no number") from error
    return table


@cache
def letter_counts(
    sentences: Path = DATA / "sentences.tsv", spellings: Path = DATA / "spellings.tsv"
) -> Mapping[str, Mapping[str, float]]:
    """Count the letters of the languages of the Arabic script, spread over their other spellings: language → counts."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in read_rows(sentences, ("language", "sentence")):
        counts[row["language"]].update(letter for letter in row["sentence"] if letter.isalpha())
    spread: dict[str, dict[str, float]] = {language: dict(letters) for language, letters in counts.items()}
    for row in read_rows(spellings, ("language", "letter", "variant", "share")):
        language, letter, variant = row["language"], row["letter"], row["variant"]
        try:
            share = float(row["share"])
        except ValueError as error:
            raise row.error(f"the share '{row['share']}' is no number") from error
        if language not in counts or letter not in counts[language] or not 0 < share < 1:
            raise row.error("the letter does not stand in the language's sentences, or the share is not within 0 and 1")
        moved = counts[language][letter] * share
        spread[language][letter] -= moved
        spread[language][variant] = spread[language].get(variant, 0.0) + moved
        if spread[language][letter] < 0:
            raise row.error(f"the shares of '{letter}' sum to more than 1")
    return spread
