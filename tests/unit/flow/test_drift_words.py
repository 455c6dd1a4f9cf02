from pipeline.flow.drift import Change
from pipeline.flow.drift_words import sentences


def test_a_warning_names_the_source_what_changed_and_where_to_look() -> None:
    (dried_up,) = sentences("daraa24", [Change("volume", "", 1200, 0)])
    assert dried_up.startswith(
        "daraa24: no articles, fewer than usual on this weekday, 1,200 → 0; see whether its feed"
    )
    (quarantined,) = sentences("daraa24", [Change("quarantine", "", 0.02, 0.31)])
    assert "2% → 31%" in quarantined
    assert "`fihrist files --source daraa24 --state quarantined`" in quarantined


def test_languages_and_kinds_of_boilerplate_share_a_sentence_each() -> None:
    found = sentences(
        "raw",
        [
            Change("language", "ar", 0.9, 0.5),
            Change("language", "en", 0.1, 0.5),
            Change("boilerplate", "share", 0.8, 0),
        ],
    )
    assert len(found) == 2
    assert "ar 90% → 50%, en 10% → 50%" in found[0]
    assert "articles with share 80% → 0%" in found[1]


def test_every_change_has_its_words() -> None:
    for what in ("volume", "origin", "words", "quarantine", "title", "date", "language", "boilerplate"):
        assert " → " in sentences("raw", [Change(what, "x", 1, 2)])[0]
