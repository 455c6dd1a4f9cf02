import pytest

from pipeline.clean.names import are_names, is_name, split_names


@pytest.mark.parametrize(
    "text", ["أحمد عرفة", "د. هند الشمري", "عبد الله بن سالم", "أبو بكر حسن", "Turki Al Otaibi", "Karim Aït Saïd"]
)
def test_names_are_known_by_their_given_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["معتز إينو لاعب الأهلي", "مصر تفوز", "أخبار عاجلة", "محمد", "خالد خلال المؤتمر", "the new house"]
)
def test_captions_and_headlines_are_no_names(text: str) -> None:
    assert not is_name(text)


def test_the_and_written_onto_a_name_parts_names_but_not_a_name_that_begins_with_it() -> None:
    assert split_names("نادية سعد الدين ويوسف الشايب") == ("نادية سعد الدين", "يوسف الشايب")
    assert split_names("ريم عبد الحميد وإنجى مجدى ورباب فتحى") == ("ريم عبد الحميد", "إنجى مجدى", "رباب فتحى")
    assert split_names("محمد وليد حسن") == ("محمد وليد حسن",)


def test_a_list_with_something_else_in_it_is_no_list_of_names() -> None:
    assert are_names("أحمد عرفة، سوق الجملة") == ()


def test_an_initial_with_its_dot_and_a_surname_is_a_name_but_a_title_is_not_an_initial() -> None:
    assert is_name("ع. تڨمونت")
    assert not is_name("د. البيئة")
    assert not is_name("ب تحليل")
