"""Alerts, sent by Airflow's own notifiers to a real SMTP server on this machine."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from types import SimpleNamespace

import pytest
from upath import UPath

from pipeline.errors import NeedsPersonError
from pipeline.flow.alerts import alert_of, tell
from pipeline.flow.manifest import Request, Task, freeze, run_folder
from pipeline.flow.publish import write_report
from pipeline.flow.report import make_report
from pipeline.flow.steps import RunFailedError
from pipeline.settings import settings
from pipeline.sources.raw import ListedFile

SMTP = "airflow.providers.smtp.notifications.smtp.SmtpNotifier"
MAIL = {"notifier": SMTP, "arguments": {"to": "ops@example.org", "from_email": "fihrist@example.org"}}
CONTEXT = {
    "run_id": "night",
    "ti": SimpleNamespace(
        dag_id="news_nightly", log_url="http://airflow.example.org/dags/news_nightly/runs/night/tasks/report"
    ),
}


@pytest.fixture
def mails(mail_server, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What the server took in this test."""
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", mail_server.connection)
    mail_server.mails.clear()
    return mail_server.mails


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[object]:
    def configure(*notifiers: dict) -> None:
        monkeypatch.setenv("FIHRIST_HOME", str(tmp_path))
        monkeypatch.setenv("FIHRIST_NOTIFY", json.dumps(notifiers))
        settings.cache_clear()

    yield configure
    settings.cache_clear()


def leave_report(name: str = "a.txt", *, drift: bool = False) -> None:
    """A run of one file whose batch did not finish."""
    folder = run_folder(settings().artefacts_root, "night")
    file = ListedFile("raw", name, f"/raw/{name}", 10, datetime(2024, 5, 1, tzinfo=UTC))
    manifest = freeze(
        UPath(folder),
        Request("night", "/raw"),
        started_at=datetime.now(UTC),
        source="raw",
        todo=[Task(file)],
        unchanged=[],
    )
    document = make_report(folder, manifest).document("news_nightly")
    if drift:
        document["drift"] = [{"what": "volume", "name": "", "usual": 100, "now": 0}]
        document["warnings"] = ["raw: no articles, fewer than usual on this weekday, 100 → 0"]
    write_report(folder, document)


def test_a_failed_run_is_mailed_with_its_reasons_counts_and_a_link_to_airflow(
    mails: list[Message], mail_server, configure
) -> None:
    configure(MAIL)
    leave_report()
    tell({**CONTEXT, "exception": RunFailedError("1 of 1 files failed")}, failed=True)
    (mail,) = mails
    assert (mail["to"], mail["from"]) == ("ops@example.org", "fihrist@example.org")
    assert mail["subject"] == "Fihrist: news_nightly night failed"
    for said in (
        "The run failed: 1 of 1 files failed",
        "batch-0001 did not finish; clear what is red with downstream. It was stopped or killed",
        "1 failed",
        'href="http://airflow.example.org/dags/news_nightly/runs/night"',
        "<td>batch/unfinished</td>",
    ):
        assert said in mail_server.html()


def test_drift_of_a_green_run_is_mailed(mails: list[Message], mail_server, configure) -> None:
    configure(MAIL)
    leave_report(drift=True)
    tell(CONTEXT, failed=False)
    assert mails[0]["subject"] == "Fihrist: raw is not as usual (volume)"
    assert "raw: no articles, fewer than usual on this weekday, 100 → 0" in mail_server.html()


def test_a_green_run_that_is_as_usual_is_no_mail(mails: list[Message], mail_server, configure) -> None:
    configure(MAIL)
    leave_report()
    tell(CONTEXT, failed=False)
    assert mails == []


def test_a_run_that_failed_before_its_report_is_told_too(mails: list[Message], mail_server, configure) -> None:
    configure(MAIL)
    tell({**CONTEXT, "exception": RunFailedError("there is no manifest")}, failed=True)
    assert "The run failed: there is no manifest" in mail_server.html()


def test_a_notifier_that_fails_raises_nothing_and_does_not_stop_the_next(
    mails: list[Message], mail_server, configure, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = {"notifier": SMTP, "arguments": {**MAIL["arguments"], "smtp_conn_id": "no_such_connection"}}
    missing = {"notifier": "airflow.providers.nowhere.Notifier", "arguments": {}}
    configure(nowhere, missing, MAIL)
    leave_report()
    tell({**CONTEXT, "exception": RunFailedError("a file failed")}, failed=True)
    assert len(mails) == 1
    assert "SmtpNotifier could not tell: Fihrist: news_nightly night failed" in caplog.text
    assert "airflow.providers.nowhere.Notifier could not tell" in caplog.text


def test_names_of_files_are_neither_templates_nor_markup(mails: list[Message], mail_server, configure) -> None:
    configure(MAIL)
    leave_report("{{ 7 * 7 }}<script>alert(1)</script>|x\ny.txt", drift=True)
    tell({**CONTEXT, "exception": RunFailedError("{{ 6 * 7 }} <b>\nfailed")}, failed=True)
    assert "{{ 6 * 7 }}" in mail_server.html()
    assert "<b>" not in mail_server.html()
    assert "<script>" not in mail_server.html()


def test_arguments_may_be_templates_of_ones_own(mails: list[Message], mail_server, configure) -> None:
    arguments = {**MAIL["arguments"], "subject": "{{ ti.dag_id }}!", "html_content": "<pre>{{ fihrist.text }}</pre>"}
    configure({"notifier": SMTP, "arguments": arguments})
    leave_report()
    tell({**CONTEXT, "exception": RunFailedError("x")}, failed=True)
    assert mails[0]["subject"] == "news_nightly!"
    assert mail_server.html().startswith("<pre>- The run failed: x\n")


def test_without_notifiers_nothing_is_told(mails: list[Message], mail_server, configure) -> None:
    configure()
    tell({**CONTEXT, "exception": RunFailedError("x")}, failed=True)
    assert mails == []


def test_a_report_that_was_killed_says_so(configure) -> None:
    configure(MAIL)
    alert = alert_of({**CONTEXT, "exception": None}, failed=True)
    assert alert is not None
    assert "its report was killed" in alert.text


@pytest.mark.parametrize("value", ["smtp", '{"notifier": "x.Y"}', '[{"notifier": "x"}]', '[{"class": "x.Y"}]'])
def test_a_setting_that_names_no_notifiers_is_refused_by_name(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIHRIST_NOTIFY", value)
    settings.cache_clear()
    with pytest.raises(NeedsPersonError, match="FIHRIST_NOTIFY"):
        settings()
    settings.cache_clear()


def test_an_empty_setting_names_no_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIHRIST_NOTIFY", "")
    settings.cache_clear()
    assert settings().notify == ()
    settings.cache_clear()
