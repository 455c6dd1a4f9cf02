import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.html.tree import MAX_TAGS, parse
from pipeline.errors import BadInputError

SENTENCE = "افتتح الوزير المدرسة الجديدة صباح اليوم."


def text_of(html: str) -> str:
    root = parse(html)
    return "" if root is None else " ".join("".join(root.itertext()).split())


@pytest.mark.parametrize("html", ["", "   ", "<!-- only a comment -->"])
def test_a_page_without_elements_has_no_tree(html: str) -> None:
    assert text_of(html) == ""


def test_a_lying_meta_charset_changes_nothing_for_text_that_is_decoded() -> None:
    assert text_of(f'<meta charset="windows-1256"><p>{SENTENCE}</p>') == SENTENCE


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + f"<p>{SENTENCE}</p>" + "</div>" * 10_000 + "<p>نهاية</p>",
        "".join(f"<p><font size=2>{SENTENCE}" for _ in range(5_000)) + "<p>نهاية",
        "<table><tr><td>" * 3_000 + f"{SENTENCE}<br>نهاية",
        "<x-y>" * 5_000 + f"{SENTENCE} نهاية",
    ],
    ids=["nested divs", "unclosed fonts", "nested tables", "unknown elements"],
)
def test_text_below_any_depth_is_read(html: str) -> None:
    text = text_of(html)
    assert SENTENCE in text
    assert text.endswith("نهاية")


def test_a_page_of_too_many_tags_goes_to_quarantine() -> None:
    with pytest.raises(BadInputError) as refused:
        parse("<b>" * (MAX_TAGS + 1))
    assert refused.value.reason == "too-many-tags"


def test_entities_do_not_expand() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><p>&b;&b; &amp; &#1587;&lrm;</p>'
    )
    assert "aaaaaaaaaa" * 2 not in text_of(bomb).replace('"', "")
    assert "& س" in text_of(bomb)


def test_control_characters_and_lone_surrogates_become_spaces() -> None:
    assert text_of("<p>قال\x00\x08\ud800شيئا</p>") == "قال شيئا"


@given(st.text(alphabet="<>/pdivta br=\"'&;#x1!-[]سلام\x00", max_size=200))
def test_no_text_breaks_the_parser(html: str) -> None:
    parse(html)
