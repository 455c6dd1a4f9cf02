"""From a window of sketches to the lines that are furniture.

How often a line recurs is not enough: a wire story that five papers print, or an article and its updated copies, has
lines that recur as well. What tells them apart is company. Furniture stands with ever other articles; a story's line
stands with the same story. So a line is supported by a file only as far as the file's other text is its own *among the
files that have the line*: a paragraph that k of those files share counts 1/k in each, and a story in k copies supports
its lines once altogether.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from pipeline.clean.repetition.repeated import Repeated, Share
from pipeline.clean.repetition.sketch import Sketch

LEAST_STORIES: Final = 5
"""A line that stands with fewer different stories is no furniture …"""
LEAST_SHARE: Final = 0.03
"""… nor one that stands with a smaller share of the source's files."""
LEAST_PROSE_STORIES: Final = 20
LEAST_PROSE_SHARE: Final = 0.4
"""Running text must recur far oftener: agencies close each story about a war with the same paragraph of background."""
_WEIGHED: Final = 200
"""Of more files that share a line, so many are weighed for all."""


def learn(window: Sequence[Sketch]) -> Repeated:
    """Return the lines of a source that are furniture."""
    files_of: dict[int, list[int]] = defaultdict(list)
    prose: dict[int, int] = {}
    for index, sketch in enumerate(window):
        for key, words in sketch.lines.items():
            files_of[key].append(index)
            prose[key] = max(words, prose.get(key, 0))
    companies: dict[tuple[int, ...], float] = {}
    """Menus recur as a whole: their lines stand in the same files, which are weighed once."""
    shares: dict[int, Share] = {}
    for key, files in files_of.items():
        least = _least(len(window), bool(prose[key]))
        if len(files) < least:
            continue
        company = tuple(files[:: -(-len(files) // _WEIGHED)])
        if company not in companies:
            companies[company] = _stories([window[index] for index in company]) / len(company)
        stories = companies[company] * len(files)
        if stories >= least:
            shares[key] = Share(len(files), len(window))
    return Repeated(shares)


def _least(files: int, prose: bool) -> float:
    """Return how many stories a line must stand with in a window of so many files."""
    if prose:
        return max(LEAST_PROSE_STORIES, LEAST_PROSE_SHARE * files)
    return max(LEAST_STORIES, LEAST_SHARE * files)


def _stories(files: Sequence[Sketch]) -> float:
    """Return how many different stories some files hold, judged by the running text that they share."""
    texts = [[(key, words) for key, words in file.lines.items() if words] for file in files]
    shared = Counter(key for text in texts for key, _ in text)
    return sum(
        sum(words / shared[key] for key, words in text) / sum(words for _, words in text) for text in texts if text
    )
