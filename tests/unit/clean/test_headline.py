import pytest

from pipeline.clean.gather import gather
from pipeline.clean.headline import find_title
from pipeline.clean.lines import split_lines
from pipeline.in_step import at_once

FIRST = "أعلنت البلدية بدء أعمال صيانة الجسر القديم، على أن تستمر حتى نهاية الشهر المقبل."
SECOND = "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل."
TITLE = "البلدية تبدأ صيانة الجسر القديم"


def title(*above: str) -> str | None:
    evidence = at_once(gather(split_lines("\n".join((*above, FIRST, SECOND)))))
    found = find_title(evidence, len(above))
    return None if found is None else evidence[found[0]].block.text


@pytest.mark.parametrize(
    "above",
    [
        (TITLE,),
        (TITLE, "5 مارس 2024", "كتب أحمد عرفة"),
        ("الرئيسية", "سياسة", "رياضة", TITLE, "محليات"),
        (
            "نتائج الجولة الخامسة من الدوري",
            "أسعار الخضار في سوق الجملة",
            f"الرئيسية » محليات » {TITLE}",
            TITLE,
            "5/3/2024",
        ),
        (TITLE, "جانب من أعمال الصيانة أمس", "القاهرة - أحمد عرفة"),
        ("5/3/2024", TITLE),
        (f"عام / {TITLE} / إضافة أولى", "عدن 5 مارس 2024 م", TITLE),
    ],
)
def test_the_title_is_found_above_the_article(above: tuple[str, ...]) -> None:
    assert title(*above) == TITLE


@pytest.mark.parametrize(
    "above",
    [(), ("الرئيسية", "رياضة"), ("5 مارس 2024",), ("كتب أحمد عرفة",), ("سياسة | أمن | اقتصاد | رياضة | فن",)],
)
def test_nothing_else_is_taken_for_a_title(above: tuple[str, ...]) -> None:
    assert title(*above) is None


def test_a_long_line_that_opens_like_prose_is_no_title() -> None:
    first = "أعلنت شركة الكهرباء في بلاغ لها أن التيار سينقطع غدا عن أحياء المدينة القديمة بسبب أشغال صيانة في الشبكة"
    assert title(first) is None


ASPECT = "السيارات تسلك الطريق الدائري خلال ساعات الليل"


@pytest.mark.parametrize("above", [(ASPECT, TITLE), (TITLE, ASPECT)])
def test_of_two_headlines_the_first_paragraph_tells_the_title(above: tuple[str, ...]) -> None:
    assert title(*above, "القاهرة - أحمد عرفة") == TITLE
