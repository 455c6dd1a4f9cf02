"""A run in the terminal: a bar with rate, time left and states of files; plain lines where it is no terminal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text
from upath import UPath

from pipeline.cli.closing import STYLES
from pipeline.cli.console import err
from pipeline.flow.manifest import frozen
from pipeline.flow.progress import Progress
from pipeline.ledger.entry import STATES

_STEPS: Final = {
    "discover": "looking for new files",
    "survey": "learning which lines recur",
    "batch": "cleaning, enriching, indexing",
    "link_duplicates": "linking near-duplicates",
    "carry_over": "taking over what the raw files don't give",
    "check": "checking the new index",
    "go_live": "going live",
    "report": "adding up",
}
_POLL: Final = 0.5
_LONGEST_POLL: Final = 3.0
"""Between two questions to Airflow, of a run of hours."""
_LINE_SECONDS: Final = 15.0
"""Between two plain lines of a step."""


def watch(folder: UPath, state_of: Callable[[], str], finished: tuple[str, ...]) -> str:
    """Show a run's progress until it has ended; return its state.

    Args:
        folder: the run's folder; it may not be there yet.
        state_of: asks Airflow for the run's state.
        finished: the states in which a run has ended.
    """
    view = View(folder)
    with _shown(view) as show:
        asked = began = time.monotonic()
        state = state_of()
        while True:
            if found := view.look():
                _say(found)
            show()
            if state in finished:
                return state
            time.sleep(_POLL)
            now = time.monotonic()
            if now - asked >= min((now - began) / 60, _LONGEST_POLL):  # each answer costs Airflow some 20 ms
                asked, state = now, state_of()


class View:
    """What is shown of a run."""

    def __init__(self, folder: UPath, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._started = clock()
        self._changed = clock()
        self._done = 0.0
        self._progress: Progress | None = None
        self._spinner = Spinner("dots")
        self.step = "discover"

    def look(self) -> str | None:
        """Read how far the run is; return what was found to do, when that is first known."""
        found = None
        if self._progress is None and (manifest := frozen(self._folder)):
            self._progress = Progress(self._folder, manifest)
            self._started = self._clock()
            found = f"{manifest.listed:,} files: {self._progress.todo:,} to do in {len(manifest.batches):,} batches"
        if self._progress:
            self._progress.look()
            self.step = self._progress.step
            if self._progress.done != self._done:
                self._done, self._changed = self._progress.done, self._clock()
        return found

    @property
    def left(self) -> timedelta | None:
        """The time that the batches will still take, if they go on as so far; None: too early to say."""
        spent = self._changed - self._started
        if not self._progress or not self._done or spent < 1:
            return None
        left = spent * (self._progress.todo - self._done) / self._done - (self._clock() - self._changed)
        return timedelta(seconds=max(1, round(left)))

    def line(self) -> str:
        """Return all of it on one line."""
        progress = self._progress
        if not progress:
            return _STEPS[self.step]
        states = ", ".join(f"{progress.states[state]:,} {state}" for state in STATES if progress.states[state])
        return f"{_STEPS[self.step]}: {self._numbers(progress)}" + (f" · {states}" if states else "")

    def __rich__(self) -> Table:
        """Return it as it is drawn."""
        self._spinner.update(text=_STEPS[self.step])
        grid = Table.grid(padding=(0, 1))
        progress = self._progress
        if not progress or not progress.todo:
            grid.add_row(self._spinner)
            return grid
        bar = ProgressBar(total=progress.todo, completed=progress.done, width=40)
        grid.add_row(bar, Text(self._numbers(progress)))
        states = Text(" · ").join(
            Text(f"{progress.states[state]:,} {state}", style=STYLES[state] if progress.states[state] else "dim")
            for state in STATES
        )
        grid.add_row(self._spinner, states)
        return grid

    def _numbers(self, progress: Progress) -> str:
        done = self._done
        parts = [f"{done:,.0f} of {progress.todo:,} files"]
        if 0 < done < progress.todo and self.left is not None:
            rate = done / (self._changed - self._started)
            parts += [f"{done / progress.todo:.0%}", f"{rate:,.0f} a second", f"{self.left} left"]
        return " · ".join(parts)


@contextmanager
def _shown(view: View) -> Iterator[Callable[[], None]]:
    """Give what shows the view as it is now."""
    if not err.is_terminal:
        yield _Lines(view).show
        return
    with Live(view, console=err, refresh_per_second=8, transient=False):
        yield lambda: None  # it is drawn again by itself


def _say(message: str) -> None:
    err.print(f"· {message}", style="dim", highlight=False, markup=False)


class _Lines:
    """Plain lines: one at each new step, and one now and then if there is something new."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._said = ("", "", 0.0)
        """Step, line, and when."""

    def show(self) -> None:
        step, line, now = self._view.step, self._view.line(), time.monotonic()
        was, before, when = self._said
        if step != was or (line != before and now - when >= _LINE_SECONDS):
            _say(line)
            self._said = (step, line, now)
