"""What the lines that a source repeats do to an article that has them."""

import pytest

from pipeline.clean.cleaner import clean_page, clean_text
from pipeline.clean.line import read_line
from pipeline.clean.repetition.keys import line_key
from pipeline.clean.repetition.repeated import Repeated, Share

TITLE = "افتتاح سد جديد في ولاية جيجل بعد تأخر عامين"
FIRST = "افتتح وزير الري صباح اليوم سدا جديدا في ولاية جيجل، بعد عامين من التأخر في أشغال البناء."
SECOND = "وقال الوزير إن السد يزود عشرين بلدية بمياه الشرب، ويسقي ثلاثة آلاف هكتار من الأراضي الزراعية."
LAST = "وحضر الافتتاح رؤساء البلديات المجاورة، وينتظر أن يبدأ توزيع المياه مع بداية الشهر القادم."
SLOGAN = "قهوتنا على النار والخبر على الطاولة"
NOTICE = "تعمل في هذه الغرفة الصغيرة عشرون صحافية وصحافيا، وتصل رسائلهم إلى بيوتكم في كل صباح."


def knows(*lines: str, files: int = 300, of: int = 400) -> Repeated:
    return Repeated({key: Share(files, of) for line in lines if (key := line_key(read_line(line))) is not None})


def text(*lines: str) -> str:
    return "\n".join(lines)


def reasons(article) -> dict[str, tuple[str, str]]:
    return {removed.text: (removed.kind, removed.reason) for removed in article.removed}


def test_a_widely_shared_line_goes_from_between_two_paragraphs_and_says_why() -> None:
    raw = text(TITLE, FIRST, SLOGAN, SECOND, LAST, NOTICE)
    article = clean_text(raw, knows(SLOGAN, NOTICE))
    assert article.body == text(FIRST, SECOND, LAST)
    assert reasons(article)[SLOGAN] == ("other", "repeats in 300 of 400 files of this source")
    assert reasons(article)[NOTICE] == ("other", "repeats in 300 of 400 files of this source")


def test_nothing_is_known_of_a_single_file() -> None:
    raw = text(TITLE, FIRST, SLOGAN, SECOND, LAST, NOTICE)
    assert clean_text(raw) == clean_text(raw, Repeated())
    assert NOTICE in clean_text(raw).body


def test_a_page_s_blocks_are_doubted_like_a_text_s_lines() -> None:
    page = "<article><h1>{}</h1>{}</article>".format(
        TITLE, "".join(f"<p>{line}</p>" for line in (FIRST, SLOGAN, SECOND, LAST, NOTICE))
    )
    assert clean_page(page).body == text(FIRST, SLOGAN, SECOND, LAST, NOTICE)
    article = clean_page(page, knows(SLOGAN, NOTICE))
    assert article.body == text(FIRST, SECOND, LAST)
    assert reasons(article)[NOTICE] == ("other", "repeats in 300 of 400 files of this source")
    assert article.title == TITLE


def test_a_line_that_some_files_share_goes_at_the_edge_but_not_from_within() -> None:
    some = knows(SLOGAN, NOTICE, files=20)
    article = clean_text(text(TITLE, FIRST, SLOGAN, SECOND, LAST, NOTICE), some)
    assert article.body == text(FIRST, SLOGAN, SECOND, LAST)


def test_what_opens_a_quotation_stays_however_common_it_is() -> None:
    raw = text(TITLE, FIRST, "وأضاف:", SECOND, "وتابع الوزير قائلا:", LAST)
    assert clean_text(raw, knows("وأضاف:", "وتابع الوزير قائلا:")).body == text(*raw.split("\n")[1:])


def test_a_list_that_the_articles_of_a_series_share_stays_in_them() -> None:
    items = ("الذهب عيار أربعة وعشرين", "الذهب عيار ثمانية عشر", "الفضة الخام")
    raw = text(TITLE, FIRST, "وجاءت الأسعار في السوق كما يلي:", *items, LAST)
    assert clean_text(raw, knows(*items, files=20)).body == clean_text(raw).body
    assert "الفضة الخام" in clean_text(raw).body


def test_the_title_stays_the_title_where_all_other_pages_link_to_it() -> None:
    most_read = ("الأكثر قراءة", TITLE, "مدرسة في حلب تفتح أبوابها من جديد")
    raw = text(TITLE, "2024/05/01", FIRST, SECOND, LAST, *most_read)
    article = clean_text(raw, knows(TITLE, *most_read))
    assert article.title == TITLE
    assert article.body == text(FIRST, SECOND, LAST)


def test_a_slogan_is_not_the_title() -> None:
    raw = text("على ضفاف النهر نكتب للناس كل صباح", TITLE, "4 تموز 2022", FIRST, SECOND)
    assert clean_text(raw, knows("على ضفاف النهر نكتب للناس كل صباح")).title == TITLE


@pytest.mark.parametrize("byline", ["كتب: أحمد صالح", "بقلم: منى الخطيب"])
def test_a_byline_stays_a_byline_where_its_writer_writes_much(byline: str) -> None:
    raw = text(TITLE, byline, FIRST, SECOND)
    assert clean_text(raw, knows(byline)).authors == clean_text(raw).authors != ()


def test_a_file_of_nothing_but_shared_lines_is_no_article() -> None:
    with pytest.raises(Exception, match="no running text"):
        clean_text(text(SLOGAN, NOTICE), knows(SLOGAN, NOTICE))
