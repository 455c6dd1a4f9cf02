import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import BadInputError
from pipeline.sources.decoding import decode

ARABIC = (
    "قالت وزارة الخارجية في بيان صدر مساء اليوم إن الوفد سيصل إلى العاصمة غدا، وسيبحث مع المسؤولين ملف الحدود.\n"
    "وأضاف المتحدث أن اللقاء يأتي بعد أسابيع من المشاورات، وأن الطرفين اتفقا على جدول زمني لعودة السكان إلى قراهم.\n"
)
FRENCH = "Le président a déclaré, à l’issue du sommet, que l’été serait «décisif» pour la région. Où cela mène-t-il?\n"
TURKISH = (
    "Dışişleri Bakanlığı sözcüsü, görüşmelerin geçtiğimiz hafta başladığını ve süreceğini söyledi. Şimdilik böyle.\n"
)
RUSSIAN = "Министр заявил, что переговоры продолжатся на следующей неделе в столице, и назвал их полезными.\n"
MARKS = {"utf-8-sig", "utf-16", "utf-32"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "cp1256", "iso8859-6"]
)
def test_arabic_is_read_in_every_encoding(encoding):
    text, _ = decode(ARABIC.encode(encoding))
    assert text == ARABIC


def test_arabic_of_dos_is_read():
    text = ARABIC.replace("،", "")
    assert decode(text.encode("cp720")) == (text, "cp720")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(FRENCH, "cp1252"), (TURKISH, "cp1254"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (FRENCH, "utf-16-le")],
)
def test_other_languages_do_not_become_arabic(text, encoding):
    assert decode(text.encode(encoding))[0] == text


def test_french_amid_arabic_stays_with_it():
    mixed = ARABIC + "Français, élève, été\n"
    assert decode(mixed.encode("cp1256")) == (mixed, "cp1256")


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "nonsense"])
def test_a_lying_declaration_is_not_believed(declared):
    page = f'<html><head><meta charset="{declared}"></head><body><p>{ARABIC}</p></body></html>'
    assert decode(page.encode("cp1256")) == (page, "cp1256")


def test_a_declared_encoding_settles_a_doubt():
    page = "<meta charset=iso-8859-2><p>Rząd przyjął dziś projekt ustawy o świadczeniach, który złożył minister.</p>"
    assert decode(page.encode("iso8859-2")) == (page, "iso8859-2")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ARABIC.encode()[:200] + b"\xfe" + ARABIC.encode()[200:], "undecodable"),
        ("北京时间今天上午中国外交部发言人表示".encode("gbk") * 5, "undecodable"),
        ("Rząd przyjął dziś projekt ustawy o świadczeniach".encode("iso8859-2") * 5, "undecodable"),
        (b"\xff\xfe" + b"\x00\xd8" * 40 + b"\x41\x00" * 40, "undecodable"),
        (b"\x01\x02\x03\x04abc" * 50, "binary"),
    ],
)
def test_bytes_that_nothing_explains_are_refused(data, reason):
    with pytest.raises(BadInputError) as caught:
        decode(data)
    assert caught.value.reason == reason


def test_a_few_stray_control_characters_make_no_binary():
    text = ARABIC[:100] + "\x00" + ARABIC[100:]
    assert decode(text.encode()) == (text, "utf-8")


SENTENCES = st.lists(st.sampled_from(ARABIC.split()), min_size=60, max_size=120).map(" ".join)


@settings(max_examples=60)
@given(SENTENCES, st.sampled_from(["cp1256", "iso8859-6", "utf-16-le", "utf-16-be", "utf-8", "utf-16"]))
def test_text_of_two_hundred_letters_makes_the_round_trip(text, encoding):
    assert decode(text.encode(encoding))[0] == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_always_read_as_utf8(text):
    if text[0] != "\ufeff":
        assert decode(text.encode())[0] == text


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_decoded_or_refused_with_a_reason(data):
    try:
        text, encoding = decode(data)
    except BadInputError as error:
        assert error.reason in {"binary", "truncated", "undecodable"}
    else:
        assert text == data.decode(encoding)
