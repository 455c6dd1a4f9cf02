"""How far a run is, from what its steps left on disk."""

from upath import UPath

from pipeline.flow.artefacts import read_json
from pipeline.flow.manifest import Manifest
from pipeline.flow.report import STAGES


def files_done(folder: UPath, manifest: Manifest) -> dict[str, int]:
    """Return the number of files that each stage has behind it, those that it left out included."""
    done = dict.fromkeys(STAGES, 0)
    for name in manifest.batches:
        for stage in STAGES:
            file = folder / name / f"{stage}.json"
            if file.exists():
                done[stage] += read_json(file)["files"]
    return done
