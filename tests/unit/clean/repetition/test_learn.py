from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.repetition.learn import LEAST_STORIES, learn
from pipeline.clean.repetition.sketch import Sketch

SLOGAN, BANNER, STORY = 1, 2, 100
"""Hashes: a short line, a line of prose, and the first of a story's paragraphs."""


def file(number: int, *lines: int, prose: tuple[int, ...] = (), own: int = 3) -> Sketch:
    """A file with paragraphs of its own (30 words each), and lines that others may have."""
    paragraphs = {10_000 + 10 * number + part: 30 for part in range(own)}
    return Sketch(str(number), "2024-05-01", dict.fromkeys(lines, 0) | dict.fromkeys(prose, 30) | paragraphs)


def test_a_line_that_stands_with_ever_other_articles_is_furniture() -> None:
    found = learn([file(number, *([SLOGAN] if number < 37 else [])) for number in range(50)])
    assert found.shares[SLOGAN].reason == "repeats in 37 of 50 files of this source"
    assert set(found.shares) == {SLOGAN}


def test_a_line_of_few_files_is_not_furniture() -> None:
    assert not learn([file(number, SLOGAN) for number in range(LEAST_STORIES - 1)]).shares
    assert not learn([file(number, *([SLOGAN] if number < 8 else [])) for number in range(400)]).shares


def test_a_story_that_many_files_print_is_not_furniture() -> None:
    story = tuple(range(STORY, STORY + 6))
    prints = [file(number, 7, SLOGAN, prose=story, own=0) for number in range(40)]
    others = [file(number, SLOGAN) for number in range(40, 100)]
    found = learn([*prints, *others])
    assert set(found.shares) == {SLOGAN}, "neither its paragraphs nor its sub-heading (7)"


def test_neither_are_the_copies_of_an_article_to_which_each_adds_a_paragraph() -> None:
    story = tuple(range(STORY, STORY + 6))
    copies = [file(number, 7, prose=story, own=1) for number in range(12)]
    assert not learn([*copies, *(file(number) for number in range(12, 60))]).shares


def test_running_text_must_recur_far_oftener_than_a_label() -> None:
    background = [file(number, *([SLOGAN] if number < 30 else []), prose=(BANNER,) if number < 30 else ())
                  for number in range(100)]  # fmt: skip
    assert set(learn(background).shares) == {SLOGAN}
    assert set(learn([file(number, prose=(BANNER,)) for number in range(100)]).shares) == {BANNER}


def test_files_without_running_text_tell_nothing() -> None:
    assert not learn([file(number, SLOGAN, own=0) for number in range(100)]).shares


@given(st.lists(st.frozensets(st.integers(1, 6)), max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(files: list, random) -> None:
    window = [file(number, *lines) for number, lines in enumerate(files)]
    shuffled = random.sample(window, len(window))
    assert learn(shuffled) == learn(window)


def test_a_full_window_of_menus_is_learned_fast() -> None:
    menu = range(20_000, 20_300)
    window = [Sketch(str(n), "2024", dict.fromkeys(menu, 0) | dict.fromkeys(range(n * 100, n * 100 + 90), 30))
              for n in range(1_000, 2_000)]  # fmt: skip
    assert len(learn(window).shares) == 300
