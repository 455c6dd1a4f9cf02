import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.inline import find_links

BEFORE = "وأعلنت الوزارة عن خطة جديدة لدعم المزارعين في المحافظات الشرقية."


def cut(text: str) -> list[str]:
    return [text[link.start : link.end] for link in find_links(text)]


@pytest.mark.parametrize(
    ("link", "after"),
    [
        ("اقرأ أيضًا: ارتفاع أسعار القمح في الأسواق العالمية", "وقال الوزير إن الدعم سيبدأ مطلع الشهر المقبل."),
        ("اقرأ أيضاً.. هل تكفي مياه السدود لموسم آخر؟", "كان المزارعون قد طالبوا بتأجيل الأقساط."),
        ("شاهد أيضا: افتتاح سوق الخضار المركزي في حلب", "جدير بالذكر أن الإنتاج تراجع هذا العام."),
        ("(اقرأ أيضاً: نقص الوقود يهدد الحصاد)", "ويأمل الأهالي أن تصل المساعدات قريبا."),
    ],
)
def test_the_headline_is_cut_where_it_ends(link: str, after: str) -> None:
    assert cut(f"{BEFORE} {link} {after}") == [link]


def test_a_link_at_the_end_of_a_paragraph_goes_whole() -> None:
    link = "اقرأ أيضًا: ارتفاع أسعار القمح في الأسواق العالمية"
    assert cut(f"{BEFORE} {link}") == [link]


def test_several_links_are_found_from_left_to_right() -> None:
    links = ["اقرأ أيضًا: جفاف يضرب سهول الشمال", "اقرأ أيضًا: خلاف على توزيع البذار المدعومة"]
    text = f"{BEFORE} {links[0]} وقال الوزير إن الدعم سيبدأ غدا. {links[1]} وأضاف أن القوائم جاهزة."
    assert cut(text) == links


@pytest.mark.parametrize(
    "text",
    [
        "وطلب المعلم من كل تلميذ أن يقرأ أيضا قصيدة واحدة كل أسبوع.",
        "شاهد المواطنون الخسوف من أسطح المنازل في دمشق.",
        "للمزيد من الدقة أعادت اللجنة فرز الأصوات في أربعة مراكز.",
    ],
)
def test_the_same_words_in_a_sentence_are_no_link(text: str) -> None:
    assert cut(f"{BEFORE} {text}") == []


@given(st.text(alphabet="اقرأ يضا:.(م)؟ \n", max_size=300))
def test_links_are_in_order_and_inside_the_text(text: str) -> None:
    end = 0
    for link in find_links(text):
        assert end <= link.start < link.end <= len(text)
        end = link.end
