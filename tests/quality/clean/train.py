"""Fit the weights of ``pipeline/clean/score.py`` on the labelled cases: ``python -m tests.quality.clean.train``.

A logistic regression by Newton's method (a few dozen weights, some thousand lines) with a quadratic penalty on what
differs from :data:`PRIOR`: invented cases are tidier than the world. Lines of the article are the positive class.
``--without LAYOUT …`` leaves layouts out, for an honest measure on them.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pipeline.clean.gather import gather
from pipeline.clean.lines import split_lines
from pipeline.clean.score import FEATURES, features
from pipeline.in_step import at_once
from tests.quality.clean.cases import Case, load

WEIGHTS = Path(__file__).parents[3] / "pipeline" / "clean" / "data" / "weights.json"
PENALTY = 200.0
PRIOR: dict[str, float] = {
    "bias": -4.9, "length": 1.1, "sentence_end": 1.3, "ellipsis": -0.3, "colon": 0.3, "comma": 0.8,
    "inner_sentences": 0.5, "stop_share": 4.0, "opener": 0.6, "digits": -1.0, "link": -3.0, "arrows": -1.5,
    "furniture": -5.0, "section": -1.0, "hint": -0.7, "date": -4.0, "byline": -2.0, "name": -1.0, "repeated": -1.0,
    "short_run": -1.0, "after_colon": 3.0, "after_related": -1.5, "after_comments": -1.2, "near_prose": 0.5,
    "bullet": 1.2, "theme": 1.5, "reader": -1.5, "between_dates": -1.5, "colloquial": -2.5, "under_name": -0.5,
}  # fmt: skip
"""What experience with pages expects before any case is seen; the fit moves away only as far as the cases demand."""
UNMARKED = 3
"""Of so many cases one loses the marks at its lines' ends, as many papers leave them out."""
STEPS = 30


def examples(cases: Iterable[Case]) -> tuple[np.ndarray, np.ndarray]:
    """Return features (lines × features) and labels (1: the article's) of all lines of the cases."""
    rows: list[list[float]] = []
    labels: list[float] = []
    for number, case in enumerate(cases):
        bare = number % UNMARKED == 0
        lines = [line.rstrip(" .؟!") if bare else line for line in case.raw.split("\n")]
        evidence = at_once(gather(split_lines("\n".join(lines))))
        body = {" ".join((paragraph.rstrip(" .؟!") if bare else paragraph).split()) for paragraph in case.body}
        for entry, row in zip(evidence, features(evidence), strict=True):
            text = " ".join(entry.block.text.split())
            if text != case.title:
                rows.append(row)
                labels.append(float(text in body or any(text.endswith(paragraph) for paragraph in body)))
    return np.array(rows), np.array(labels)


def fit(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the weights that make the labels likeliest, with :data:`PENALTY` on leaving the prior."""
    prior = np.array([PRIOR[name] for name in FEATURES])
    weights = prior.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (labels - chance) - PENALTY * (weights - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], metavar="LAYOUT", help="layouts to leave out")
    options = parser.parse_args()
    cases = [case for case in load() if case.layout not in options.without]
    rows, labels = examples(cases)
    weights = fit(rows, labels)
    record = {
        "about": "log-odds that a line is article text; made by python -m tests.quality.clean.train",
        "lines": len(labels),
        "weights": {name: round(float(weight), 3) for name, weight in zip(FEATURES, weights, strict=True)},
    }
    WEIGHTS.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    chance = 1 / (1 + np.exp(-rows @ weights))
    print(f"{len(cases)} cases, {len(labels)} lines, {np.mean((chance > 0.5) == labels):.4f} of lines right")


if __name__ == "__main__":
    main()
