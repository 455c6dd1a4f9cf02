import numpy as np
import pytest

from pipeline.enrich.entities.tagger.features import EDGE, NOTHING, OFFSETS
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.model import Model
from pipeline.enrich.entities.tagger.train import attributes
from pipeline.enrich.entities.tagger.weights import Weights, load, save
from pipeline.enrich.entities.vocabulary import Vocabulary

WORDS = ["قال", "الرئيس", "فلان", "بن", "علان", "في", "لندن", ".", EDGE, EDGE, "وصل", "إلى", "لندن"]
FOUND = ["-", "-", "rule-person-B", "rule-person-I", "rule-person-IE", "-", "known-location-BE", *["-"] * 6]


def scores(model, written=WORDS, found=FOUND):
    words = Vocabulary()
    said = {place: what for place, what in enumerate(found) if what != NOTHING}
    return model.scores(words, words.numbers(written), said)


@pytest.fixture
def weights():
    """A weight for every third feature of the words, at every distance."""
    numbers = np.random.default_rng(5)
    names = sorted({name for known in attributes(WORDS, FOUND) for name in known})[::3]
    tables = {}
    for kind, distances in OFFSETS.items():
        features = sorted({name.partition(":")[2] for name in names if name.partition(":")[0].rstrip("-012") == kind})
        table = numbers.normal(size=(len(features), len(distances), len(LABELS))).astype(np.float16)
        tables[kind] = Weights({name: row for row, name in enumerate(features)}, table.astype(np.float32))
    return tables


@pytest.fixture
def file(weights, tmp_path):
    file = tmp_path / "weights.npz"
    save(file, weights, np.arange(len(LABELS) ** 2, dtype=np.float32).reshape(len(LABELS), -1))
    return file


def test_scores_are_the_sums_of_the_weights_that_the_learner_sees(weights, file):
    expected = np.zeros((len(WORDS), len(LABELS)), dtype=np.float32)
    for at, names in enumerate(attributes(WORDS, FOUND)):
        for name in names:
            place, _, feature = name.partition(":")
            kind = place.rstrip("-012")
            rows, table = weights[kind]
            if feature in rows:
                expected[at] += table[rows[feature], OFFSETS[kind].index(int(place.removeprefix(kind)))]
    assert np.allclose(scores(Model(*load(file))), expected, atol=1e-4)


def test_scores_are_the_same_when_words_come_again(file):
    model, words = Model(*load(file)), Vocabulary()
    first, again = (model.scores(words, words.numbers(WORDS), {}) for _ in range(2))
    assert np.array_equal(first, again)


def test_two_sentences_do_not_see_each_other(file):
    model = Model(*load(file))
    together = scores(model)
    assert np.allclose(scores(model, WORDS[:8], FOUND[:8]), together[:8], atol=1e-5)
    assert np.allclose(scores(model, WORDS[10:], FOUND[10:]), together[10:], atol=1e-5)


def test_no_words_have_no_scores(file):
    assert scores(Model(*load(file)), [], []).shape == (0, len(LABELS))
