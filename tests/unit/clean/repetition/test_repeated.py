from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.line import read_line
from pipeline.clean.repetition.keys import line_key
from pipeline.clean.repetition.repeated import Repeated, Share


@given(st.dictionaries(st.integers(0, 2**64 - 1), st.integers(1, 500)))
def test_a_snapshot_comes_back_as_it_was_written(files: dict[int, int]) -> None:
    repeated = Repeated({key: Share(count, 500) for key, count in files.items()})
    assert Repeated.from_record(repeated.record()) == repeated


def test_a_line_is_found_however_it_is_spelled() -> None:
    key = line_key(read_line("صوتٌ واحد"))
    assert key is not None
    repeated = Repeated({key: Share(37, 412)})
    assert repeated.find(line_key(read_line("صوت واحد"))) == Share(37, 412)
    assert repeated.find(line_key(read_line("صوت آخر"))) is None
    assert repeated.find(line_key(read_line("***"))) is None


def test_a_share_is_strong_from_a_fifth_of_the_files_and_ten_of_them() -> None:
    assert Share(100, 500).is_strong
    assert not Share(99, 500).is_strong
    assert not Share(9, 9).is_strong
