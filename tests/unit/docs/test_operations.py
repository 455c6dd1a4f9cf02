"""The runbook keeps up with the code: reasons, commands, links."""

import ast
import re
from collections.abc import Iterator

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.flow.load import OUR_FAULTS
from pipeline.settings import PROJECT_ROOT, Settings

RUNBOOK = PROJECT_ROOT / "docs" / "operations.md"
TEXT = RUNBOOK.read_text(encoding="utf-8")
NOT_IN_THE_LEDGER = {"not-a-file"}
"""Of `fihrist extract`, which tells the user at once."""


def reasons_in_code() -> Iterator[str]:
    """The literal reasons of files that are not taken, as the sources and steps give them."""
    for file in (PROJECT_ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            if name == "BadInputError":
                reason = node.args[0]
                assert isinstance(reason, ast.Constant), f"{file}: a reason that no test can read"
                yield str(reason.value)
            if name in ("FileOutcome", "mark_failed"):
                yield from (
                    str(keyword.value.value)
                    for keyword in node.keywords
                    if keyword.arg == "reason" and isinstance(keyword.value, ast.Constant)
                )


def test_every_reason_has_its_meaning_and_cure_in_the_runbook() -> None:
    reasons = {*reasons_in_code(), *OUR_FAULTS} - NOT_IN_THE_LEDGER
    assert {"empty", "no-article", "unfinished", "rolled-back"} <= reasons, "the search itself finds them"
    assert {reason for reason in reasons if f"`{reason}`" not in TEXT} == set()


def test_the_runbook_has_no_reason_that_does_not_exist() -> None:
    table = re.findall(r"^\| clean \| `([\w-]+)` \|", TEXT, flags=re.MULTILINE)
    assert set(table) <= set(reasons_in_code())


@pytest.mark.parametrize("command", sorted(set(re.findall(r"fihrist ((?:[a-z]+ ?)+)(?=[-`\s])", TEXT))))
def test_every_command_in_the_runbook_exists(command: str) -> None:
    names = command.split()
    group = get_command(app)
    while names and hasattr(group, "commands"):
        assert names[0] in group.commands, f"fihrist {command}"
        group = group.commands[names.pop(0)]


def test_every_option_in_the_runbook_exists() -> None:
    found = re.findall(r"fihrist (run|runs|files|retry|security setup)((?: --[a-z-]+(?: [^-\s`]+)?)+)", TEXT)
    assert len(found) >= 6
    for command, options in found:
        shown = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200"}).output
        for option in re.findall(r"--[a-z-]+", options):
            assert option in shown, f"fihrist {command} {option}"


def test_every_setting_in_the_runbook_exists() -> None:
    for name in set(re.findall(r"FIHRIST_([A-Z_]+)", TEXT)):
        assert name.lower() in Settings.model_fields, name


def test_every_link_in_the_runbook_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", TEXT, flags=re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        path, _, anchor = target.partition("#")
        assert not path or (RUNBOOK.parent / path).exists(), target
        assert path or anchor in headings, target
