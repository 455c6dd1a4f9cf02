"""Alerts: a failed run, and drift, told by whichever of Airflow's notifiers the setting ``FIHRIST_NOTIFY`` names.

A notifier of any provider will do. Its arguments may be templates, as everywhere in Airflow, in which ``fihrist`` is
the :class:`Alert`; where it takes a subject or a text and is given none, it gets ours.
"""

import importlib
import inspect
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.flow.rendering import html, plain
from pipeline.flow.steps import published
from pipeline.settings import Notifier, settings

log = logging.getLogger(__name__)

_SUBJECT, _TEXT = "{{ fihrist.subject }}", "{{ fihrist.text }}"
DEFAULTS = {
    "subject": _SUBJECT, "title": _SUBJECT, "summary": _SUBJECT,
    "html_content": "{{ fihrist.html }}",
    "text": _TEXT, "message": _TEXT, "body": _TEXT, "content": _TEXT, "message_body": _TEXT,
}  # fmt: skip
"""What the notifiers of Airflow's providers call their subject and their text. Always templates, never the text itself,
which holds names of files and would be taken for a template."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told of a run."""

    subject: str
    """One line."""
    text: str
    """A few lines, for chats: what is wrong, the counts, where to look."""
    html: str
    """The same and the whole report, for mail."""


def tell(context: dict[str, Any], *, failed: bool) -> None:
    """Tell of the run that a task belongs to, if there is something to tell; nothing that goes wrong here is raised.

    Args:
        context: Airflow's context of the task, as its callbacks get it.
        failed: whether the task has failed.
    """
    if not settings().notify:
        return
    try:
        alert = alert_of(context, failed=failed)
    except Exception:
        log.exception("no alert could be made of this run")
        return
    if alert:
        send(alert, context)


def send(alert: Alert, context: dict[str, Any]) -> int:
    """Send an alert by all configured notifiers; return how many failed, which the log explains."""
    failed = 0
    for configured in settings().notify:
        try:
            _notifier(configured)({**context, "fihrist": alert})
            log.info("told by %s: %s", configured.notifier, alert.subject)
        except Exception:  # a mail server that is away must not hide what it should have told, nor stop the next one
            failed += 1
            log.exception("%s could not tell: %s", configured.notifier, alert.subject)
    return failed


def alert_of(context: Mapping[str, Any], *, failed: bool) -> Alert | None:
    """Return what to tell of a run: its failure, or what is unlike the nights before; None: all is well."""
    run_id = str(context["run_id"])
    url = str(context["ti"].log_url).partition("/tasks/")[0]
    report = published(run_id)
    if not failed and not (report and report[0]["drift"]):
        return None
    name = f"{context['ti'].dag_id} {run_id}"
    problem = [f"The run failed: {context.get('exception') or 'its report was killed'}"] if failed else []
    if report is None:
        return _alert(f"{name} failed before its first batch", problem, url, "")
    run, text = report
    changed = ", ".join(dict.fromkeys(change["what"] for change in run["drift"]))
    subject = f"{name} failed" if failed else f"{run['source']} is not as usual ({changed})"
    counts = ", ".join(f"{count:,} {state}" for state, count in run["counts"].items() if count)
    facts = [*problem, *run["warnings"], f"{run['manifest']:,} files: {counts or 'none'}"]
    return _alert(subject, facts, url, text)


def _alert(subject: str, facts: list[str], url: str, report: str) -> Alert:
    lines = "\n".join(f"- {plain(fact)}" for fact in facts)
    head = f"{lines}\n\n[The run in Airflow]({url}) · what to do: docs/operations.md\n"
    return Alert(
        subject=" ".join(f"Fihrist: {subject}".split())[:200],
        text="\n".join([*(f"- {fact}" for fact in facts), url]),
        html=html(f"{head}\n{report}"),
    )


def _notifier(configured: Notifier) -> Callable[[dict[str, Any]], None]:
    module, _, name = configured.notifier.rpartition(".")
    notifier = getattr(importlib.import_module(module), name)
    taken = inspect.signature(notifier).parameters
    made: Callable[[dict[str, Any]], None] = notifier(
        **{**{name: text for name, text in DEFAULTS.items() if name in taken}, **configured.arguments}
    )
    return made
