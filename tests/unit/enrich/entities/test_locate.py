from pipeline.enrich.entities.locate import locate
from pipeline.enrich.entities.recognise import recognise


def test_places_give_points_and_countries_once_each() -> None:
    points, countries = locate(recognise(None, "من دمشق إلى حلب ثم دمشق، وزار الوفد باريس."))
    assert len(points) == 3
    assert countries == ("SY", "FR")
    latitude, longitude = points[0]
    assert (round(latitude, 1), round(longitude, 1)) == (33.5, 36.3)


def test_organisations_and_people_have_no_place() -> None:
    assert locate(recognise(None, "قال أنطونيو غوتيريش إن الأمم المتحدة قلقة.")) == ((), ())


def test_of_places_with_one_name_the_documents_country_decides() -> None:
    lebanese, _ = locate(recognise(None, "في طرابلس شمال لبنان، وفي بيروت وصيدا."))
    libyan, _ = locate(recognise(None, "في طرابلس عاصمة ليبيا، وفي بنغازي ومصراتة."))
    assert any(34 < latitude < 35 and 35 < longitude < 36 for latitude, longitude in lebanese)
    assert any(32 < latitude < 33.5 and 13 < longitude < 14 for latitude, longitude in libyan)
