import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from pipeline.embedded.elasticsearch.process import die_with_parent, end, find, interruptible, run_or_kill

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)", "a-mark-of-ours"]


@pytest.fixture
def sleeper() -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(SLEEPER)
    yield process
    process.kill()
    process.wait()


def test_process_is_found_by_number_and_mark(sleeper: "subprocess.Popen[bytes]") -> None:
    found = find(sleeper.pid, "a-mark-of-ours")
    assert found is not None and found.pid == sleeper.pid


def test_number_that_went_to_another_program_is_not_ours(sleeper: "subprocess.Popen[bytes]") -> None:
    assert find(sleeper.pid, "mark of something else") is None
    end(sleeper.pid, "mark of something else", seconds=1)
    assert sleeper.poll() is None, "it was hit all the same"


def test_zombie_does_not_live(sleeper: "subprocess.Popen[bytes]") -> None:
    os.kill(sleeper.pid, signal.SIGKILL)
    while psutil.Process(sleeper.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    assert find(sleeper.pid, "a-mark-of-ours") is None


def test_process_that_ignores_being_asked_is_killed(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    code = (
        "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"pathlib.Path({str(ready)!r}).touch(); time.sleep(600)"
    )
    stubborn = subprocess.Popen([sys.executable, "-c", code, "a-mark-of-ours"])
    while not ready.exists():
        time.sleep(0.01)
    end(stubborn.pid, "a-mark-of-ours", seconds=0.2)
    assert not lives(stubborn.pid)
    stubborn.wait()


def test_exit_code_is_returned() -> None:
    assert run_or_kill([sys.executable, "-c", "raise SystemExit(3)"], print) == 3


def test_who_waits_is_told_how_long() -> None:
    told: list[float] = []
    assert run_or_kill(["sleep", "0.5"], told.append, every=0.1) == 0
    assert len(told) >= 2
    assert told == sorted(told)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_interruption_kills_the_command_with_its_children(tmp_path: Path, number: signal.Signals) -> None:
    pids = tmp_path / "pids"
    script = f"sleep 600 & echo $! > {pids}.part; echo $$ >> {pids}.part; mv {pids}.part {pids}; wait"
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pipeline.embedded.elasticsearch.process import run_or_kill\n"
        f"run_or_kill(['sh', '-c', {script!r}], print)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    while not pids.exists():
        time.sleep(0.02)
    owner.send_signal(number)
    assert owner.wait(10) != 0
    deadline = time.monotonic() + 5
    while any(lives(int(pid)) for pid in pids.read_text().split()):
        assert time.monotonic() < deadline, "a child outlived the command"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_signal_handlers_are_as_before_after_the_block() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt, match="SIGTERM"), interruptible():
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's end")
def test_child_dies_with_its_killed_parent(tmp_path: Path) -> None:
    assert die_with_parent() is not None
    code = (
        "import subprocess, sys, time\n"
        "from pipeline.embedded.elasticsearch.process import die_with_parent\n"
        "child = subprocess.Popen(['sleep', '600'], preexec_fn=die_with_parent())\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while lives(child):
        assert time.monotonic() < deadline, "the child outlived its parent"
        time.sleep(0.02)
