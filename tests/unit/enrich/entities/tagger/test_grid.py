import numpy as np

from pipeline.enrich.entities.tagger.grid import Grid, number
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.weights import Weights

NAMES = ["roles=title|given", "roles=||given", "groups=1|2"]
WEIGHTS = Weights(
    {name: row for row, name in enumerate(NAMES)},
    np.arange(1, len(NAMES) * len(LABELS) + 1, dtype=np.float32).reshape(len(NAMES), 1, -1),
)
ROLES = number({"pair": WEIGHTS}, [("pair", "roles", ("role", "role")), ("pair", "groups", ("group", "group"))])["role"]


def at(first, second):
    grid = Grid(WEIGHTS, "roles", [ROLES, ROLES])
    return grid.at(np.array([ROLES.get(first, 0)]), np.array([ROLES.get(second, 0)]))[0]


def test_a_pair_of_values_finds_its_own_weights():
    assert np.array_equal(at("title", "given"), WEIGHTS.table[0])


def test_the_sign_that_parts_values_may_be_a_value():
    assert np.array_equal(at("|", "given"), WEIGHTS.table[1])


def test_what_has_no_weights_adds_nothing():
    assert not at("given", "title").any()
    assert not at("never seen", "given").any()
