"""How far a run is, from what its steps left on disk; each summary is read once, however often one looks."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from upath import UPath

from pipeline.flow.artefacts import read_json
from pipeline.flow.clock import so_far_file
from pipeline.flow.manifest import Manifest
from pipeline.flow.report import STAGES

_SHARES: Final = {"clean": 0.35, "enrich": 0.45, "index": 0.2}
"""Part of the work that each stage is, about, so that progress is even."""
_NIGHT: Final = {"link_duplicates": "duplicates.jsonl"}
_REBUILD: Final = {
    "carry_over": "carried.json",
    "link_duplicates": "linked.json",
    "check": "checks.json",
    "go_live": "settled.json",
}
"""What the steps leave that follow the batches."""
_AHEAD: Final = 64
"""Batches that are looked at for a stage: they are done roughly in order, and a look into a bucket costs a request."""


@dataclass(slots=True)
class Progress:
    """A run that is watched; :meth:`look` brings it up to date."""

    folder: UPath
    manifest: Manifest
    files: Counter[str] = field(default_factory=Counter)
    """Files that each stage has behind it, those that it left out included."""
    states: Counter[str] = field(default_factory=Counter)
    """Files by state, as far as their batches have ended; near-duplicates are indexed until they are linked."""
    _so_far: Counter[str] = field(default_factory=Counter)
    """Files that each stage has done of batches that it has not ended."""
    _open: dict[str, list[str]] = field(default_factory=dict)
    """Batches that each stage may end next."""

    def __post_init__(self) -> None:
        self._open = {stage: [] for stage in STAGES} | {STAGES[0]: list(self.manifest.batches)}
        self.states["unchanged"] = self.manifest.unchanged

    @property
    def todo(self) -> int:
        """Files that the run has to do."""
        return self.manifest.listed - self.manifest.unchanged

    @property
    def done(self) -> float:
        """How many files' worth of work is done."""
        return sum(share * (self.files[stage] + self._so_far[stage]) for stage, share in _SHARES.items())

    @property
    def step(self) -> str:
        """The step that the run is at, as Airflow's grid names it."""
        if not (self.folder / "repeated.json").exists():
            return "survey"
        if any(self._open.values()):
            return "batch"
        steps = _REBUILD if (self.folder / "rebuild.json").exists() else _NIGHT
        return next((step for step, file in steps.items() if not (self.folder / file).exists()), "report")

    def look(self) -> None:
        """Read what has been left since the last look."""
        self._so_far.clear()
        for stage, following in zip(STAGES, (*STAGES[1:], None), strict=True):
            for name in list(islice(self._open[stage], _AHEAD)):
                file = self.folder / name / f"{stage}.json"
                if not file.exists():
                    self._so_far[stage] += _told(so_far_file(self.folder / name, stage))
                    continue
                summary = read_json(file)
                self.files[stage] += summary["files"]
                self.states.update(summary.get("states", {}))
                self._open[stage].remove(name)
                if following:
                    self._open[following].append(name)


def _told(file: UPath | None) -> int:
    """Return what a stage tells of itself while it is at work; nothing where it has just begun, ended, or writes."""
    try:
        return int(file.read_text(encoding="ascii") or 0) if file else 0
    except FileNotFoundError:
        return 0
