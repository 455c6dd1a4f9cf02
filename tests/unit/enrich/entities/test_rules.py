import pytest

from pipeline.enrich.entities.rules import find_unseen
from pipeline.enrich.entities.tokens import tokenize


def found(text: str) -> set[tuple[str, str]]:
    tokens = tokenize(text)
    return {
        (text[tokens[span.first].start + span.offset : tokens[span.last - 1].end], span.type)
        for span in find_unseen(tokens, [])
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قالت المفتشية العامة للدولة أمس", "المفتشية العامة للدولة"),
        ("المركز الوطني للنخيل والتمور", "المركز الوطني للنخيل والتمور"),
        ("قررت اللجنة الجهوية لمجابهة الكوارث تعليق الدروس", "اللجنة الجهوية لمجابهة الكوارث"),
        ("الهيأة الوطنية للوقاية من الرشوة", "الهيأة الوطنية للوقاية من الرشوة"),
        ("عضو لجنة النزاهة النيابية", "لجنة النزاهة النيابية"),
        ("ناقشت لجنة الأمن والدفاع القانون", "لجنة الأمن والدفاع"),
        ("أوقفت خدمة المتنزهات الأميركية برنامجها", "خدمة المتنزهات الأميركية"),
        ("في مدينة الملك عبدالعزيز للعلوم والتقنية", "مدينة الملك عبدالعزيز للعلوم والتقنية"),
    ],
)
def test_institutions_are_found_by_head_and_purpose(text: str, name: str) -> None:
    assert (name, "organization") in found(text)


@pytest.mark.parametrize(
    "text",
    ["اجتمعت اللجنة العليا لبحث الأوضاع", "قال المكتب السياسي للحزب", "المركز الوطني الذي", "إدارة الرئيس الأميركي"],
)
def test_what_a_meeting_is_for_names_no_institution(text: str) -> None:
    assert not found(text)


def test_a_quarter_may_bear_any_definite_word() -> None:
    assert ("السلام", "location") in found("سقطت قذيفة على حي السلام")
    assert not found("سقطت قذيفة على مدينة السلام")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("وزير الخارجية السلوفاكي ميروسلاف لاتشاك", "ميروسلاف لاتشاك"),
        ("قال الدكتور سعد بن محمد الطخيس أمس", "سعد بن محمد الطخيس"),
        ("الشيخ عبد العزيز آل سعود", "عبد العزيز آل سعود"),
        ("اللواء أبو طلال الحموي", "أبو طلال الحموي"),
        ("حضر محمد شوقي بن إبراهيم مكي", "محمد شوقي بن إبراهيم مكي"),
    ],
)
def test_people_are_found_behind_titles_and_by_lists_of_names(text: str, person: str) -> None:
    assert (person, "person") in found(text)


@pytest.mark.parametrize("text", ["منسق مكافحة الإرهاب", "رئيس مجلس الإدارة", "على ما يبدو", "المدير بزيارة قصيرة"])
def test_what_a_title_goes_on_with_is_no_person(text: str) -> None:
    assert not [name for name, kind in found(text) if kind == "person"]


@pytest.mark.parametrize(
    ("text", "organization"),
    [
        ("أعلنت الجمعية الجغرافية السعودية", "الجمعية الجغرافية السعودية"),
        ("بالهيئة العامة للسياحة والآثار", "الهيئة العامة للسياحة والآثار"),
        ("وزارة التربية والتعليم القطرية", "وزارة التربية والتعليم القطرية"),
        ("قناة «الفجر الجديد» الفضائية", "الفجر الجديد"),
        ("مستشفى الملك خالد الجامعي", "مستشفى الملك خالد الجامعي"),
    ],
)
def test_organisations_are_found_by_head_adjectives_and_quotation(text: str, organization: str) -> None:
    assert (organization, "organization") in found(text)


@pytest.mark.parametrize("text", ["الوكالة الروسية التي أكدت", "الشركة المصرية", "اللجنة التي اجتمعت", "مجلس الإدارة"])
def test_what_is_not_one_of_a_kind_is_no_organisation(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("في بلدة الشنبليطة", "الشنبليطة"),
        ("قرية كفر شنبل", "كفر شنبل"),
        ("معبر الشنبليطة", "معبر الشنبليطة"),
        ("بمطار الملك خالد", "مطار الملك خالد"),
    ],
)
def test_places_are_found_behind_their_heads(text: str, place: str) -> None:
    assert (place, "location") in found(text)


@pytest.mark.parametrize("text", ["مدينة كبيرة", "بلدة تقع", "قرية يسكنها", "نهر من الذهب", "مدينة سورية"])
def test_plain_words_behind_a_place_head_are_no_places(text: str) -> None:
    assert not found(text)


def test_a_border_names_the_two_countries_on_it() -> None:
    assert found("على الحدود السورية- الأردنية") == {("السورية", "location"), ("الأردنية", "location")}
    assert not found("السيارة السورية الأردنية")


def test_a_head_with_one_definite_word_is_an_institution_unless_the_word_tells_nothing() -> None:
    assert ("هيئة النزاهة", "organization") in found("ضبطت هيئة النزاهة موظفا")
    assert ("هيئة تنظيم الاتصالات", "organization") in found("قالت هيئة تنظيم الاتصالات إن")
    assert not any(kind == "organization" for _, kind in found("قالت هيئة الدفاع عن المتهم وهيئة المحكمة"))


def test_a_title_is_a_family_name_right_behind_a_first_name() -> None:
    assert ("محمد الأمين", "person") in found("سجن رجل الأعمال محمد الأمين في القضية")
    assert ("محمد الأمين", "person") not in found("قال محمد الأمين العام للحزب")


def test_a_title_that_is_a_family_name_ends_a_name() -> None:
    assert ("جنى محمد السيد", "person") in found("مقتل الطفلة جنى محمد السيد أمس")
    assert ("محمد حسن", "person") in found("قال محمد حسن الوزير السابق")


def test_berber_and_compound_names_are_found_behind_a_head_of_place() -> None:
    assert ("تاغجيجت", "location") in found("وصل إلى بلدة تاغجيجت")
    assert found("في بلدة تبعد كثيرا") == set()
    assert ("عين الحديدية", "location") in found("في دائرة عين الحديدية أمس")
    assert found("خطفته جماعة أبو سياف") == set()
