"""Random histories of a folder, night by night, against a model of a few lines that says what must be where."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ledger.files import mark_failed
from pipeline.sources.raw import article_id
from tests.integration.flow.newsroom import Newsroom, article

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(600)]

PREFIX = "histories-"
NAMES = ("a.txt", "b.txt", "c.txt", "2024/d.txt", "2024/e.txt")
GOOD = tuple(article(topic) for topic in ("إصلاح الجسر القديم", "سوق السمك الجديد", "حافلات المدارس"))
BAD = "؟؟؟"

Change = tuple[str, str, str]
"""What is done, to which file, and with which text or other name."""
changes = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from([*GOOD, BAD])),
    st.tuples(st.sampled_from(["touch", "delete", "fail"]), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
)
histories = st.lists(st.tuples(st.lists(changes, max_size=5), st.booleans()), min_size=2, max_size=5)


@dataclass(frozen=True)
class Entry:
    text: str
    good: bool
    missing: bool = False
    failed: bool = False


@dataclass
class Model:
    """What must be true after each night."""

    ledger: dict[str, Entry] = field(default_factory=dict)
    index: dict[str, str] = field(default_factory=dict)

    def night(self, files: dict[str, str], *, prune: bool) -> int:
        """Do a night over these files; return how many are unchanged."""
        done = {
            path: text
            for path, text in files.items()
            if (known := self.ledger.get(path)) is None or known.failed or known.text != text
        }
        for path, entry in self.ledger.items():
            self.ledger[path] = replace(entry, missing=path not in files)
        for path, text in done.items():
            self.ledger[path] = Entry(text, good=text != BAD)
            if text != BAD:
                self.index[path] = text
        fresh = {text for text in done.values() if text != BAD}
        for path, entry in list(self.ledger.items()):
            if entry.missing and (prune or entry.text in fresh):
                del self.ledger[path]
                self.index.pop(path, None)
        return len(files) - len(done)


def apply(room: Newsroom, change: Change, files: dict[str, str], model: Model) -> None:
    """Do a change to the folder (or the ledger) if it can be done."""
    what, name, more = change
    if what == "write":
        room.write(name, more)
        files[name] = more
    elif what == "fail" and name in model.ledger:
        mark_failed(room.client, room.names.files, reason="test", messages={article_id(f"raw/{name}"): "for a test"})
        model.ledger[name] = replace(model.ledger[name], failed=True)
    elif what == "touch" and name in files:
        room.touch(name)
    elif what == "delete" and name in files:
        (room.raw / name).unlink()
        del files[name]
    elif what == "move" and name in files and more != name:
        (room.raw / more).parent.mkdir(exist_ok=True)
        (room.raw / name).rename(room.raw / more)
        files[more] = files.pop(name)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(history=histories)
def test_every_file_ends_every_night_in_the_state_that_it_must(
    raw: Path, client: Elasticsearch, remove_indices: Callable[[str], None], history: list[tuple[list[Change], bool]]
) -> None:
    remove_indices(PREFIX)
    for folder in (raw, raw.parent / "home"):
        shutil.rmtree(folder, ignore_errors=True)
    raw.mkdir()
    room, model, files = Newsroom(raw, client, PREFIX), Model(), {}
    for name, text in zip(NAMES, GOOD, strict=False):
        apply(room, ("write", name, text), files, model)
    for done, prune in [([], False), *history]:
        for change in done:
            apply(room, change, files, model)
        client.indices.refresh(index=f"{PREFIX}*", allow_no_indices=True)
        report = room.night(prune=prune)
        unchanged = model.night(files, prune=prune)

        assert report["manifest"] == len(files)
        assert report["counts"]["unchanged"] == unchanged
        entries, articles = room.ledger(), room.articles()
        assert {
            path: (entry["state"] in ("indexed", "duplicate"), entry["state"] == "failed", bool(entry["missing_since"]))
            for path, entry in entries.items()
        } == {path: (entry.good and not entry.failed, entry.failed, entry.missing) for path, entry in
              model.ledger.items()}  # fmt: skip
        assert {path: found["source"]["sha256"] for path, found in articles.items()} == {
            path: hashlib.sha256(text.encode()).hexdigest() for path, text in model.index.items()
        }
        for path, found in articles.items():
            assert found["source"].get("missing_since") == entries[path]["missing_since"]
            if entries[path]["state"] in ("indexed", "duplicate"):
                assert found["duplicate_of"] == entries[path]["duplicate_of"]
                assert (entries[path]["state"] == "duplicate") == bool(found["duplicate_of"])
        heads = {found["duplicate_of"] for found in articles.values()} - {None}
        assert heads <= {found["id"] for found in articles.values()}, "no duplicate of what is not there"
