import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.templates import MAPPINGS, render_template

LISTS = {"mappings", "stopwords", "rules", "synonyms", "keywords"}


def fields(mapping, path=""):
    for name, field in mapping.get("properties", {}).items():
        yield f"{path}{name}", field
        yield from fields(field, f"{path}{name}.")


@pytest.mark.parametrize("name", ["articles", "ingest-files", "ingest-runs"])
def test_every_mapping_is_strict(name):
    assert render_template(name)["mappings"]["dynamic"] == "strict"


def test_files_are_put_in_as_lists_without_comments():
    analysis = render_template()["settings"]["analysis"]
    assert not [key for component in analysis["filter"].values() for key in component if key.endswith("_path")]
    for component in (*analysis["filter"].values(), *analysis["char_filter"].values()):
        for key in LISTS & component.keys():
            if isinstance(component[key], list):
                assert component[key]
                assert not [line for line in component[key] if line.startswith("#")]


def test_the_template_can_be_sent_as_json():
    assert json.loads(json.dumps(render_template())) == render_template()


def test_every_analyzer_and_component_that_is_named_is_defined():
    body = render_template()
    analysis = body["settings"]["analysis"]
    used = {
        field[key] for _, field in fields(body["mappings"]) for key in ("analyzer", "search_analyzer") if key in field
    }
    assert used <= analysis["analyzer"].keys()
    stock = {"lowercase", "decimal_digit", "arabic_normalization", "reverse", "remove_duplicates"}
    for analyzer in analysis["analyzer"].values():
        assert set(analyzer["char_filter"]) <= analysis["char_filter"].keys()
        assert set(analyzer["filter"]) <= analysis["filter"].keys() | stock


def test_no_component_is_left_unused():
    analysis = render_template()["settings"]["analysis"]
    analyzers = analysis["analyzer"].values()
    assert analysis["char_filter"].keys() <= {name for analyzer in analyzers for name in analyzer["char_filter"]}
    assert analysis["filter"].keys() <= {name for analyzer in analyzers for name in analyzer["filter"]}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        (
            "suffixes",
            "(?:ي[هنوا]?[نت]?)?ي?ا|(?:يه|ي)(?:ين|ون|ات|ان)?|ا?ت(?:ه|ها|هم|هما|هن|نا|كم|ي)|هم|هما|هن|كم|نا|وا",
        ),
        ("endings", "ه?(?:ين|ون|ات|ان|ها)|ه"),
    ],
)
@given(word=st.text("ابتهكموني", max_size=12))
def test_a_pattern_for_reversed_words_cuts_the_longest_ending_that_leaves_three_letters(name, rule, word):
    pattern = render_template()["settings"]["analysis"]["filter"][name]["pattern"]
    cut = re.sub(pattern, "", word[::-1], count=1)[::-1]
    assert cut == re.sub(f"(?<=...)(?:{rule})$", "", word, count=1)


def test_stop_words_go_before_arabic_normalization_which_would_hide_them():
    for name, analyzer in render_template()["settings"]["analysis"]["analyzer"].items():
        if "arabic_stop" in analyzer["filter"]:
            assert analyzer["filter"].index("arabic_stop") < analyzer["filter"].index("arabic_normalization"), name


def test_a_bare_query_searches_fields_that_exist():
    body = render_template()
    mapping = dict(fields(body["mappings"]))
    for name in body["settings"]["index"]["query"]["default_field"]:
        field, _, subfield = name.rpartition(".")
        assert name in mapping or subfield in mapping[field]["fields"]


def rules(name):
    lines = (MAPPINGS / "analysis" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_override_rules_are_written_as_the_filter_sees_words():
    for line in rules("known_words.txt"):
        assert re.fullmatch(r"[ء-ي]+(, [ء-ي]+)* => [ء-ي]+\*?", line), line
        assert not re.search("[أإآىةؤئ]", line), line


def test_no_word_has_two_rules():
    words = [word for line in rules("known_words.txt") for word in line.split(" => ")[0].split(", ")]
    assert sorted(words) == sorted(set(words))


def test_synonyms_of_a_line_begin_with_different_words():
    for line in rules("synonyms.txt"):
        first = [entry.split()[0].removeprefix("ال") for entry in line.split(", ")]
        assert len(first) == len(set(first)) >= 2, line


def test_the_fingerprint_follows_the_analysis(monkeypatch, tmp_path):
    before = render_template()["mappings"]["_meta"]["analysis"]
    copy = tmp_path / "mappings"
    for file in MAPPINGS.rglob("*.*"):
        target = copy / file.relative_to(MAPPINGS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    monkeypatch.setattr("pipeline.index.templates.MAPPINGS", copy)
    assert render_template()["mappings"]["_meta"]["analysis"] == before
    with (copy / "analysis" / "synonyms.txt").open("a", encoding="utf-8") as synonyms:
        synonyms.write("واحد, 1\n")
    assert render_template()["mappings"]["_meta"]["analysis"] != before
