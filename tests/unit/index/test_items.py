from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.items import Item, chunks


@given(st.lists(st.integers(1, 500)), st.integers(1, 1000))
def test_chunks_keep_every_item_in_order_within_the_limit(sizes, limit):
    given_items = [Item(n, str(n), b"x" * size) for n, size in enumerate(sizes)]
    found = list(chunks(iter(given_items), limit))
    assert [item for chunk in found for item in chunk] == given_items
    assert all(len(chunk) == 1 or sum(len(item.lines) for item in chunk) <= limit for chunk in found)
