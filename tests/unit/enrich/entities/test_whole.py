"""Known names that are only a part of another name, through the whole of recognition."""

from pipeline.enrich.entities.recognise import recognise


def names(body: str) -> list[tuple[str, str, str]]:
    return [(mention.text, mention.type, mention.name) for mention in recognise(None, body)]


def test_a_known_person_behind_a_first_name_is_somebody_else() -> None:
    assert names("التقى بافل جلال طالباني وفدا") == [("بافل جلال طالباني", "person", "بافل جلال طالباني")]


def test_a_people_s_adjective_makes_a_party_another_one() -> None:
    ((text, kind, name),) = names("قال الحزب الديمقراطي الصربي إنه يرفض")
    assert (text, kind, name) == ("الحزب الديمقراطي الصربي", "organization", "الحزب الديمقراطي الصربي")


def test_kurdistan_is_found_in_both_spellings() -> None:
    assert names("الحزب الديمقراطي الكوردستاني")[0][2] == "الحزب الديمقراطي الكردستاني"


def test_two_known_people_side_by_side_are_two() -> None:
    found = names("عين الرئيس الفرنسي إيمانويل ماكرون ميشال بارنييه رئيسا للحكومة")
    assert [name for _, _, name in found] == ["إيمانويل ماكرون", "ميشال بارنييه"]
    found = names("عين الرئيس قيس سعيد كمال المدوري رئيسا للحكومة")
    assert [name for _, _, name in found] == ["قيس سعيد", "كمال المدوري"]


def test_a_club_keeps_its_words_before_its_coach() -> None:
    found = names("قال مدرب نهضة بركان معين الشعباني إن فريقه استحق الفوز")
    assert [text for text, _, _ in found] == ["نهضة بركان", "معين الشعباني"]


def test_a_small_latin_word_is_no_acronym_but_a_lower_case_one_in_arabic_is() -> None:
    assert "الأمم المتحدة" not in [name for _, _, name in names("Il a lu un communiqué et un rapport")]
    assert names("سيطرت قوات pyd على البلدة")[0][1] == "organization"


def test_a_person_named_in_full_is_joined_by_surname_though_no_list_has_it() -> None:
    found = names("قال الناطق باسم الحكومة شادي الزعيتري اليوم. وأضاف الزعيتري أن الوضع صعب.")
    assert [name for _, _, name in found] == ["شادي الزعيتري", "شادي الزعيتري"]


def test_a_name_over_a_line_end_is_one() -> None:
    assert ("بشار\nالأسد", "person", "بشار الأسد") in names("وقال الرئيس السوري بشار\nالأسد إن بلاده ترفض")


def test_a_clitic_set_off_by_a_stretched_line_is_no_part_of_a_name() -> None:
    texts = [text for text, _, _ in names("خلفا لـكيليم دي تامبيلا")]
    assert texts == [] or not texts[0].startswith("ل")


def test_a_hospital_takes_in_the_person_whom_it_is_named_after() -> None:
    found = names("نقل الجرحى إلى مستشفى عبد الحميد كرامي في طرابلس")
    assert ("مستشفى عبد الحميد كرامي", "organization", "مستشفى عبد الحميد كرامي") in found


def test_a_court_takes_in_its_kind_and_its_town() -> None:
    assert names("قضت محكمة جنايات المنصورة بالسجن")[0][:2] == ("محكمة جنايات المنصورة", "organization")
    assert names("حكمت محكمة في إسطنبول بالسجن") == [("إسطنبول", "location", "إسطنبول")]


def test_known_names_are_found_in_latin_letters_with_their_capitals_only() -> None:
    found = names("Le président Abdelmadjid Tebboune a reçu à Alger un ministre venu de France et publié un communiqué")
    assert [name for _, _, name in found] == ["عبد المجيد تبون", "الجزائر العاصمة", "فرنسا"]
    assert [text for text, _, _ in names("Turkey exports turkey")] == ["Turkey"]


def test_a_person_set_off_by_commas_behind_an_office_is_found() -> None:
    found = names("قال الوكيل العام للملك بالدار البيضاء، نجيم بنسامي، إن التحقيق مستمر")
    assert [text for text, _, _ in found] == ["الدار البيضاء", "نجيم بنسامي"]


def test_a_title_that_is_a_first_name_in_mauritania_belongs_to_the_name() -> None:
    found = names("قال عمدة بلدية تفرغ زينة الطالب ولد المحجوب إن الأشغال ستنتهي")
    assert [text for text, _, _ in found] == ["تفرغ زينة", "الطالب ولد المحجوب"]


def test_a_court_of_two_adjectives_and_one_of_a_quarter_are_found_whole() -> None:
    assert names("قضت المحكمة الجنائية المركزية بإعدام ثلاثة")[0][0] == "المحكمة الجنائية المركزية"
    assert names("أجلت محكمة جنح مدينة نصر الجلسة")[0][0] == "محكمة جنح مدينة نصر"
