"""Measure named entities on a corpus that was annotated by hand.

Usage: python -m benchmarks.entities CORPUS [OTHER ...] [--test FILE] [--folds N] [--only N ...] [--iterations N]

A corpus is a CoNLL file (a token and its BIO label a line). By default it is cut into five parts as it stands, so that
no article is both learned from and asked for, and each part is tagged by a model that learned from the other four and
from the OTHER corpora. With --test the model learns from all the corpora, and FILE is tagged.

A name is right if its tokens and its type are: strict F1, over persons, locations and organisations. ``tagger`` is the
statistical tagger by itself (which sees what lists and rules found), ``lists`` are the lists and rules by themselves,
``system`` is what ``fihrist entities`` prints.

Last results, F1 (persons, locations, organisations), five folds, 45 iterations:
- ANERcorp, first five sixths: tagger 0.805 (0.761, 0.882, 0.676), system 0.804 (0.780, 0.881, 0.658), lists 0.751
  (0.646, 0.869, 0.619). The corpus does not annotate ministries, armies, parliaments and most institutions that are
  named by what they are for; readers look for them, so the system keeps what the tagger learned to pass over. Weights
  of the folds were learned before the last changes of lists and rules.
- AQMAR: tagger 0.733 (0.682, 0.790, 0.709), system 0.703 (0.642, 0.771, 0.661), lists 0.533 (0.393, 0.683, 0.387)
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from pipeline.enrich.entities.recognise import find_known, recognise
from pipeline.enrich.entities.tagger.conll import Sentence, Spans, read_conll
from pipeline.enrich.entities.tagger.labels import TYPES
from pipeline.enrich.entities.tagger.model import Model
from pipeline.enrich.entities.tagger.tag import Tagger
from pipeline.enrich.entities.tagger.train import DEFAULTS, Options, learn
from pipeline.enrich.entities.tagger.weights import load, save

Finder = Callable[[Sentence, Tagger], Spans]


class Score:
    """Counts of right, wrong and missed names by type."""

    def __init__(self) -> None:
        self.right, self.wrong, self.missed = Counter[str](), Counter[str](), Counter[str]()

    def add(self, gold: Spans, found: Spans) -> None:
        """Count one sentence."""
        for counter, spans in (
            (self.right, set(gold) & set(found)),
            (self.wrong, set(found) - set(gold)),
            (self.missed, set(gold) - set(found)),
        ):
            counter.update(kind for _, _, kind in spans)

    def figures(self, kinds: Sequence[str]) -> tuple[float, float, float]:
        """Return precision, recall and F1 over some types."""
        right, wrong, missed = (
            sum(counter[kind] for kind in kinds) for counter in (self.right, self.wrong, self.missed)
        )
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        return precision, recall, 2 * right / max(1, 2 * right + wrong + missed)


def by_tagger(sentence: Sentence, tagger: Tagger) -> Spans:
    """Return what the tagger finds."""
    tokens = sentence.tokens
    spans = tagger.tag(tokens, find_known(tokens)).spans
    return sentence.by_words((tokens[first].start, tokens[last - 1].end, kind) for first, last, kind in spans)


def by_lists(sentence: Sentence, _: Tagger) -> Spans:
    """Return what lists and rules are certain of."""
    tokens = sentence.tokens
    known = [span for span in find_known(tokens) if span.certain]
    return sentence.by_words((tokens[span.first].start, tokens[span.last - 1].end, span.type) for span in known)


def by_system(sentence: Sentence, tagger: Tagger) -> Spans:
    """Return what the whole system finds."""
    with patch("pipeline.enrich.entities.recognise.tagger", lambda: tagger):
        mentions = recognise(None, sentence.text)
    return sentence.by_words((mention.start, mention.end, mention.type) for mention in mentions)


FINDERS: dict[str, Finder] = {"lists": by_lists, "tagger": by_tagger, "system": by_system}


def folds(sentences: Sequence[Sentence], count: int) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """Yield (learned from, asked) for each of ``count`` parts."""
    bounds = [len(sentences) * part // count for part in range(count + 1)]
    for start, end in pairwise(bounds):
        yield [*sentences[:start], *sentences[end:]], list(sentences[start:end])


def trained(corpora: Sequence[Sequence[Sentence]], options: Options) -> Tagger:
    """Return a tagger that learned from corpora, with weights as they are stored."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "weights.npz")
        save(file, *learn(corpora, find_known, options))
        return Tagger(Model(*load(file)))


def main() -> None:
    """Measure what the command line names, and print a table."""
    parser = argparse.ArgumentParser(description="Measure named entities: strict F1 by type.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("others", nargs="*", type=Path, help="corpora to learn from as well")
    parser.add_argument("--test", type=Path, help="tag this file instead of parts of the first corpus")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of the parts to tag, from 0; all by default")
    parser.add_argument("--iterations", type=int, default=DEFAULTS.iterations)
    arguments = parser.parse_args()
    first, *others = (list(read_conll(file)) for file in (arguments.corpus, *arguments.others))
    parts = [(first, list(read_conll(arguments.test)))] if arguments.test else list(folds(first, arguments.folds))
    options = DEFAULTS._replace(iterations=arguments.iterations)
    scores = {name: Score() for name in FINDERS}
    for number, (known, asked) in enumerate(parts):
        if arguments.only is None or number in arguments.only:
            tagger = trained([known, *others], options)
            for name, find in FINDERS.items():
                for sentence in asked:
                    scores[name].add(sentence.gold, find(sentence, tagger))
    table = Table(title=str((arguments.test or arguments.corpus).name))
    for heading in ("", "names", "precision", "recall", "F1"):
        table.add_column(heading, justify="right")
    for name, score in scores.items():
        for kinds in (TYPES, *((kind,) for kind in TYPES)):
            label = f"{name}: all" if kinds == TYPES else kinds[0]
            precision, recall, f1 = score.figures(kinds)
            names = sum(score.right[kind] + score.missed[kind] for kind in kinds)
            table.add_row(label, f"{names:,}", f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}")
    Console().print(table)


if __name__ == "__main__":
    main()
