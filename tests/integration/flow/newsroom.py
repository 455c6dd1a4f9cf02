"""A newsroom whose nights are run step by step, as the DAG does, on the real server."""

import os
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.flow import steps
from pipeline.index.names import IndexNames

MOMENT = 1_714_557_600
"""An old date, so that no file is taken for one that is still being written."""


def article(topic: str) -> str:
    """An invented article about a topic, unlike those about others."""
    return (
        f"{topic} في صدارة اهتمامات المجلس البلدي\n"
        f"ناقش المجلس البلدي مساء أمس ملف {topic}، واستمع إلى شكاوى السكان في الأحياء القريبة.\n"
        f"وقال رئيس البلدية إن قرارا بشأن {topic} يصدر قبل نهاية الشهر."
    )


def run_steps(run_id: str, path: Path, **asked: Any) -> dict[str, Any]:
    """Do all steps of a run in their order; return its report."""
    batches = steps.survey(steps.discover(run_id, {"path": str(path), "source": "raw", **asked}), run_id)
    for batch in batches:
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    return steps.report(run_id, "news_nightly")


class Newsroom:
    """A folder of raw files, its nights, and what index and ledger hold of it."""

    def __init__(self, raw: Path, client: Elasticsearch, prefix: str) -> None:
        self.raw, self.client, self.names = raw, client, IndexNames(prefix)
        self.nights = 0
        self.clock = MOMENT

    def write(self, name: str, text: str) -> None:
        """Write a file; each write has a time of its own."""
        file = self.raw / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.touch(name)

    def touch(self, name: str) -> None:
        self.clock += 60
        os.utime(self.raw / name, (self.clock, self.clock))

    def night(self, **asked: Any) -> dict[str, Any]:
        """Run a night; its states must add up to its manifest."""
        self.nights += 1
        report = run_steps(f"night-{self.nights}", self.raw, **asked)
        assert sum(report["counts"].values()) == report["manifest"]
        return report

    def articles(self) -> dict[str, dict[str, Any]]:
        """The articles by path."""
        return {hit["source"]["path"]: hit for hit in self._all(self.names.articles)}

    def ledger(self) -> dict[str, dict[str, Any]]:
        """The ledger's entries by path."""
        return {hit["path"]: hit for hit in self._all(self.names.files)}

    def states(self) -> dict[str, str]:
        """State by path; those that are gone in brackets."""
        return {
            path: f"({entry['state']})" if entry["missing_since"] else entry["state"]
            for path, entry in self.ledger().items()
        }

    def _all(self, index: str) -> list[dict[str, Any]]:
        self.client.indices.refresh(index=index)
        return [hit["_source"] for hit in self.client.search(index=index, size=1000)["hits"]["hits"]]
