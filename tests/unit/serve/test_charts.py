from hypothesis import given
from hypothesis import strategies as st

from pipeline.serve.charts import HEIGHT, WIDTH, plot, throughput

COLUMNS = st.lists(st.lists(st.tuples(st.just("x"), st.floats(0, 1e9)), max_size=5), max_size=40)


@given(COLUMNS)
def test_bars_stay_inside_the_plot(columns: list[list[tuple[str, float]]]) -> None:
    for column in plot(columns).columns:
        for box in column:
            assert 0 <= box.x <= box.x + box.width <= WIDTH
            assert 0 <= box.y <= HEIGHT


def test_heights_tell_values_and_one_failed_file_is_seen_beside_thousands() -> None:
    (first, second) = plot([[("indexed", 10_000.0), ("failed", 1.0)], [("indexed", 5_000.0)]]).columns
    assert first[1].kind == "failed"
    assert first[1].height == 1.0
    assert second[0].height * 2 == 2 * round(HEIGHT * 5_000 / 10_001, 2)


def test_throughput_counts_what_was_done() -> None:
    assert throughput({"counts": {"indexed": 8, "unchanged": 90, "quarantined": 2}, "duration_seconds": 5.0}) == 2.0
    assert throughput({"counts": {"indexed": 8}, "duration_seconds": 0}) == 0.0
