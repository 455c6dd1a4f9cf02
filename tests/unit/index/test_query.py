from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.query import Filters, Wanted, build, parse


def test_plain_words_stay_as_typed():
    assert parse("الولايات المتحدة") == Wanted("الولايات المتحدة")


def test_quotes_of_any_shape_make_a_phrase():
    for text in ('"الجيش الحر" سوريا', "“الجيش الحر” سوريا"):
        assert parse(text) == Wanted("سوريا", ("الجيش الحر",))


def test_a_minus_excludes_a_word_or_a_phrase():
    assert parse('درعا -الرقة -"دير الزور"') == Wanted("درعا", (), ("الرقة", "دير الزور"))


def test_a_dash_inside_or_after_a_word_excludes_nothing():
    assert parse("السورية- الأردنية كوفيد-19 - قمة") == Wanted("السورية- الأردنية كوفيد-19 قمة")


def test_an_unpaired_quote_means_nothing():
    assert parse('قال "الرئيس') == Wanted("قال الرئيس")


def test_query_syntax_is_only_text():
    assert parse("body:* AND (x OR y) [1 TO 2] /a.*/ ~2 \\") == Wanted("body:* AND (x OR y) [1 TO 2] /a.*/ ~2 \\")


def test_nothing_typed_matches_everything_that_the_filters_let_through():
    query = build(parse("  "), Filters(language="ar"))
    assert query["bool"]["must"] == [{"match_all": {}}]
    assert query["bool"]["filter"] == [{"term": {"language": "ar"}}]


def test_both_bounds_make_one_range():
    assert Filters(since="2018-01", until="2018-03").clauses() == [
        {"range": {"@timestamp": {"gte": "2018-01||/M", "lte": "2018-03||/M"}}}
    ]


@given(st.text(alphabet=st.sampled_from('اب "-a“” \n*:()'), max_size=60))
def test_no_typed_letter_is_lost_or_invented(text):
    wanted = parse(text)
    kept = " ".join((wanted.words, *wanted.phrases, *wanted.excluded))
    assert sorted(c for c in kept if c.isalpha()) == sorted(c for c in text if c.isalpha())
