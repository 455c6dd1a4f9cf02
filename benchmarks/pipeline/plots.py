"""Plots of all sizes: cost, throughput and memory against the number of articles."""

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot

from benchmarks.pipeline.cost import cpu, peak_mb
from benchmarks.pipeline.results import Measured

FOLDER = Path(__file__).parents[1]
mpl.use("svg")
mpl.rcParams |= {"svg.hashsalt": "fihrist", "svg.fonttype": "none", "font.family": "sans-serif"}


def plot_all(held: dict[int, Measured]) -> list[str]:
    """Draw the plots; return the names of their files."""
    runs = {size: measured["run"] for size, measured in held.items()}
    first, last = min(runs), max(runs)
    proportional = {size: runs[last]["seconds"] * size / last for size in (first, last)}
    return [
        _plot("pipeline-seconds", "seconds of the run", {size: run["seconds"] for size, run in runs.items()},
              ("proportional", proportional), pyplot.loglog),
        _plot("pipeline-cost", "processor ms an article, all parts",
              {size: 1000 * cpu(run) / size for size, run in runs.items()}),
        _plot("pipeline-throughput", "articles a second", {size: size / run["seconds"] for size, run in runs.items()},
              ("ready documents (a)", {size: measured["ceiling"] for size, measured in held.items()})),
        _plot("pipeline-memory", "most memory of a task, MB", {size: peak_mb(run) for size, run in runs.items()}),
    ]  # fmt: skip


def _plot(
    name: str,
    what: str,
    points: dict[int, float],
    beside: tuple[str, dict[int, float]] | None = None,
    scale: Callable[..., object] = pyplot.semilogx,
) -> str:
    figure = pyplot.figure(figsize=(6, 3.4), layout="constrained")
    scale(list(points), list(points.values()), "o-", label="whole pipeline")
    if beside:
        scale(list(beside[1]), list(beside[1].values()), "--", color="grey", label=beside[0])
        pyplot.legend()
    if scale is not pyplot.loglog:
        pyplot.ylim(bottom=0)
    pyplot.xlabel("articles")
    pyplot.ylabel(what)
    pyplot.grid(alpha=0.3)
    figure.savefig(FOLDER / f"{name}.svg", metadata={"Date": None})
    pyplot.close(figure)
    return f"{name}.svg"
