"""Remember what was worked out of a word, in half the time that ``functools.lru_cache`` takes to find it again."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def remembered(most: int) -> Callable[[Callable[[Key], Value]], Callable[[Key], Value]]:
    """Let a function of one argument, on which alone its answers depend, remember them.

    It does not note which answers were asked for last, which is what takes time: a full memory starts afresh. Give it
    room for far more than a text has.

    Args:
        most: Answers that are kept.
    """
    return lambda answer: _Memory(answer, most).__getitem__


class _Memory(dict[Key, Value]):
    def __init__(self, answer: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, key: Key) -> Value:
        value = self._answer(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
