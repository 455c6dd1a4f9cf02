from pathlib import Path

import pytest

from pipeline.clean.html import vocabulary
from pipeline.clean.html.vocabulary import parts, role_of
from pipeline.errors import KnowledgeError


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("boxMost-read2", ("box", "most", "read")),
        ("ctl00_lblTitle", ("ctl", "lbl", "title")),
        ("HTMLBody", ("html", "body")),
        ("مقالات-ذات-صلة", ("مقالات", "ذات", "صلة")),
    ],
)
def test_names_part_at_marks_digits_and_capitals(name: str, words: tuple[str, ...]) -> None:
    assert parts(name) == words


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("entry-content", "content"),
        ("newsStoryContent", "content"),
        ("articleBody", "content"),
        ("comment-content", "comments"),
        ("related-posts", "related"),
        ("boxMostRead", "related"),
        ("site-footer", "navigation"),
        ("wp-caption-text", "caption"),
        ("post-date", "date"),
        ("about-author", "widget"),
        ("post-author", "byline"),
        ("elementor-widget-share-buttons", "share"),
        ("visually-hidden", "hidden"),
    ],
)
def test_a_name_states_the_role_of_its_words(name: str, role: str) -> None:
    assert role_of(name) == role


@pytest.mark.parametrize(
    "name", ["has-sidebar", "no-comments", "tag-share-news", "category-ads", "postid-12", "k7", ""]
)
def test_a_name_that_only_mentions_furniture_states_nothing(name: str) -> None:
    assert role_of(name) is None


def test_a_widget_of_a_page_builder_is_no_widget() -> None:
    assert role_of("elementor-widget-theme-post-content") == "content"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("menu\tx", "line 2: the role 'menu'"),
        ("share\tone two three four", "line 2: 'one two three four' has more than 3 words"),
        ("share\tx\nad\tx", "line 3: 'x' stands under two roles"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "words.tsv"
    file.write_text(f"role\twords\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(vocabulary, "_DATA", file)
    with pytest.raises(KnowledgeError, match=message):
        vocabulary._rows.__wrapped__()
