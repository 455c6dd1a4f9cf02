import numpy as np
import pytest

from pipeline.enrich.entities.tagger.conll import sentence
from pipeline.enrich.entities.tagger.model import Model
from pipeline.enrich.entities.tagger.tag import Tagger
from pipeline.enrich.entities.tagger.train import DEFAULTS, learn
from pipeline.enrich.entities.tagger.weights import load, save
from pipeline.enrich.entities.tokens import tokenize

pytest.importorskip("pycrfsuite")

PLACES = ["زرقوم", "بلهاس", "طنفور", "كرجيل", "حمدوش"]
PEOPLE = ["شاكوف", "مارلين", "دوبري", "غوتشي", "لابيد"]
CORPUS = [sentence(["سافر", "إلى", place, "أمس"], ["O", "O", "B-LOC", "O"]) for place in PLACES] + [
    sentence(["قال", "السيد", first, second, "أمس"], ["O", "O", "B-PER", "I-PER", "O"])
    for first, second in zip(PEOPLE, reversed(PEOPLE), strict=True)
]
OPTIONS = DEFAULTS._replace(l1=0.0, l2=0.01, iterations=30)


@pytest.fixture(scope="module")
def learned():
    return learn([CORPUS], lambda tokens: [], OPTIONS)


def test_an_unseen_name_is_found_by_its_context(learned):
    tagger = Tagger(Model(*learned))
    assert (2, 3, "location") in tagger.tag(tokenize("سافر إلى بشنوق أمس"), []).spans
    assert (2, 4, "person") in tagger.tag(tokenize("قال السيد هرموس تلفين أمس"), []).spans


def test_the_same_corpus_gives_the_same_weights(learned):
    weights, transitions = learn([CORPUS], lambda tokens: [], OPTIONS)
    assert np.array_equal(transitions, learned[1])
    assert all(np.array_equal(table, learned[0][kind].table) for kind, (_, table) in weights.items())


def test_the_first_corpus_decides_what_is_a_name():
    other = [sentence(["سافر", "إلى", place, "أمس"], ["O", "O", "O", "O"]) for place in PLACES]
    for corpora, expected in (([CORPUS, other], 1), ([other, CORPUS], 0)):
        found = Tagger(Model(*learn(corpora, lambda tokens: [], OPTIONS))).tag(tokenize("سافر إلى زرقوم أمس"), [])
        assert len(found.spans) == expected


def test_organisations_of_other_corpora_teach_nothing():
    other = [sentence(["سافر", "إلى", place, "أمس"], ["O", "O", "B-ORG", "O"]) for place in PLACES]
    alone, _ = learn([CORPUS], lambda tokens: [], OPTIONS)
    both, _ = learn([CORPUS, other], lambda tokens: [], OPTIONS)
    assert all(np.array_equal(table, both[kind].table) for kind, (_, table) in alone.items())


def test_weights_tag_alike_after_they_were_stored(learned, tmp_path):
    file = tmp_path / "weights.npz"
    save(file, *learned)
    tokens = tokenize("سافر إلى بشنوق أمس")
    assert Tagger(Model(*load(file))).tag(tokens, []).spans == Tagger(Model(*learned)).tag(tokens, []).spans
