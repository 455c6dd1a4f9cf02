import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.errors import FihristError
from pipeline.settings import PROJECT_ROOT

SEEDS = sorted((PROJECT_ROOT / "seeds").glob("*.txt"))
runner = CliRunner()


def test_extract_prints_one_document_a_line_in_the_order_given() -> None:
    given = [str(file) for file in reversed(SEEDS)]
    result = runner.invoke(app, ["extract", *given])
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [document["source"]["path"] for document in documents] == [Path(file).name for file in given]
    assert {document["source"]["uri"] for document in documents} == {f"seeds/{file.name}" for file in SEEDS}


def test_extract_names_a_bad_file_goes_on_with_the_others_and_exits_with_1(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = runner.invoke(app, ["extract", str(empty), str(SEEDS[0])])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "empty.txt" in result.stderr
    assert "(empty)" in result.stderr


def test_extract_refuses_folders_and_missing_files_but_not_the_rest(tmp_path: Path) -> None:
    result = runner.invoke(app, ["extract", str(tmp_path), str(tmp_path / "missing.txt"), str(SEEDS[0])])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "is a folder; give the files in it" in " ".join(result.stderr.split())
    assert "does not exist" in " ".join(result.stderr.split())


def test_a_mistyped_folder_is_told_before_any_server_starts(tmp_path: Path) -> None:
    result = runner.invoke(app, ["run", str(tmp_path / "missing")])
    assert isinstance(result.exception, FihristError)
    assert "does not exist; give an existing folder" in str(result.exception)


def test_inspect_shows_what_goes_and_why() -> None:
    result = runner.invoke(app, ["inspect", str(SEEDS[4])])
    assert result.exit_code == 0
    assert "donation" in result.stdout
    assert "2018-01-09" in result.stdout


def test_entities_gives_offsets_into_each_line() -> None:
    lines = ["زار أنطونيو غوتيريش دمشق", "", "no names here"]
    result = runner.invoke(app, ["entities", "-"], input="\n".join(lines) + "\n")
    answers = [json.loads(line)["mentions"] for line in result.stdout.splitlines()]
    assert len(answers) == len(lines)
    assert ("أنطونيو غوتيريش", "person") in {(mention["text"], mention["type"]) for mention in answers[0]}
    for line, mentions in zip(lines, answers, strict=True):
        for mention in mentions:
            assert set(mention) == {"text", "type", "name", "wikidata", "start", "end"}
            assert line[mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("أعلنت الوزارة اليوم افتتاح المعرض في العاصمة", "ar"),
        ("The ministry opened the exhibition today", "en"),
        ("", "und"),
    ],
)
def test_language_answers_every_line(line: str, code: str) -> None:
    result = runner.invoke(app, ["language"], input=line + "\n")
    assert json.loads(result.stdout)["language"] == code


def test_every_command_has_help_with_an_example() -> None:
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        result = runner.invoke(app, [name, "--help"])
        assert result.exit_code == 0
        assert "Example: " in result.stdout, name
