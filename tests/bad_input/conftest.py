"""Time is measured here: what is loaded once is loaded before."""

import pytest

from tests.bad_input.invariants import load_knowledge


@pytest.fixture(scope="session", autouse=True)
def knowledge_is_loaded() -> None:
    load_knowledge()
