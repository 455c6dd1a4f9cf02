from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from pipeline.embedded.elasticsearch import memory
from pipeline.embedded.elasticsearch.memory import check_memory, free_megabytes, megabytes
from pipeline.errors import FihristError


def machine(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(memory, "free_megabytes", lambda: free)


@pytest.mark.parametrize(("heap", "expected"), [("512m", 512), ("1g", 1024), ("31g", 31744)])
def test_sizes_are_read_as_java_writes_them(heap: str, expected: int) -> None:
    assert megabytes(heap) == expected


def test_heap_that_fits_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, 1424)
    check_memory("1g")


def test_heap_that_does_not_fit_names_one_that_would(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, 1423)
    with pytest.raises(FihristError, match="needs 1424 MB free, and there are 1423 MB: set FIHRIST_ES_HEAP=1023m"):
        check_memory("1g")


def test_no_heap_is_proposed_where_none_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, 500)
    with pytest.raises(FihristError, match="there are 500 MB: end other programs") as caught:
        check_memory("1g")
    assert "FIHRIST_ES_HEAP" not in str(caught.value)


def test_heap_too_small_for_the_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, 10_000)
    with pytest.raises(FihristError, match="can't start with a heap of 64m: set FIHRIST_ES_HEAP to 256m or more"):
        check_memory("64m")


@pytest.mark.parametrize(
    ("limit", "used", "expected"),
    [("1073741824", "104857600", 924), ("max", "104857600", 8192), ("99999999999999", "0", 8192), (None, None, 8192)],
    ids=["limited", "unlimited", "limit above the machine", "no container"],
)
def test_container_limit_counts_where_it_is_lower(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str | None, used: str | None, expected: int
) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=8192 << 20))
    if limit and used:
        (tmp_path / "memory.max").write_text(limit + "\n")
        (tmp_path / "memory.current").write_text(used + "\n")
    assert free_megabytes(tmp_path) == expected
