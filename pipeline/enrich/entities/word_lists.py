"""Short lists of words by which single rules for names decide."""

from collections import defaultdict
from functools import cache

from pipeline.arabic import fold
from pipeline.enrich.entities.lists import DATA
from pipeline.errors import KnowledgeError
from pipeline.knowledge import read_rows

_FILE = DATA / "word_lists.tsv"


def word_list(name: str) -> frozenset[str]:
    """Return the folded words of a list of ``data/word_lists.tsv``.

    Raises:
        KnowledgeError: there is no such list, or one of the lists has no words.
    """
    words = _lists().get(name)
    if words is None:
        raise KnowledgeError(f"{_FILE.name}: there is no list '{name}'")
    return words


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: defaultdict[str, set[str]] = defaultdict(set)
    for row in read_rows(_FILE, ("list", "words")):
        words = row["words"].split()
        if not words:
            raise row.error(f"the list '{row['list']}' has no words")
        lists[row["list"]].update(map(fold, words))
    return {name: frozenset(words) for name, words in lists.items()}
