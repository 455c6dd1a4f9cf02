import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.article import REMOVED_KINDS
from pipeline.clean.html import read_page
from pipeline.clean.html.outline import outline
from pipeline.clean.html.tree import parse

PARAGRAPHS = [
    "أطلقت شركة ناشئة تطبيقاً يساعد السائقين على تجنب الشوارع المزدحمة في المدينة.",
    "وتخطط الشركة للتوسع قريباً. " * 6,
]
PIECES = st.sampled_from(
    [
        "<div>", "</div>", "<p>", "</p>", "<a href=x>رابط إلى خبر آخر هنا", "</a>", "<nav>", "<h1>عنوان الخبر</h1>",
        "<div class='related'>", "<div class='entry-content'>", "<figure><figcaption>صورة</figcaption></figure>",
        "<span class=author>ريم</span>", "<table><tr><td>", "</table>", PARAGRAPHS[0], "قال", "<div hidden>", "<li>",
        "<time datetime='2024-01-01'>5/1/2024</time>", "التعليقات", "<!--", "-->", "<blockquote>", "<br>",
    ]
)  # fmt: skip


def test_a_page_drawn_by_a_script_gives_the_body_that_it_states() -> None:
    article = {"@type": "NewsArticle", "headline": "تطبيق أردني", "articleBody": "\n".join(PARAGRAPHS)}
    page = read_page(f"<script type='application/ld+json'>{json.dumps(article)}</script><body><div id=root></div>")
    assert [block.text for block in page.blocks] == [" ".join(text.split()) for text in PARAGRAPHS]
    assert page.reason.startswith("the body that JSON-LD states")


def test_an_empty_page_says_so() -> None:
    assert read_page("").reason == "the page holds no text"


def test_scripts_never_leak_into_any_field() -> None:
    page = read_page(f"<title>ت</title><p>{PARAGRAPHS[0]}<script>var leak=1</script></p><noscript>leak</noscript>")
    assert "leak" not in repr(page)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_run_of_a_page_is_kept_or_removed_exactly_once(html: str) -> None:
    page = read_page(html)
    root = parse(html)
    runs = Counter(run.text for run in outline(root).runs) if root is not None else Counter()
    assert Counter(block.text for block in page.blocks) + Counter(removed.text for removed in page.removed) == runs
    assert all(removed.kind in REMOVED_KINDS and removed.reason for removed in page.removed)


@given(st.text(alphabet="<>/pdivtacls=\"' \n&;#سلام.ً12", max_size=300))
def test_no_text_breaks_the_reading(html: str) -> None:
    read_page(html)
