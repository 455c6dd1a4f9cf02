"""Train the tagger: ``python -m pipeline.enrich.entities.tagger.train CORPUS [OTHER …]``.

A corpus is a CoNLL file: a token and its BIO label a line, an empty line behind each sentence. The first corpus says
what counts as a name; the others annotate differently (in AQMAR peoples are persons, in Wojood ``مدينة`` belongs to a
town's name), so features are given twice, once for all corpora and once for their own, and only the weights for all and
for the first corpus are kept (after Daumé, Frustratingly Easy Domain Adaptation, 2007). On what an organisation is they
differ so much that the others' sentences with one are left out. The first corpus is also read with made-up names
(:mod:`~pipeline.enrich.entities.tagger.unseen`). The learner is CRFsuite's (Okazaki 2007), L-BFGS with
L1 and L2 regularisation: the same data gives the same weights.

Needs ``python-crfsuite``, of the development dependencies.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.enrich.entities.recognise import find_known
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger import features
from pipeline.enrich.entities.tagger.conll import Sentence, read_conll
from pipeline.enrich.entities.tagger.features import EDGE, NOTHING, OFFSETS, PAIR_KINDS, REACH, WORD_KINDS
from pipeline.enrich.entities.tagger.labels import LABELS, encode
from pipeline.enrich.entities.tagger.spelling import spelled
from pipeline.enrich.entities.tagger.unseen import unseen
from pipeline.enrich.entities.tagger.weights import WEIGHTS, Scores, Weights, save
from pipeline.enrich.entities.tokens import Tokens

Evidence = Callable[[Tokens], list[Span]]


class Options(NamedTuple):
    """What the learner is told."""

    l1: float = 0.1
    l2: float = 0.05
    iterations: int = 60
    smallest: float = 0.01
    """Weights nearer to zero are dropped."""
    own: bool = True
    """Whether corpora have features of their own."""
    unseen: bool = True
    """Whether to learn from made-up names as well."""


DEFAULTS = Options()


def attributes(words: Sequence[str], found: Sequence[str]) -> Iterator[list[str]]:
    """Yield the features of each word, named ``kind``, distance, ``:``, feature."""
    padded = [EDGE] * REACH + list(words) + [EDGE] * REACH
    analysed = [features.analyse(word) for word in padded]
    readings = [reading for _, reading in analysed]
    by_word = [_by_kind(word, known, reading) for word, (known, reading) in zip(padded, analysed, strict=True)]
    by_pair = [
        {**features.pair(first, second), "words": (features.words(first, second),)}
        for first, second in pairwise(readings)
    ]
    surrounded = ["-", *found, "-"]
    for number in range(len(words)):
        at = number + REACH
        before, here, after = readings[at - 1 : at + 2]
        names: list[str] = []
        for kinds, known in ((WORD_KINDS, by_word), ({**PAIR_KINDS, "words": OFFSETS["words"]}, by_pair)):
            for kind, distances in kinds.items():
                names += (f"{kind}{by}:{name}" for by in distances for name in known[at + by].get(kind, ()))
        names += (f"triple0:{name}" for name in features.triple(before.role, here.role, after.role))
        last, found_here, following = surrounded[number : number + 3]
        evident = features.evident(last, found_here, following, before.role, here.role)
        names += (f"evidence0:{name}" for name in evident)
        yield names


def _by_kind(written: str, known: features.Word, reading: features.Reading) -> dict[str, list[str]]:
    inner, outer = spelled(written, reading.folded) if known.spelled else ([], [])
    return {"inner": inner, "outer": known.outer + outer, "wide": known.wide}


def learn(
    corpora: Sequence[Sequence[Sentence]], evidence: Evidence, options: Options = DEFAULTS
) -> tuple[dict[str, Weights], Scores]:
    """Return the weights by kind of features, and the transitions.

    Args:
        corpora: Sentences of each corpus; the first decides what is a name.
        evidence: Finds what the lists and rules know in a sentence.
        options: What the learner is told.
    """
    import pycrfsuite  # type: ignore[import-untyped]  # here, for users need no learner

    trainer = pycrfsuite.Trainer(verbose=False)
    for corpus, sentences in enumerate(corpora):
        for sentence in [*sentences, *(unseen(sentences) if options.unseen and not corpus else ())]:
            if corpus and any(kind == "organization" for _, _, kind in sentence.spans):
                continue
            known = features.evidence(evidence(sentence.tokens))
            found = [known.get(place, NOTHING) for place in range(len(sentence.tokens))]
            names = attributes(sentence.tokens.texts, found)
            copied = [_with_own(own, corpus) if options.own else own for own in names]
            trainer.append(copied, encode(len(sentence.tokens), sentence.spans))
    trainer.set_params({"c1": options.l1, "c2": options.l2, "max_iterations": options.iterations})
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "model.crfsuite"))
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
        tagger.close()
    return _kept(info.state_features, options.smallest), _transitions(info.transitions)


def _with_own(names: list[str], corpus: int) -> list[str]:
    """Return the features with copies that belong to the corpus, of those that say what counts as a name."""
    return names + [f"{corpus}/{name}" for name in names if name.startswith(_OWN)]


_OWN = tuple(
    [f"wide{by}:{name}" for by in (-1, 0, 1) for name in ("word=", "is=", "group0", "group1")]
    + ["outer0:stem", "outer0:end", "evidence0:here=", "evidence0:behind="]
)


def _kept(trained: dict[tuple[str, str], float], smallest: float) -> dict[str, Weights]:
    """Return trained weights as tables, without those of other corpora."""
    sums: dict[tuple[str, int, str, str], float] = {}
    for (name, label), weight in trained.items():
        own, _, rest = name.rpartition("/") if name[:2] in ("0/", "1/", "2/") else ("", "", name)
        if own in ("", "0"):
            place, _, feature = rest.removeprefix("0/").partition(":")
            kind = place.rstrip("-0123456789")
            key = (kind, int(place.removeprefix(kind)), feature, label)
            sums[key] = sums.get(key, 0.0) + weight
    kept = {key: weight for key, weight in sorted(sums.items()) if abs(weight) >= smallest}
    tables = {}
    for kind, distances in OFFSETS.items():
        names = sorted({feature for of, _, feature, _ in kept if of == kind})
        tables[kind] = Weights(
            {name: row for row, name in enumerate(names)},
            np.zeros((len(names), len(distances), len(LABELS)), dtype=np.float32),
        )
    for (kind, distance, feature, label), weight in kept.items():
        rows, table = tables[kind]
        table[rows[feature], OFFSETS[kind].index(distance), LABELS.index(label)] = weight
    return tables


def _transitions(trained: dict[tuple[str, str], float]) -> Scores:
    table = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for (before, label), weight in trained.items():
        table[LABELS.index(before), LABELS.index(label)] = weight
    return table


def main() -> None:
    """Train on the files that the command line names and write the weights into the package, or where it says."""
    parser = argparse.ArgumentParser(description="Train the tagger of named entities.")
    parser.add_argument("corpora", nargs="+", type=Path, help="CoNLL files; the first decides what is a name")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    corpora = [list(read_conll(file)) for file in arguments.corpora]
    save(arguments.output, *learn(corpora, find_known))
    print(f"{arguments.output}: {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
