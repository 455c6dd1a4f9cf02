"""Staff's everyday cases: what they type finds what they mean, on the real index."""

import pytest

from pipeline.index.client import ClusterError
from pipeline.index.search import search

pytestmark = pytest.mark.server

FOUND = [
    # typed, in the article, what differs
    ("الولايات المتحدة", "هددتْ الولاياتُ المتحدةُ باتخاذِ إجراءات", "vowels"),
    ("هَدَّدَتْ", "هددت واشنطن", "vowels in the query"),
    ("اردوغان", "قال الرئيس أردوغان", "hamza"),
    ("أردوغان", "قال الرئيس اردوغان", "hamza"),
    ("أردوجان", "قال الرئيس أردوغان", "transliteration"),
    ("مسئول", "صرح مسؤول كبير", "seat of hamza"),
    ("مدرسه", "افتتاح مدرسة", "heh for teh marbuta"),
    ("مستشفي", "قصف مستشفى", "yeh for alef maqsura"),
    ("کیان", "هذا كيان جديد", "Persian kaf and yeh"),
    ("ســـوريا", "في سوريا", "tatweel"),
    ("٢٠١٨", "عام 2018", "Arabic-Indic digits"),
    ("۲۰۱۸", "عام ٢٠١٨", "Persian digits"),
    ("1,500", "نزح ١٥٠٠ شخص", "thousands"),
    ("حكومة", "التقى بحكومة بلاده", "preposition"),
    ("بحكومة", "الحكومة الجديدة", "preposition in the query"),
    ("سوريين", "مساعدات وللسوريين نصيب", "clitics"),
    ("الولايات", "سافر للولايات", "preposition and article"),
    ("ولاية", "في الولايات كلها", "plural and radical waw"),
    ("الولايات", "في ولاية تكساس", "plural and radical waw"),
    ("قرآن", "تلاوة القرآن الكريم", "name that a stemmer would cut"),
    ("لبنان", "بين سوريا ولبنان", "name that begins like a clitic"),
    ("وزير", "قال الوزير", "radical waw"),
    ("الوزير", "قال وزير", "radical waw"),
    ("بلاد", "خارج البلاد", "radical beh"),
    ("حكومتهم", "سقطت حكومة", "pronoun"),
    ("كتاب", "قرأت كتابًا", "accusative"),
    ("مدينة", "سقطت مدن كثيرة", "broken plural"),
    ("الصواريخ", "أطلق صاروخ", "broken plural"),
    ("رؤساء", "اجتمع رئيس الوزراء", "broken plural"),
    ("روسيا", "القوات الروسية", "country and its adjective"),
    ("سوريا", "القوات السورية", "country and its adjective"),
    ("أميركا", "القوات الأمريكية", "spelling and adjective"),
    ("ألمانيا", "المستشارة الألمانية", "article that is none"),
    ("لبنان", "وصل اللبنانيون", "people of a country"),
    ("غوتيريش", "قال جوتيريس", "transliteration"),
    ("داعش", "عناصر تنظيم الدولة الإسلامية", "synonym"),
    ("تنظيم الدولة", "عناصر داعش", "synonym"),
    ("ISIS", "عناصر داعش", "synonym in Latin script"),
    ("SDF", "قالت قوات سوريا الديمقراطية", "acronym"),
    ("قسد", "قالت قوات سوريا الديمقراطية", "acronym"),
    ("pyd", "مناطق يسيطر عليها PYD في الشمال", "Latin inside Arabic"),
    ("المناخ", "وسم #قمة_المناخ_العالمية", "hashtag"),
    ("#قمة_المناخ", "انطلقت قمة المناخ", "hashtag in the query"),
    ('"إطلاق النار"', "وقفِ إطلاقِ النارِ في درعا", "phrase across vowels"),
    ('"الولايات المتحدة"', "قالت والولايات المتحدة معها", "phrase with a clitic"),
    ("رحمن", "بسم الله الرحمٰن", "dagger alef"),
    ("اللاجئين", "عودة ﺍﻟﻼﺟﺌﻴﻦ", "presentation forms"),
    ("attack", "Two attacks were reported", "English plural"),
    ("attaque", "Les attaques de l'armée", "French plural"),
    ("армия", "в рядах армии", "Russian case"),
    ("Istanbul", "İstanbul'da deprem", "Turkish letters and suffix"),
    ("کتاب", "کتاب‌های تازه", "Persian plural with a zero-width non-joiner"),
]

APART = [
    ("السودان", "لونها سود"),
    ("لبنان", "كوب لبن"),
    ("عمان", "قال عم الضحية"),
    ("الله", "قال له"),
    ("سلطان", "نقل السلطة"),
    ("سلمان", "يحب السلم"),
    ("البحرين", "على ساحل البحر"),
    ("شعبان", "إرادة الشعب"),
    ("درعا", "لبس الدرع"),
    ("ماكرون", "رجل ماكر"),
    ('"النار إطلاق"', "وقف إطلاق النار"),
    ("دمشق -درعا", "بين دمشق ودرعا"),
    ('"دير الزور" -"إطلاق النار"', "وقف إطلاق النار في دير الزور"),
]


@pytest.fixture(scope="module")
def index(fill, make_article):
    found = [make_article(f"found-{n}", body) for n, (_, body, _) in enumerate(FOUND)]
    return fill(*found, *(make_article(f"apart-{n}", body) for n, (_, body) in enumerate(APART)))


def ids(client, index, text, **filters):
    return [hit.id for hit in search(client, text, index=index, size=100, **filters).hits]


@pytest.mark.parametrize("number", range(len(FOUND)), ids=[f"{why}: {typed}" for typed, _, why in FOUND])
def test_it_is_found(client, index, number):
    results = search(client, FOUND[number][0], index=index, size=100)
    assert f"found-{number}" in [hit.id for hit in results.hits]
    assert not results.loose


@pytest.mark.parametrize("number", range(len(APART)), ids=[typed for typed, _ in APART])
def test_it_is_kept_apart(client, index, number):
    assert f"apart-{number}" not in ids(client, index, APART[number][0])


@pytest.mark.parametrize("number", range(len(FOUND)), ids=[f"{why}: {typed}" for typed, _, why in FOUND])
def test_a_bare_kibana_query_finds_it_too(client, index, number):
    query = {"query_string": {"query": FOUND[number][0].replace("#", "")}}
    hits = client.search(index=index, query=query, size=100)["hits"]["hits"]
    assert f"found-{number}" in [hit["_id"] for hit in hits]


@pytest.mark.parametrize("typed", ["السودان", "لبنان", "عمان", "الله", "سلطان", "درعا", "البحرين"])
def test_a_bare_kibana_query_keeps_names_apart(client, index, typed):
    number = [query for query, _ in APART].index(typed)
    hits = client.search(index=index, query={"query_string": {"query": typed}}, size=100)["hits"]["hits"]
    assert f"apart-{number}" not in [hit["_id"] for hit in hits]


@pytest.mark.parametrize(
    "text", ['a" OR (b', "body:*", "[1 TO", "/x", "\\", "-", '"', "~2^", "متى؟", "AND OR NOT", "*"]
)
def test_no_typed_character_is_an_error(client, index, text):
    search(client, text, index=index)


def test_nothing_typed_finds_everything(client, index):
    assert search(client, "", index=index).total == len(FOUND) + len(APART)


def test_a_near_spelling_is_a_second_try_and_says_so(client, fill, make_article):
    index = fill(make_article("near", "زار المبعوث ستولتنبرغ العاصمة"))
    results = search(client, "شتولتنبرغ", index=index)
    assert results.loose
    assert [hit.id for hit in results.hits] == ["near"]
    assert ("ستولتنبرغ", True) in results.hits[0].fragments[0]


def test_the_seeds_answer_staff(client, fill, make_article, seeds):
    index = fill(*(make_article(name, text, outlet="seeds") for name, text in seeds.items()))
    for typed, name in (
        ("اردوغان", "003_ec656254168b930e.txt"),
        ("هايلي", "001_bfaaa4213409cee9.txt"),
        ("انتهاكات سورية", "000_30b83d02244914f7.txt"),
        ('"دير الزور" الغنامة', "004_74dcb96717c844b5.txt"),
        ("سبوتنيك كونيكو", "002_398f31dbc2a75417.txt"),
    ):
        assert ids(client, index, typed, outlet="seeds")[0] == name, typed


def test_filters_take_part_of_a_name_and_whole_days(client, fill, make_article):
    index = fill(
        make_article(
            "filtered",
            "زلزال",
            outlet="عنب بلدي",
            entities={"persons": ["أنطونيو غوتيريش"], "locations": ["دير الزور"], "organizations": ["الأمم المتحدة"]},
            **{"@timestamp": "2019-03-31T23:30:00"},
        )
    )
    for filters in (
        {"outlet": "عنب بلدي"},
        {"person": "غوتيريش"},
        {"place": "الزور"},
        {"organization": "الأمم المتحدة"},
        {"language": "ar", "since": "2019-03", "until": "2019-03"},
        {"until": "2019-03-31", "since": "2019-03-31"},
    ):
        assert ids(client, index, "زلزال", **filters) == ["filtered"], filters
    for filters in ({"person": "بوتين"}, {"until": "2019-03-30"}, {"since": "2019-04"}, {"language": "fa"}):
        assert ids(client, index, "زلزال", **filters) == [], filters
    facets = search(client, "زلزال", index=index).facets
    assert facets["person"] == [("أنطونيو غوتيريش", 1)]
    assert facets["outlet"] == [("عنب بلدي", 1)]


def test_an_unreadable_date_is_explained(client, index):
    with pytest.raises(ClusterError, match="failed to parse date"):
        search(client, "سوريا", index=index, since="last week")


def test_near_duplicates_are_shown_once(client, fill, make_article):
    index = fill(
        make_article("first", "فيضان في القرية الشرقية"),
        make_article("copy", "فيضان في القرية الشرقية", duplicate_of="first"),
    )
    hits = search(client, "فيضان", index=index).hits
    assert [(hit.id, len(hit.copies)) for hit in hits] in ([("first", 1)], [("copy", 1)])
    assert len(search(client, "فيضان", index=index, collapse=False).hits) == 2


def test_titles_weigh_more_and_newer_may_come_first(client, fill, make_article):
    index = fill(
        *(make_article(f"titled-{number}", "نص آخر", title="عنوان آخر") for number in range(300)),
        make_article("in-body", "مباحثات عن إعصار وشيك", **{"@timestamp": "2026-01-01"}),
        make_article("in-title", "مباحثات عن أمر وشيك", title="إعصار", **{"@timestamp": "2001-01-01"}),
    )
    assert ids(client, index, "إعصار") == ["in-title", "in-body"]
    assert ids(client, index, "إعصار", recent_first=True) == ["in-body", "in-title"]


def test_highlights_mark_the_words_as_written(client, fill, make_article):
    index = fill(make_article("marked", "اشتعلت الحرائقُ في غابةٍ قربَ البلدة. وأُخمدَ الحريقُ ليلًا.", title="حرائق الغابات"))
    hit = search(client, "حريق في الغابة", index=index).hits[0]
    assert hit.title_fragment == (("حرائق", True), (" ", False), ("الغابات", True))
    assert [text for text, marked in hit.fragments[0] if marked] == ["الحرائقُ", "غابةٍ", "الحريقُ"], (
        "stop words stay plain"
    )
