from pipeline.enrich.entities.recognise import recognise


def names(body: str) -> list[str]:
    return [mention.name for mention in recognise(None, body) if mention.type == "organization"]


def test_a_form_without_the_country_is_the_institution_that_the_document_names() -> None:
    found = names("بحث البنك المركزي التونسي الوضع. وقال البنك المركزي إن التضخم تراجع.")
    assert found == ["البنك المركزي التونسي", "البنك المركزي التونسي"]


def test_of_two_countries_institutions_the_short_form_means_neither() -> None:
    found = names("اجتمع البنك المركزي المصري والبنك المركزي التونسي. وقال البنك المركزي إن التضخم تراجع.")
    assert found.count("البنك المركزي التونسي") == found.count("البنك المركزي المصري") == 1
