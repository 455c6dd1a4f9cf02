"""Processes forked from one that has preloaded: what they have at once, and that they never work with stale code."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

SCRIPT = """
    import json, os, sys
    from pathlib import Path
    from pipeline.flow import preload
    preload.PROJECT_ROOT = Path(sys.argv[1])
    preload.preload()
    if sys.argv[2]:
        Path(sys.argv[1], sys.argv[2]).write_text("changed", encoding="utf-8")
    reading, writing = os.pipe()
    if not os.fork():
        os.write(writing, json.dumps(sorted(sys.modules)).encode())
        os._exit(0)
    os.close(writing)
    sys.stdout.write(os.fdopen(reading).read())
"""


def modules_of_a_fork(root: Path, change: str = "") -> list[str]:
    """Return the modules that a process has which is forked after a file was changed."""
    for folder in ("pipeline/clean", "mappings"):
        (root / folder).mkdir(parents=True)
    (root / "pipeline/clean/phrases.tsv").write_text("as it was", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SCRIPT), str(root), change],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert "could not be loaded" not in done.stderr
    return list(json.loads(done.stdout))


def test_a_fork_has_all_that_tasks_need(tmp_path: Path) -> None:
    modules = modules_of_a_fork(tmp_path)
    assert {"airflow.sdk.execution_time.task_runner", "pipeline.flow.steps", "elasticsearch"} <= set(modules)


def test_a_fork_forgets_our_modules_when_knowledge_has_changed(tmp_path: Path) -> None:
    modules = modules_of_a_fork(tmp_path, "pipeline/clean/phrases.tsv")
    assert "elasticsearch" in modules
    assert not [name for name in modules if name.partition(".")[0] == "pipeline"]
