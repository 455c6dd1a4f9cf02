from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.dates import find_date, find_dates, is_dateline


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("الثلاثاء، 16 أكتوبر 2018 07:05 م", "2018-10-16T19:05"),
        ("نُشر في: الأحد ٧ يناير ٢٠١٨ - ٠٩:٤٥ ص", "2018-01-07T09:45"),
        ("12:15 صباحاً 2010/04/26", "2010-04-26T00:15"),
        ("26-04-2010 الساعة 7 مساءً", "2010-04-26T19:00"),
        ("نشر: 25/4/2010 الساعة .GMT+2 ) 01:12 a.m )", "2010-04-25T01:12+02:00"),
        ("الإثنين، 05 آب/أغسطس 2019 16:42 بتوقيت غرينتش", "2019-08-05T16:42+00:00"),
        ("الخميس 14 تشرين أول 2010م", "2010-10-14"),
        ("الجمعة 9 كانون الثاني 2015", "2015-01-09"),
        ("الجمعة 5 جويلية 2019", "2019-07-05"),
        ("١٢ غشت 2019", "2019-08-12"),
        ("الاثنين 4 شتنبر 2017", "2017-09-04"),
        ("3 دجمبر 2012", "2012-12-03"),
        ("17 الفاتح 2008", "2008-09-17"),
        ("5 تموز (يوليو) 2016", "2016-07-05"),
        ("16سبتمبر 2010م", "2010-09-16"),
        ("\u200f12\u200f/05\u200f/2010", "2010-05-12"),
        ("06 ذو القعدة 1431 هـ", "2010-10-14"),
        ("سه\u200cشنبه ۲۴ مهر ۱۳۹۷ ساعت ۱۹:۰۵", "2018-10-16T19:05"),
        ("۱۳۹۷/۰۷/۲۴", "2018-10-16"),
        ("30 اسفند 1399", "2021-03-20"),
        ("سێشەممە ١٦ی تشرینی یەکەمی ٢٠١٨", "2018-10-16"),
        ("منگل 16 اکتوبر 2018", "2018-10-16"),
        ("16-ئۆكتەبىر 2018", "2018-10-16"),
        ("5 جولاءِ 2019", "2019-07-05"),
        ("16 Ekim 2018 Salı 19:05", "2018-10-16T19:05"),
        ("Publié le 1er janvier 2019 à 8h30", "2019-01-01T08:30"),
        ("06:31 AM, May 4, 2018", "2018-05-04T06:31"),
        ("2018-10-16T19:05:33+0300", "2018-10-16T19:05+03:00"),
        ("10/25/2018", "2018-10-25"),
        ("25/12/1409 هـ", "1989-07-28"),
        ("25/12/1409", "2031-03-16"),
        ("تاريخ النشر:16.10.2018 | 15:30 GMT |", "2018-10-16T15:30+00:00"),
        ("Tue, 16 Oct 2018 19:05:00 +0300", "2018-10-16T19:05+03:00"),
        ("Tuesday 16 October 2018 19.05 BST", "2018-10-16T19:05"),
        ("16/10/18 19:05", "2018-10-16T19:05"),
        ("16 ت1 2018", "2018-10-16"),
        ("الثلاثاء - 6 صفر 1440 هـ - 16 أكتوبر 2018 مـ رقم العدد [14567]", "2018-10-16"),
        ("في أيلول 2014", "2014-09"),
    ],
)
def test_a_date_is_read_in_any_month_system(line, iso):
    assert find_date(line).iso == iso


@pytest.mark.parametrize(
    "line",
    [
        "انتخابات 2010",
        "31/02/2010",
        "فاز 16/10/18",
        "الهاتف 02-22333-444",
        "نتيجة 3-2",
        "الساعة 10:30",
        "شارع 15 رمضان",
        "لعب 12 ناصر",
        "",
    ],
)
def test_what_is_no_date_is_left_alone(line):
    assert find_date(line) is None


@pytest.mark.parametrize(
    "line", ["منذ 3 ساعات", "قبل يومين", "آخر تحديث: قبل 5 دقائق", "3 hours ago", "il y a 2 jours"]
)
def test_a_relative_time_is_never_a_date(line):
    span = find_date(line)
    assert span.relative
    assert span.iso is None
    assert span.whole


def test_the_gregorian_date_wins_over_the_hijri_one_beside_it():
    spans = find_dates("الأثنين 12 جماد الأولى 1431هـ - 26 ابريل2010م - العدد 15281")
    assert [span.calendar for span in spans] == ["hijri", "gregorian"]
    assert find_date("الأثنين 12 جماد الأولى 1431هـ - 26 ابريل2010م - العدد 15281").calendar == "gregorian"


def test_a_date_without_a_year_says_so():
    span = find_date("وفي بيان نشر اليوم، الثلاثاء 9 كانون الثاني، أكدت الخارجية")
    assert (span.year, span.month, span.day, span.weekday, span.today, span.iso) == (None, 1, 9, 1, True, None)


def test_published_wins_over_updated():
    assert find_date("آخر تحديث 6 مايو 2019 10:00 - نشر 5 مايو 2019").iso == "2019-05-05"


def test_the_span_covers_the_date_as_written():
    line = "ن\u064fشر: ٢٠١٨/١٠/١٦\u200f مساء"
    span = find_date(line)
    assert line[span.start : span.end] == "٢٠١٨/١٠/١٦"


@pytest.mark.parametrize(
    "line",
    [
        "نشر: 25/4/2010 الساعة GMT+2 01:12 a.m",
        "الأحد، 13 يونيو 2010 - 07:53",
        "آخر تحديث 13 يونيو 2010",
        "الخميس، 25 نوفمبر 2010 - 18:19 القاهرة",
        "سياسة | الثلاثاء 16 أكتوبر 2018",
        "منذ ساعتين",
    ],
)
def test_a_line_of_nothing_but_a_date_is_a_dateline(line):
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "أحداث 11 سبتمبر 2001",
        "ثورة 25 يناير",
        "مباريات الثلاثاء 16 أكتوبر 2018",
        "قتل ثلاثة أشخاص في 5 مايو 2018 قرب حلب",
    ],
)
def test_a_headline_with_a_date_is_no_dateline(line):
    assert not is_dateline(line)


@given(st.text(alphabet="0123456789٠١٢٣/:-–. ،مصهـTZ+يناركوTabil\u200f\n", max_size=80))
def test_any_line_is_read_without_a_fault(line):
    for span in find_dates(line):
        assert 0 <= span.start < span.end <= len(line)
        assert span.relative or span.precision is not None


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(line):
    find_dates(line)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day):
    assert find_date(f"{day.day}/{day.month}/{day.year}").iso == day.isoformat()
    assert find_date(day.isoformat()).iso == day.isoformat()
