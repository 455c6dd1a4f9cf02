import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.language import UNDETERMINED, Language, detect


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "12/11/2023 - 14:35",
        "...!؟",
        "😀😀😀😀",
        "https://example.org/news?id=7",
        "reporter@example.org",
        "َُِّ",
        "ـــــ",
    ],
)
def test_a_text_without_letters_of_its_own_is_undetermined(text):
    assert detect(text) == Language(UNDETERMINED, 0.0)


@pytest.mark.parametrize("text", ["ok", "لا", "ар", "ههههههههههه", "hahahahaha"])
def test_two_letters_or_laughter_is_undetermined(text):
    assert detect(text) == Language(UNDETERMINED, 0.0)


@pytest.mark.parametrize("name", ["دمشق", "سوريا", "کابل", "Paris", "Barack Obama", "COVID-19"])
def test_a_name_that_several_languages_write_alike_is_never_guessed(name):
    found = detect(name)

    assert found.code == UNDETERMINED
    assert found.confidence < 0.5


@pytest.mark.parametrize("text", ["3ala fekra ana mesh 3aref 7aga", "wallah ma b3ref shu biddi e7kilak"])
def test_arabic_in_latin_letters_and_digits_is_none_of_the_latin_languages(text):
    assert detect(text).code == UNDETERMINED


def test_ordinals_and_products_are_not_taken_for_arabic_in_latin_letters():
    assert detect("The 2nd and 3rd meetings of the G20 on 5G networks").code == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("أعلنت شركة Meta Platforms عن ميزة جديدة في تطبيق Instagram Stories", "ar"),
        ("قال ترامب: «Make America Great Again» ثم غادر القاعة مسرعا", "ar"),
        ("ראש הממשלה אמר כי Artificial Intelligence היא העתיד", "he"),
        ("Глава Google Сундар Пичаи показал новые телефоны Pixel Fold и Pixel Tablet", "ru"),
    ],
)
def test_latin_names_and_quotes_do_not_change_the_language(text, language):
    assert detect(text).code == language


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ذَهَبَ الوَلَدُ إِلَى المَدْرَسَةِ صَبَاحاً", "ذهب الولد إلى المدرسة صباحا"),
        ("ســـقـــوط الطائـــرة في البحـــر", "سقوط الطائرة في البحر"),
        ("اﻟﻮﻟﺪ ﻓﻲ اﻟﻤﺪرﺳﺔ ﻣﻊ أﺧﻴﻪ", "الولد في المدرسة مع أخيه"),
    ],
)
def test_vowels_tatweel_and_presentation_forms_make_no_difference(text, plain):
    assert detect(text) == detect(plain)
    assert detect(text).code == "ar"


def test_sorani_as_written_before_unicode_had_its_letters():
    assert detect("ئه‌م هه‌واڵه‌ له‌ به‌غدا بڵاو كرایه‌وه‌").code == "ckb"
    assert detect("به‌ بۆنه‌ى ئه‌م رۆژه‌وه‌ پیرۆزبایی ده‌كه‌ین").code == "ckb"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وزير خارجه ايران در اين باره گفت كه مذاكرات ادامه دارد", "fa"),
        ("يه خبر سن كر سب لوگ بہت خوش ہوئے", "ur"),
        ("په دي هكله د پوليسو وياند وويل چي پلټنه روانه ده", "ps"),
        ("شاهدت فيلم پارادايس على نتفلكس مع چورچ وفيكتور", "ar"),
    ],
)
def test_keyboards_of_another_language(text, language):
    assert detect(text).code == language


@pytest.mark.parametrize(
    ("text", "language"),
    [("ჩემი ძმა თბილისში ცხოვრობს", "ka"), ("ወንድሜ በአዲስ አበባ ይኖራል", "am"), ("ܐܚܝ ܥܡܪ ܒܩܡܫܠܝ", "syr")],
)
def test_a_script_of_one_language_decides(text, language):
    assert detect(text).code == language


def test_confidence_grows_with_the_text():
    words = ["وقال", "الناطق", "باسم", "الوزارة", "إن", "القرار", "سيدخل", "حيز", "التنفيذ"]
    confidences = [detect(" ".join(words[:count])).confidence for count in (1, 3, 9)]

    assert confidences == sorted(confidences)
    assert confidences[-1] > 0.99


def test_a_long_text_costs_no_more_than_its_beginning():
    line = "قال الوزير إن الحكومة ستعلن الخطة الجديدة قريبا. "

    assert detect(line * 20_000) == detect(line * 100)
    assert detect("@" * 1_000_000 + "a" * 1_000_000).code == UNDETERMINED


def test_answers_are_the_same_in_every_process():
    texts = ["Neues Handy vorgestellt", "Цены на золото выросли", "قیمت طلا امروز پنجشنبه", "Paris"]
    code = f"from pipeline.enrich.language import detect; print([detect(text) for text in {texts!r}])"

    for hash_seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        ).stdout

        assert printed.strip() == str([detect(text) for text in texts])


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text):
    found = detect(text)

    assert 0 <= found.confidence <= 1
    assert (found.code == UNDETERMINED) == (found.confidence < 0.5)
    assert detect(text) == found
