"""Remember what was worked out of a word, in half the time that ``functools.lru_cache`` takes to find it again."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

_LONGEST = 100
"""Characters: what is longer is no word, does not come again, and would take much room."""


def remembered(most: int) -> Callable[[Callable[[str], Value]], Callable[[str], Value]]:
    """Let a function of a word, on which alone its answers depend, remember them.

    It does not note which words were asked for last, which is what takes time: a full memory starts afresh. Give it
    room for far more words than a text has.

    Args:
        most: Words whose answers are kept.
    """
    return lambda answer: _Memory(answer, most).__getitem__


class _Memory(dict[str, Value]):
    def __init__(self, answer: Callable[[str], Value], most: int) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, word: str) -> Value:
        value = self._answer(word)
        if len(word) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[word] = value
        return value
