from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.html.outline import Outline, hints, outline
from pipeline.clean.html.tree import parse


def read(body: str) -> Outline:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return outline(root)


def texts(body: str) -> list[str]:
    return [run.text for run in read(body).runs]


def test_blocks_and_line_breaks_end_a_run_and_inline_elements_do_not() -> None:
    assert texts("<div>one <b>t</b>wo<p>three<br>four</p>five</div>") == ["one two", "three", "four", "five"]


def test_lines_of_preformatted_text_are_runs() -> None:
    assert texts("<pre>سطر أول\n\nسطر ثان</pre><p>سطر\nثالث</p>") == ["سطر أول", "سطر ثان", "سطر ثالث"]


def test_scripts_styles_forms_and_comments_are_no_text() -> None:
    code = "<script>b</script><style>c</style><!-- d -->"
    fields = "<textarea>e</textarea><select><option>f</select><svg>g</svg>"
    assert texts(f"<p>a</p>{code}{fields}") == ["a"]


def test_text_after_a_skipped_element_is_kept() -> None:
    assert texts("<p>قبل<script>x</script> بعد</p>") == ["قبل بعد"]


def test_the_share_of_links_is_that_of_their_characters() -> None:
    (run,) = read('<p>12345 <a href="x">67890</a></p>').runs
    assert run.link_share == 5 / 11


def test_links_side_by_side_are_parted() -> None:
    assert texts("<div><a href=1>فيسبوك</a><a href=2>تويتر</a></div>") == ["فيسبوك تويتر"]


def test_a_byline_in_a_span_is_a_run_of_its_own() -> None:
    assert texts("<p><span class=author>ريم الأشقر</span> <span class=date>9 مايو 2023</span></p>") == [
        "ريم الأشقر",
        "9 مايو 2023",
    ]


def test_a_span_inside_a_sentence_does_not_part_it() -> None:
    sentence = (
        "قال <span class=author>سامي الخوري</span> إن السوق سيعود إلى العمل قبل نهاية الأسبوع المقبل كما كان من قبل"
    )
    assert len(texts(f"<p>{sentence}</p>")) == 1


def test_an_element_covers_the_runs_below_it() -> None:
    page = read("<div id=a><p>one</p><p>two</p></div><p>three</p>")
    (div,) = [node for node in page.nodes if node.element.get("id") == "a"]
    assert [run.text for run in page.runs[div.first : div.last]] == ["one", "two"]


def test_hidden_elements_say_so() -> None:
    page = read('<div style="display: none">x</div><p hidden>y</p><p aria-hidden="true">z</p><p>w</p>')
    assert [page.nodes[run.node].role for run in page.runs] == ["hidden", "hidden", "hidden", None]


def test_custom_elements_are_read_by_their_names() -> None:
    page = read("<amp-ad>إعلان</amp-ad><app-related-inline>رابط</app-related-inline>")
    assert [page.nodes[run.node].role for run in page.runs] == ["ad", "related"]


def test_hints_are_the_words_of_the_element_and_those_around_it() -> None:
    page = read('<div class="story-wrap"><p id="leadText" itemprop="description">x</p></div>')
    assert hints(page, page.runs[0].node, {}) == {"story", "wrap", "lead", "text", "description"}


def test_ten_thousand_nested_elements_need_no_recursion() -> None:
    assert texts("<div>" * 10_000 + "deep" + "</div>" * 10_000) == ["deep"]


@given(st.recursive(st.text(alphabet="ابت xyz", max_size=8), lambda inner: st.lists(inner, max_size=4), max_leaves=12))
def test_every_visible_character_is_in_exactly_one_run(tree: object) -> None:
    def markup(value: object, depth: int = 0) -> str:
        if isinstance(value, str):
            return value
        assert isinstance(value, list)
        tag = ("div", "span", "b", "section")[depth % 4]
        return f"<{tag}>" + "".join(markup(part, depth + 1) for part in value) + f"</{tag}>"

    def letters(value: object) -> str:
        return "".join(value.split()) if isinstance(value, str) else "".join(map(letters, value))  # type: ignore[call-overload]

    assert "".join(text.replace(" ", "") for text in texts(markup([tree]))) == letters(tree)
