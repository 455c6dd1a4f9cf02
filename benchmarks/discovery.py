"""A night with nothing new over many known files: how long, and how much memory.

    python -m benchmarks.discovery [--files 100000] [--dag] [--folder DIR]

makes a folder of so many small files and a ledger that knows them all, on the Elasticsearch of ``FIHRIST_ES_URL``
(under a prefix of its own, deleted afterwards), and prints one JSON line: seconds (wall, CPU) and peak memory of all
steps of the night in one process, and, with ``--dag``, seconds of the whole DAG by a real Airflow, from trigger to end.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_for
from pipeline.flow import steps
from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.client import connect
from pipeline.index.names import IndexNames
from pipeline.ledger.entry import FileOutcome
from pipeline.settings import Settings
from pipeline.sources.listing import list_files

PREFIX = "bench-discovery-"
NAMES = IndexNames(PREFIX)
_IN_A_FOLDER = 1_000


def main() -> None:
    """Prepare, measure, clean up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--dag", action="store_true", help="also run the DAG by a real Airflow")
    parser.add_argument("--folder", type=Path, help="where to put the files (default: a temporary folder)")
    parser.add_argument("--night", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.night:
        _night(asked.night)
        return
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        raw, home = Path(scratch, "raw"), Path(scratch, "home")
        os.environ |= {"FIHRIST_HOME": str(home), "FIHRIST_INDEX_PREFIX": PREFIX}
        client = connect(Settings())
        _delete_indices(client)
        try:
            _write_files(raw, asked.files)
            _fill_ledger(client, raw)
            command = [sys.executable, "-m", "benchmarks.discovery", "--night", str(raw)]
            done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            if asked.dag:
                done["dag_seconds"] = _dag(raw)
            print(json.dumps({"files": asked.files, **done}))
        finally:
            _delete_indices(client)


def _write_files(raw: Path, count: int) -> None:
    for number in range(count):
        folder = raw / f"{number // _IN_A_FOLDER:04}"
        if number % _IN_A_FOLDER == 0:
            folder.mkdir(parents=True)
        (folder / f"{number:07}.txt").write_bytes(b"news item %d\n" % number)


def _fill_ledger(client: Any, raw: Path) -> None:
    templates.install(client, NAMES)
    aliases.ensure(client, NAMES)

    def known() -> Iterator[dict[str, Any]]:
        for file in list_files(str(raw)):
            sha256 = hashlib.sha256(Path(file.location).read_bytes()).hexdigest()
            outcome = FileOutcome(file, "indexed", sha256=sha256, encoding="utf-8")
            yield outcome.ledger_document(run_id="earlier", batch="batch-0001", attempts=1)

    load(client, NAMES.files, known(), id_of=lambda entry: str(entry["article_id"]))
    client.indices.refresh(index=NAMES.files)


def _night(raw: str) -> None:
    """Do the steps of a night, and print what they took; in a process of its own, for its memory."""
    started, cpu = time.perf_counter(), time.process_time()
    batches = steps.discover("night", {"path": raw})
    discovered = time.perf_counter() - started
    steps.survey(batches, "night")
    steps.link_duplicates("night")
    report = steps.report("night", "news_nightly")
    assert report["counts"]["unchanged"] == report["manifest"], report["counts"]
    print(json.dumps({
        "version": __version__,
        "discover_seconds": round(discovered, 1),
        "steps_seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }))  # fmt: skip


def _dag(raw: Path) -> float:
    """Run the DAG by a real Airflow; return the seconds from trigger to end."""
    settings = Settings()
    with airflow_for(settings, lambda message: print(message, file=sys.stderr)) as airflow:
        api = AirflowApi(airflow.url, *credentials(settings))
        api.wait_for_dag("news_nightly")
        started = time.perf_counter()
        run_id = api.trigger("news_nightly", {"path": str(raw)})
        while (state := api.run("news_nightly", run_id)["state"]) not in ("success", "failed"):
            time.sleep(0.2)
        if state == "failed":
            raise RuntimeError(str(api.failures("news_nightly", run_id)))
        return round(time.perf_counter() - started, 1)


def _delete_indices(client: Any) -> None:
    if names := client.indices.get(index=f"{PREFIX}*", features="aliases"):
        client.indices.delete(index=",".join(names))


if __name__ == "__main__":
    main()
