import pytest

from pipeline.enrich.entities.context import judge
from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.enrich.entities.tokens import tokenize


def certain(text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text)
    spans = [spans[0] for match in gazetteer().find(tokens) if (spans := judge(match, tokens))]
    return [
        (text[tokens[span.first].start + span.offset : tokens[span.last - 1].end], span.name)
        for span in spans
        if span.certain
    ]


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("نظام الأسد", "الأسد", "بشار الأسد"),
        ("عناصر القاعدة الإرهابية", "القاعدة", "تنظيم القاعدة"),
        ("مراسل الجزيرة", "الجزيرة", "الجزيرة"),
        ("مدينة كان", "كان", "كان"),
    ],
)
def test_a_word_beside_a_weak_name_speaks_for_it(text: str, written: str, name: str) -> None:
    assert (written, name) in certain(text)


@pytest.mark.parametrize("text", ["كان الجو جميلا", "القاعدة الأولى", "في إطار العمل", "في الدورة الماضية", "الجزيرة"])
def test_a_weak_name_alone_is_not_believed(text: str) -> None:
    assert certain(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("مدينة حلب", "حلب"),
        ("مكة المكرمة", "مكة"),
        ("الملك عبد الله الثاني", "عبد الله الثاني"),
        ("حركة حماس", "حماس"),
        ("وكالة «رويترز»", "رويترز"),
        ("ريال مدريد الإسباني", "ريال مدريد"),
        ("تنظيم القاعدة", "تنظيم القاعدة"),
        ("الولايات المتحدة الأمريكية", "الولايات المتحدة الأمريكية"),
    ],
)
def test_what_only_says_what_or_whose_it_is_stays_outside(text: str, written: str) -> None:
    assert [found for found, _ in certain(text)] == [written]


def test_a_countrys_name_may_be_an_adjective() -> None:
    assert certain("الحكومة السعودية") == []
    assert certain("امرأة سورية") == []
    assert certain("إلى سورية") == [("سورية", "سوريا")]


@pytest.mark.parametrize("text", ["عادت إلى مسقط رأسها", "من حماة الديار", "حاول النيل من خصمه"])
def test_a_name_is_a_plain_word_in_a_set_phrase(text: str) -> None:
    assert certain(text) == []


def test_a_place_before_any_other_word_stays_one() -> None:
    assert certain("سافر إلى مسقط ورأس الخيمة")[0] == ("مسقط", "مسقط")


def test_a_pronoun_ends_no_place_in_a_text_that_writes_its_feminine_endings() -> None:
    careful = "إصابة بليغة خطيرة في حادثة قديمة"
    assert certain(f"{careful} في قفصه الصدري") == []
    assert certain("اصيب في قفصه") == [("قفصه", "قفصة")]
    assert ("قفصه", "قفصة") in certain(f"{careful} في قفصة ثم قفصه")
