from datetime import UTC, datetime
from pathlib import Path

from upath import UPath

from pipeline.flow.artefacts import write_json
from pipeline.flow.manifest import Request, Task, freeze
from pipeline.flow.progress import files_done
from pipeline.sources.raw import ListedFile

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def test_progress_counts_files_stage_by_stage(tmp_path: Path) -> None:
    folder = UPath(tmp_path)
    todo = [Task(ListedFile("raw", f"{n}.txt", f"/raw/{n}.txt", 1, NOW)) for n in range(3)]
    manifest = freeze(
        folder, Request("run", "/raw", batch_size=2), started_at=NOW, source="raw", todo=todo, unchanged=[]
    )
    assert files_done(folder, manifest) == {"clean": 0, "enrich": 0, "index": 0}
    write_json(folder / "batch-0001" / "clean.json", {"seconds": 0.1, "files": 2})
    write_json(folder / "batch-0002" / "clean.json", {"seconds": 0.1, "files": 1})
    write_json(folder / "batch-0001" / "enrich.json", {"seconds": 0.1, "files": 2})
    assert files_done(folder, manifest) == {"clean": 3, "enrich": 2, "index": 0}
