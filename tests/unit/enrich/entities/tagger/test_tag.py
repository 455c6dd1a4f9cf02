from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrich.entities.recognise import find_known
from pipeline.enrich.entities.tagger.tag import tagger
from pipeline.enrich.entities.tokens import tokenize


def named(text):
    tokens = tokenize(text)
    found = tagger().tag(tokens, find_known(tokens))
    return {(" ".join(token.text for token in tokens[span.first : span.last]), span.type) for span in found.spans}


UNSEEN = [
    ("وقال المتحدث باسم الوزارة سليم القرواشي إن الزيارة تأجلت.", "سليم القرواشي"),
    ("التقى وزير الخارجية البلغاري نيكولاي ملادينوف نظيره في صوفيا.", "نيكولاي ملادينوف"),
    ("وسجل هدف الفوز المهاجم البرازيلي ويندسون دا كوستا.", "ويندسون دا كوستا"),
    ("وأكد رئيس الوفد خالد الزبيدي أن المفاوضات ستستأنف.", "خالد الزبيدي"),
    ("وأضاف المحامي ناصر بن غيث أن موكله بريء.", "ناصر بن غيث"),
    ("قالت الممثلة هيلينا كريستنسن إنها سعيدة بالفيلم.", "هيلينا كريستنسن"),
    ("سلم المدير التنفيذي للشركة جيف إيملت الجائزة للفائزين.", "جيف إيملت"),
    ("وصف السفير يوهان فربيكه اللقاء بأنه مثمر.", "يوهان فربيكه"),
]


def test_most_people_that_no_list_has_are_found_by_what_stands_around_them():
    missed = [name for text, name in UNSEEN if (name, "person") not in named(text)]
    assert len(missed) < len(UNSEEN) / 2, missed


def test_a_text_without_names_has_none():
    assert named("ارتفعت درجات الحرارة أمس ارتفاعا طفيفا، ومن المتوقع أن تنخفض غدا.") == set()


def test_no_text_has_no_names():
    assert named("") == set()


def test_a_lead_is_given_for_each_known_span():
    tokens = tokenize("زار الوزير باريس ثم عاد إلى القاهرة.")
    known = find_known(tokens)
    assert len(tagger().tag(tokens, known).leads) == len(known) == 2


def test_a_dot_behind_an_initial_ends_no_sentence():
    assert ("هشام ل", "person") not in named("قال هشام ل. العلمي إن الأمر انتهى.")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ابتسمنلوي ةأىءَـ.،!؟«»\n0a", max_size=80))
def test_any_text_gives_spans_in_order_that_never_overlap(text):
    tokens = tokenize(text)
    spans = tagger().tag(tokens, find_known(tokens)).spans
    borders = [border for span in spans for border in (span.first, span.last)]
    assert borders == sorted(borders)
    assert all(0 <= span.first < span.last <= len(tokens) for span in spans)


def test_the_same_text_gives_the_same_names_whatever_was_read_before():
    text = "وقال المتحدث باسم الوزارة سليم القرواشي إن الزيارة تأجلت."
    before = named(text)
    named("سجل المهاجم البرازيلي ويندسون دا كوستا هدفا في ريو دي جانيرو.")
    assert named(text) == before


def test_texts_that_are_tagged_together_do_not_see_each_other():
    read = [(tokens, find_known(tokens)) for text, _ in UNSEEN for tokens in [tokenize(text)]]
    assert tagger().tag_all(read) == [tagger().tag(tokens, known) for tokens, known in read]


def test_tagging_no_texts_says_nothing():
    assert tagger().tag_all([]) == []
