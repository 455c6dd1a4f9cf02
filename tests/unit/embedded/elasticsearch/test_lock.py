import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.lock import locked
from pipeline.errors import FihristError

HOLDER = """
import sys
from pathlib import Path
from pipeline.embedded.elasticsearch.lock import locked
with locked(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_process_waits_until_the_first_is_dead(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    first.stdout.readline()
    events: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        with locked(file, waiting.set):
            events.append("second has it")

    thread = threading.Thread(target=second)
    thread.start()
    assert waiting.wait(10), "it did not tell that it waits"
    assert events == []
    first.kill()
    thread.join(10)
    assert events == ["second has it"]
    first.wait()


def test_free_lock_is_taken_without_waiting(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "lock", lambda: pytest.fail("nobody has it")):
            pass


def test_lock_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(FihristError, match="set FIHRIST_HOME"), locked(tmp_path / "missing/lock", lambda: None):
        pytest.fail("there is no such folder")
