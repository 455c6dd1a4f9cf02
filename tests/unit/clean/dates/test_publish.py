from pipeline.clean.dates import Candidate, choose_published

HEADER = Candidate("الخميس، 25 نوفمبر 2010 - 18:19 القاهرة", "header")


def test_the_articles_dateline_wins_over_the_pages_date():
    found = choose_published([HEADER, Candidate("الإثنين، 5 أبريل 2010 - 00:25", "title")])
    assert (found.published_at, found.precision, found.inferred, found.index) == (
        "2010-04-05T00:25",
        "minute",
        False,
        1,
    )
    assert found.reason == "the article's dateline"


def test_publication_wins_over_the_last_update():
    lines = [Candidate("آخر تحديث: 7 مايو 2019", "title"), Candidate("نشر: 5 مايو 2019", "title")]
    assert choose_published(lines).published_at == "2019-05-05"


def test_what_says_that_it_was_published_wins_over_a_bare_date():
    lines = [Candidate("الخميس 14 تشرين أول 2010م", "label"), Candidate("نشر: 25/4/2010 الساعة 01:12 a.m", "label")]
    assert choose_published(lines).published_at == "2010-04-25T01:12"


def test_of_equal_datelines_the_earliest_day_and_its_time_count():
    lines = [Candidate("6 مايو 2019", "title"), Candidate("5 مايو 2019", "title"), Candidate("5-5-2019 10:30", "title")]
    assert choose_published(lines).published_at == "2019-05-05T10:30"


def test_a_labelled_dateline_below_the_article_counts():
    lines = [Candidate("الخميس 14 تشرين أول 2010م", "header"), Candidate("نشر: 25/4/2010 الساعة 01:12 a.m", "end")]
    assert choose_published(lines).published_at == "2010-04-25T01:12"


def test_the_year_of_today_follows_from_its_weekday_and_a_caption():
    lines = [
        Candidate("الدرباسية على الحدود - 1 أيار 2017 - (عنب بلدي)", "caption"),
        Candidate("وفي بيان نشرته الوكالة اليوم، الثلاثاء 9 كانون الثاني، أكدت الخارجية", "lead"),
        Candidate("أعلن بدء حملته في سوريا، في أيلول 2014.", "body"),
    ]
    found = choose_published(lines)
    assert (found.published_at, found.precision, found.inferred) == ("2018-01-09", "day", True)
    assert "weekday" in found.reason


def test_without_other_dates_the_year_stays_unknown():
    assert choose_published([Candidate("أعلنت الوزارة اليوم، الثلاثاء 9 كانون الثاني، أن", "lead")]) is None


def test_an_agencys_dateline_dates_the_article():
    found = choose_published([Candidate("الدوحة في 05 يناير 2019 /قنا/ أعلن المكتب", "lead")])
    assert found.published_at == "2019-01-05"


def test_dates_that_the_article_is_about_are_not_its_own():
    lines = [
        Candidate("وقعت الهجمات في 11 سبتمبر 2001 في نيويورك", "lead"),
        Candidate("صورة من 5 مايو 2003", "caption"),
        Candidate("منذ 3 ساعات", "title"),
    ]
    assert choose_published(lines) is None


def test_a_date_within_the_headline_is_not_the_articles_own():
    assert choose_published([Candidate("ذكرى أحداث 11 سبتمبر 2001 في نيويورك", "title")]) is None
    found = choose_published([Candidate("أحمد عرفة - 16 أكتوبر 2018", "title")])
    assert found.published_at == "2018-10-16"


def test_the_pages_date_counts_where_nothing_else_is_stated():
    line = Candidate("الأثنين 12 جماد الأولى 1431هـ - 26 ابريل2010م - العدد 15281", "header")
    assert choose_published([line]).published_at == "2010-04-26"


def test_a_page_header_with_a_clock_is_the_time_of_saving():
    assert choose_published([HEADER]) is None


def test_a_page_header_later_than_a_comment_is_the_day_of_saving():
    lines = [Candidate("الخميس 25 نوفمبر 2010", "header"), Candidate("2010/05/07 03:17 صباحاً", "comment")]
    assert choose_published(lines) is None


def test_the_date_in_the_address_wins_over_the_pages_date():
    lines = [Candidate("الخميس 25 نوفمبر 2010", "header"), Candidate("http://paper.example/2010/05/07/a1.html", "url")]
    assert choose_published(lines).published_at == "2010-05-07"
