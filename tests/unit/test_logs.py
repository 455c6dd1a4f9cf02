import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from upath import UPath

from pipeline.flow.batch import clean_batch, enrich_batch
from pipeline.flow.discover import discover
from pipeline.flow.manifest import Request
from pipeline.flow.survey import survey
from pipeline.logs import about

TEXT = "ناقش المجلس البلدي مساء أمس ملف إصلاح الجسر القديم، واستمع إلى شكاوى السكان في الأحياء القريبة."


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged at INFO, as Airflow's formatter writes it: JSON, one object a line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.contextvars.merge_contextvars],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logger = logging.getLogger("pipeline")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


def events(lines: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_run_batch_and_file_are_fields_of_every_line(tmp_path: Path, lines: io.StringIO) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "bad.txt").write_text("؟؟؟", encoding="utf-8")
    folder, manifest = discover(
        Request("night", str(raw)), str(tmp_path / "runs"), lambda files: {}, lambda files: None
    )
    with about(run="night", batch="batch-0001"):
        clean_batch(folder / manifest.batches[0])
    quarantined, summary = events(lines)[-2:]
    assert (quarantined["run"], quarantined["batch"], quarantined["file"]) == ("night", "batch-0001", "raw/bad.txt")
    assert quarantined["event"].startswith("quarantined: no-letters")
    assert (summary["run"], summary["batch"]) == ("night", "batch-0001")
    assert "file" not in summary


def test_what_is_unknown_is_no_field(lines: io.StringIO) -> None:
    with about(run="night", batch=None):
        logging.getLogger("pipeline.test").info("begun")
    assert events(lines) == [{"event": "begun", "run": "night"}]


def test_no_text_of_an_article_is_logged_at_info(tmp_path: Path, lines: io.StringIO) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("a", "b", "c"):
        (raw / f"{name}.txt").write_text(f"الخبر {name}\n{TEXT}\nشارك هذا الموضوع: فيسبوك تويتر", encoding="utf-8")
    folder, manifest = discover(
        Request("night", str(raw)), str(tmp_path / "runs"), lambda files: {}, lambda files: None
    )
    survey(folder, manifest)
    batch: UPath = folder / manifest.batches[0]
    enrich_batch(clean_batch(batch), "night")
    assert len(events(lines)) >= 4
    assert not any(word in lines.getvalue() for word in TEXT.split() if len(word) > 4)
