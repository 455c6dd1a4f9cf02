"""Random files: no crash, no hang, and a body that is drawn from the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bad_input.fragments import ENCODINGS, MARKUP, TEXT
from tests.bad_input.invariants import check

PIECE = st.one_of(st.sampled_from(TEXT), st.text(max_size=12))
MARKED = st.one_of(PIECE, st.sampled_from(MARKUP))


@given(st.lists(PIECE, max_size=40).map("".join), st.sampled_from(ENCODINGS))
@settings(max_examples=150, deadline=None)
def test_any_text_becomes_a_sound_document_or_is_refused(text: str, encoding: str) -> None:
    check(text.encode(encoding, "replace"))


@given(st.lists(MARKED, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_page_becomes_a_sound_document_or_is_refused(text: str) -> None:
    check(b"<html>" + text.encode("utf-8", "replace"))


@given(st.binary(max_size=600))
@settings(max_examples=100, deadline=None)
def test_any_bytes_become_a_sound_document_or_are_refused(data: bytes) -> None:
    check(data)


@pytest.mark.parametrize("data", [b"", b"\x00", "ا".encode(), b"<html>"])
def test_nothing_much_is_refused(data: bytes) -> None:
    assert check(data)
