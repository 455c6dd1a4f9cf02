"""The weights of the tagger: scores of all labels for all tokens, fast.

A feature's weights are a row of numbers: one for each label at each distance at which the feature is looked at. What a
word adds to the scores is the sum of its features' rows, which is worked out once and remembered
(:class:`~pipeline.enrich.entities.tagger.word_scores.WordScores`); what neighbours add together is looked up by numbers
of their roles and groups (:class:`~pipeline.enrich.entities.tagger.grid.Grid`). So a text costs a few operations on
arrays, however many features there are.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.enrich.entities.tagger.features import COMBINATIONS, EDGE, NOTHING, OFFSETS, PAIR_KINDS, REACH, WORD_KINDS
from pipeline.enrich.entities.tagger.grid import Grid, number
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.weights import Scores, Weights
from pipeline.enrich.entities.tagger.word_scores import WordScores
from pipeline.enrich.entities.vocabulary import Numbers, Vocabulary

_SECONDS = 1 << 32
"""More than there are second words of pairs: a pair is a number of its own."""


class Model:
    """Scores labels by weights.

    Args:
        weights: Weights by kind of features, as in :data:`~pipeline.enrich.entities.tagger.features.OFFSETS`.
        transitions: Scores of going from one label (row) to the next (column).
    """

    def __init__(self, weights: Mapping[str, Weights], transitions: Scores) -> None:
        self.transitions = transitions
        self._values = number(weights, COMBINATIONS)
        self._grids = {
            (kind, family): Grid(weights[kind], family, [self._values[axis] for axis in axes])
            for kind, family, axes in COMBINATIONS
        }
        pairs = [name.partition("|")[::2] for name in weights["words"].rows]
        firsts = {word: at for at, word in enumerate(dict.fromkeys(first for first, _ in pairs), 1)}
        seconds = {word: at for at, word in enumerate(dict.fromkeys(second for _, second in pairs), 1)}
        keys = np.array([firsts[first] * _SECONDS + seconds[second] for first, second in pairs], dtype=np.intp)
        order = np.argsort(keys)
        self._pairs, self._pairs_table = np.append(keys[order], np.iinfo(np.intp).max), weights["words"].table[order]
        self._words = WordScores(weights, {**self._values, "first": firsts, "second": seconds})

    def scores(self, words: Vocabulary, numbers: Numbers, found: Mapping[int, str]) -> Scores:
        """Return the score of every label for every word, shape (words, labels).

        Args:
            words: Vocabulary of the words.
            numbers: Their numbers in it, of one or more sentences, with ``EDGE`` twice between two sentences.
            found: What :func:`~pipeline.enrich.entities.tagger.features.evidence` says of each place where something
                was found.
        """
        count = len(numbers)
        edge = words.numbers([EDGE] * REACH)
        known = self._words.of(words, np.concatenate([edge, numbers, edge]))
        roles, groups = known.numbers["role"], known.numbers["group"]
        total: Scores = np.zeros((len(roles), len(LABELS)), dtype=np.float32)
        inside = total[REACH : REACH + count]
        _add(inside, known.sums, WORD_KINDS["wide"])
        near = self._grids["near", "role-group"].at(roles[:-1], groups[1:])
        near += self._grids["near", "group-role"].at(groups[:-1], roles[1:])
        _add(inside, near, PAIR_KINDS["near"])
        pair = self._grids["pair", "roles"].at(roles[:-1], roles[1:])
        pair += self._grids["pair", "groups"].at(groups[:-1], groups[1:])
        _add(inside, pair, PAIR_KINDS["pair"])
        inside += self._grids["triple", "roles"].at(roles[1:-3], roles[2:-2], roles[3:-1])[:, 0]
        self._add_words(total, known.numbers["first"], known.numbers["second"])
        self._add_evidence(total, found, roles)
        return inside

    def _add_words(self, total: Scores, firsts: Numbers, seconds: Numbers) -> None:
        """Add the few pairs of words that have weights to their rows."""
        places = np.flatnonzero(firsts[:-1] * seconds[1:])
        keys = firsts[places].astype(np.int64) * _SECONDS + seconds[places + 1]
        rows = np.searchsorted(self._pairs, keys)
        known = self._pairs[rows] == keys
        for place, distance in enumerate(OFFSETS["words"]):
            total[places[known] - distance] += self._pairs_table[rows[known], place]

    def _add_evidence(self, total: Scores, found: Mapping[int, str], roles: Numbers) -> None:
        """Add what was found to the rows where something was found or stands beside it."""
        if not found:
            return
        values = self._values["found"]
        said = np.full(len(total), values.get(NOTHING, 0), dtype=np.intp)
        near = REACH + np.array(list(found))
        said[near] = [values.get(what, 0) for what in found.values()]
        beside = np.zeros(len(total), dtype=bool)
        for distance in (-1, 0, 1):
            beside[near + distance] = True
        places = np.flatnonzero(beside)
        here, before, after = said[places], said[places - 1], said[places + 1]
        grids = self._grids
        total[places] += (
            grids["evidence", "here"].at(here)
            + grids["evidence", "before"].at(before, here)
            + grids["evidence", "after"].at(here, after)
            + grids["evidence", "behind"].at(roles[places - 1], here)
            + grids["evidence", "word"].at(here, roles[places])
        )[:, 0]


def _add(inside: Scores, sums: Scores, distances: Sequence[int]) -> None:
    """Add to each word's scores the sums of the words, or pairs, at some distances from it."""
    for place, distance in enumerate(distances):
        inside += sums[REACH + distance : REACH + distance + len(inside), place]
