from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrich.entities.recognise import recognise
from pipeline.enrich.mention import Mention


def names(body: str, kind: str | None = None, title: str | None = None) -> list[str]:
    return [mention.name for mention in recognise(title, body) if kind in (None, mention.type)]


def texts(body: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.type) for mention in recognise(None, body)]


SAMPLE = (
    "قال الرئيس السوري بشار الأسد في مدينة درعا وللأمم المتحدة والعراق وزارة الخارجية الأمريكية «الدولة» حزب "
    "أحمد محمود بن علي أبو بكر ( ) PKK لبنان. الحدود السورية - الأردنية السفير جيمس فلان ، \n ـ"
)
WORDS = st.sampled_from(SAMPLE.split(" "))


@settings(max_examples=200, deadline=None)  # The first call loads all knowledge.
@given(st.lists(WORDS, max_size=40).map(" ".join), st.one_of(st.none(), st.lists(WORDS, max_size=8).map(" ".join)))
def test_every_mention_stands_where_it_says_and_none_overlaps(body: str, title: str | None) -> None:
    fields = {"title": title or "", "body": body}
    last: dict[str, Mention] = {}
    for mention in recognise(title, body):
        assert fields[mention.field][mention.start : mention.end] == mention.text != ""
        assert mention.name
        before = last.get(mention.field)
        assert before is None or before.end <= mention.start
        last[mention.field] = mention


@given(st.text(max_size=80))
def test_any_text_can_be_read(body: str) -> None:
    for mention in recognise(None, body):
        assert body[mention.start : mention.end] == mention.text


def test_a_surname_joins_the_full_name_of_the_document() -> None:
    found = names("التقى الوزير كريم البصراوي وفدا من الأهالي. وأضاف البصراوي أن العمل مستمر.", "person")
    assert found == ["كريم البصراوي", "كريم البصراوي"]


def test_a_surname_spelt_otherwise_joins_too() -> None:
    body = "استقبل السفير ناثان سالز الوفد. وقال سيلز إن الحوار مفيد."
    assert set(names(body, "person")) == {"ناثان سالز"}


def test_the_documents_own_namesake_goes_before_the_famous_one() -> None:
    body = "وصل عالم الآثار هاني ترامب إلى المتحف. وقال ترامب إن القطعة نادرة."
    assert set(names(body, "person")) == {"هاني ترامب"}


def test_a_lion_is_no_president() -> None:
    assert names("يعيش الأسد في الغابة ويصطاد فرائسه ليلا.", "person") == []
    assert names("انسحبت قوات الأسد من البلدة.", "person") == ["بشار الأسد"]


def test_clitics_stay_outside_the_mention() -> None:
    assert ("لبنان", "location") in texts("وصل الوفد إلى سوريا ولبنان.")
    assert ("أمم المتحدة", "organization") in texts("الأمين العام للأمم المتحدة.")


def test_a_nationality_is_no_entity() -> None:
    assert names("وصل مسؤول أمريكي مع صحفي تركي وطبيبة لبنانية.") == []
    assert names("توترا أمريكيًا روسيًا") == []


def test_a_nationality_completes_a_states_institution() -> None:
    assert names("أعلنت وزارة الخارجية التركية ذلك") == ["وزارة الخارجية التركية"]
    assert names("نفت الخارجية الاميركية الخبر") == ["وزارة الخارجية الأمريكية"]


def test_an_institution_without_country_joins_the_only_one_of_its_kind() -> None:
    body = "أعلنت وزارة الصحة العراقية النتائج. وأضافت وزارة الصحة أن العدد ارتفع."
    assert set(names(body, "organization")) == {"وزارة الصحة العراقية"}


def test_the_adjective_saudi_is_not_the_country() -> None:
    assert names("رحبت الحكومة السعودية بالقرار") == []
    assert names("وصل الوفد إلى السعودية") == ["السعودية"]


def test_an_acronym_in_brackets_joins_what_it_abbreviates() -> None:
    for acronym in ("NGTA", "نغتا"):
        body = f"قالت الجمعية النغمية التونسية ({acronym}) إنها ستعمل. وأضافت {acronym} أنها جاهزة."
        assert names(body, "organization") == ["الجمعية النغمية التونسية"] * 3


def test_a_head_of_place_finds_the_unseen_village() -> None:
    assert ("الشنبليطة", "location") in texts("قصفت الطائرات بلدة الشنبليطة أمس.")


def test_names_across_line_ends_are_found() -> None:
    assert names("التقى الوفد في الولايات\nالمتحدة") == ["الولايات المتحدة"]


def test_places_that_share_a_name_follow_the_documents_country() -> None:
    lebanon = recognise(None, "وقعت اشتباكات في طرابلس شمال لبنان بحسب الجيش اللبناني.")
    assert any(mention.name == "طرابلس" for mention in lebanon)


def test_title_and_body_are_read_as_one_document() -> None:
    mentions = recognise("ترامب يصل إلى لندن", "وصل الرئيس الأمريكي دونالد ترامب إلى لندن.")
    assert {mention.name for mention in mentions if mention.type == "person"} == {"دونالد ترامب"}
    assert {mention.field for mention in mentions} == {"title", "body"}


def test_a_country_that_is_also_a_plain_word_needs_its_context_each_time() -> None:
    body = "وصل الوفد إلى مالي، والوضع مالي صعب."
    assert [(mention.text, mention.start) for mention in recognise(None, body)] == [("مالي", 14)]


def test_a_shorter_form_of_a_full_name_joins_it() -> None:
    body = "قال الرئيس التنفيذي طلال إبراهيم القضيبي ذلك. وختم طلال القضيبي كلمته."
    assert set(names(body, "person")) == {"طلال إبراهيم القضيبي"}


def test_an_unknown_name_in_two_spellings_is_one() -> None:
    body = "أعلن المعهد الوطني للاحصاء في تونس الأرقام.\nوأضاف المعهد الوطني للإحصاء أن الأسعار ارتفعت."
    assert set(names(body, "organization")) == {"المعهد الوطني للإحصاء"}


def test_a_name_found_whole_once_is_found_everywhere() -> None:
    body = "قال شقيق المفقود ماهر العماري إنه بحث طويلا.\nولا يجيد السباحة عكس ماهر العماري."
    assert texts(body) == [("ماهر العماري", "person")] * 2


def test_a_union_is_known_by_the_country_of_its_members() -> None:
    assert ("الاتحاد العام لطلبة تونس", "organization") in texts("وأعلن الاتحاد العام لطلبة تونس رفضه القرار.")


def test_a_long_name_that_is_not_meant_leaves_the_short_one() -> None:
    assert ("الإمارات", "location") in texts("أعلنت كل من السعودية والبحرين والإمارات اليوم عن تخصيص خطوط.")
    assert ("الإمارات اليوم", "organization") in texts("قالت صحيفة الإمارات اليوم إن الخطوط ساخنة.")


def test_a_court_takes_in_its_town_and_an_office_its_province() -> None:
    assert ("محكمة الاستئناف بالقنيطرة", "organization") in texts("نظرت محكمة الاستئناف بالقنيطرة في الملف")
    assert ("المحكمة الابتدائية بتونس", "organization") in texts("نظرت المحكمة الابتدائية بتونس في الملف")
    assert ("محكمة الاستئناف", "organization") in texts("نظرت محكمة الاستئناف في القنيطرة في الملف")
    assert ("مديرية صحة ريف دمشق", "organization") in texts("أفادت مديرية صحة ريف دمشق بأن")
    assert ("دائرة صحة كربلاء", "organization") in texts("زار وفد دائرة صحة كربلاء أمس")
    assert ("كربلاء", "location") in texts("زار وفد دائرة كربلاء أمس")


def test_what_an_institution_is_for_makes_it_one_of_its_kind() -> None:
    assert ("مركز القدس للدراسات السياسية", "organization") in texts("قال مدير مركز القدس للدراسات السياسية إن")
    assert ("غرفة تجارة وصناعة الكويت", "organization") in texts("وقعت غرفة تجارة وصناعة الكويت اتفاقا")


def test_a_place_behind_its_head_is_no_organisation() -> None:
    assert ("أولاد شلبي", "location") in texts("العملية الأمنية في حي أولاد شلبي بسيدي بوزيد")


def test_a_stretched_line_inside_a_name_breaks_nothing() -> None:
    assert isinstance(recognise(None, "ـ بشار ـ بن قال"), tuple)
