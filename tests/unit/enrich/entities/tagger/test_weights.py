import numpy as np
import pytest

from pipeline.enrich.entities.tagger.features import OFFSETS
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.weights import Weights, load, save
from pipeline.errors import KnowledgeError

TRANSITIONS = np.arange(len(LABELS) ** 2, dtype=np.float32).reshape(len(LABELS), -1)


@pytest.fixture
def weights():
    """One feature of each kind, with a weight at its last distance; none of the kind ``words``."""
    tables = {}
    for kind, distances in OFFSETS.items():
        names = {} if kind == "words" else {f"word=ليل-{kind}": 0}
        table = np.zeros((len(names), len(distances), len(LABELS)), dtype=np.float32)
        table[:, -1, 3] = 0.5
        tables[kind] = Weights(names, table)
    return tables


def test_what_is_stored_is_read(weights, tmp_path):
    save(tmp_path / "weights.npz", weights, TRANSITIONS)
    read, transitions = load(tmp_path / "weights.npz")
    assert np.array_equal(transitions, TRANSITIONS)
    for kind, (rows, table) in weights.items():
        assert read[kind].rows == rows
        assert np.array_equal(read[kind].table, table)


def test_weights_for_other_labels_are_refused(weights, tmp_path, monkeypatch):
    save(tmp_path / "weights.npz", weights, TRANSITIONS)
    monkeypatch.setattr("pipeline.enrich.entities.tagger.weights.LABELS", ("O", "B-fish"))
    with pytest.raises(KnowledgeError, match="other labels"):
        load(tmp_path / "weights.npz")


def test_features_without_weights_add_nothing(weights):
    assert weights["wide"].total(["word=نهار"]) is None


def test_weights_of_several_features_add_up():
    table = np.ones((2, 1, len(LABELS)), dtype=np.float32)
    total = Weights({"a": 0, "b": 1}, table).total(["a", "b", "c"])
    assert total is not None
    assert (total == 2).all()
