"""The optional recogniser: a Hugging Face model for token classification, run by ONNX Runtime.

``FIHRIST_NER_MODEL`` names a folder that holds what ``optimum-cli export onnx`` writes: ``model.onnx`` (or
``onnx/model.onnx``), ``tokenizer.json`` and ``config.json`` with ``id2label``. It needs the extra
``fihrist[transformers]``: ONNX Runtime and tokenizers, without PyTorch.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.mention import EntityType
from pipeline.errors import NeedsPersonError

_TYPES: dict[str, EntityType] = {
    **dict.fromkeys(("PER", "PERS", "PERSON"), "person"),
    **dict.fromkeys(("LOC", "LOCATION", "GPE", "FAC"), "location"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION"), "organization"),
}
"""Types of the usual label schemes by ours; others (MISC, DATE …) are no names to us."""
_SCHEME = re.compile(r"(?:([BIESLU])-)?(.+)")
_SENTENCE_END = re.compile(r"[.!?؟…\n]")
_MOST_TOKENS = 512


class Window(NamedTuple):
    """Sub-word tokens that the model sees at once."""

    context: int
    """Index of the first token, which is there for its context only."""
    first: int
    """Index of the first token whose label counts."""
    last: int
    """Index after the last token."""


class Transformer:
    """A model with its tokenizer and its labels.

    Args:
        folder: What was exported.

    Raises:
        NeedsPersonError: The extra is missing, or the folder does not hold a usable model.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from onnxruntime import InferenceSession  # type: ignore[import-untyped,import-not-found,unused-ignore]
            from tokenizers import Tokenizer  # type: ignore[import-not-found,unused-ignore]
        except ImportError as error:
            raise NeedsPersonError(
                "FIHRIST_NER_MODEL needs the extra: pip install 'fihrist[transformers]', or unset the variable"
            ) from error
        found = (file for file in (folder / "model.onnx", folder / "onnx" / "model.onnx") if file.is_file())
        model, tokenizer, config = next(found, None), folder / "tokenizer.json", folder / "config.json"
        if model is None or not tokenizer.is_file() or not config.is_file():
            raise NeedsPersonError(
                f"FIHRIST_NER_MODEL: {folder} does not hold model.onnx, tokenizer.json and config.json; "
                "write them with: optimum-cli export onnx --task token-classification --model NAME FOLDER"
            )
        self._session: Any = InferenceSession(str(model), providers=["CPUExecutionProvider"])
        self._inputs = {tensor.name for tensor in self._session.get_inputs()}
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._before, self._behind = self._special()
        settings = json.loads(config.read_text(encoding="utf-8"))
        self._labels = _labels(settings, config)
        most = min(_MOST_TOKENS, int(settings.get("max_position_embeddings") or _MOST_TOKENS))
        self._limit = max(1, most - len(self._before) - len(self._behind))

    def find(self, text: str, tokens: Tokens) -> list[Span]:
        """Return the names in a text as spans of its tokens, left to right."""
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        labels: list[int] = []
        for window in windows(sentence_ends(text, pieces.offsets), len(pieces.ids), self._limit):
            scores = self._scores(pieces.ids[window.context : window.last])
            labels += scores[window.first - window.context :].argmax(axis=1).tolist()
        return list(_spans(self._names(pieces, labels), tokens))

    def _special(self) -> tuple[list[int], list[int]]:
        """Return the ids that the model expects before and behind each window: ``[CLS]``, ``[SEP]``."""
        sample = self._tokenizer.encode("ا")
        own = [place for place, special in enumerate(sample.special_tokens_mask) if not special]
        if not own:
            return [], []
        return sample.ids[: own[0]], sample.ids[own[-1] + 1 :]

    def _scores(self, ids: list[int]) -> Any:
        """Return the labels' scores of some tokens, shape (tokens, labels)."""
        row = np.array([[*self._before, *ids, *self._behind]], dtype=np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        (scores, *_) = self._session.run(None, {name: feed[name] for name in self._inputs})
        return scores[0, len(self._before) : len(self._before) + len(ids)]

    def _names(self, pieces: Any, labels: list[int]) -> Iterator[tuple[int, int, EntityType]]:
        """Yield names (first and last character, type) by the labels of each word's first piece."""
        open_name: tuple[int, int, EntityType] | None = None
        word = None
        for place, (start, end) in enumerate(pieces.offsets):
            if pieces.word_ids[place] is not None and pieces.word_ids[place] == word:
                if open_name and open_name[1] == pieces.offsets[place - 1][1]:
                    open_name = (open_name[0], end, open_name[2])
                continue
            word = pieces.word_ids[place]
            position, kind = self._labels[labels[place]]
            if open_name and (kind != open_name[2] or position in "BSU"):
                yield open_name
                open_name = None
            if kind:
                open_name = (open_name[0] if open_name else start, end, kind)
        if open_name:
            yield open_name


def sentence_ends(text: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """Return the indices behind the tokens that end a sentence or a line, by the tokens' places in the text."""
    ends = [
        place
        for place, (start, end) in enumerate(offsets, start=1)
        if _SENTENCE_END.search(text, start, offsets[place][0] if place < len(offsets) else end)
    ]
    return ends if ends and ends[-1] == len(offsets) else [*ends, len(offsets)]


def windows(ends: Sequence[int], count: int, limit: int) -> Iterator[Window]:
    """Yield windows of at most ``limit`` tokens that together count each token once.

    A window holds whole sentences, and before them as context the last sentence of the window before, if it fits; a
    sentence that is too long for one window is cut, and half of the window before is context.

    Args:
        ends: Indices behind the last token of each sentence, rising; the last one is ``count``.
        count: Number of tokens.
        limit: Most tokens in a window, at least 1.
    """
    first = context = 0
    while first < count:
        last = max((end for end in ends if first < end <= context + limit), default=0)
        if not last and context < first and any(first < end <= first + limit for end in ends):
            context = first
            continue
        if not last:
            last = min(count, context + limit)
        yield Window(context, first, last)
        inside = [end for end in (0, *ends) if context < end < last and last - end < limit]
        context, first = (inside[-1] if last in ends and inside else max(0, last - limit // 2)), last


def _labels(settings: dict[str, Any], file: Path) -> list[tuple[str, EntityType | None]]:
    """Return for each label its place in a name (``B``, ``I`` …) and its type, None for what is no name to us."""
    names = {int(number): str(name) for number, name in settings.get("id2label", {}).items()}
    labels: list[tuple[str, EntityType | None]] = []
    for number in range(len(names)):
        match = _SCHEME.fullmatch(names.get(number, ""))
        position, kind = (match[1] or "I", match[2].upper()) if match else ("I", "")
        labels.append((position, _TYPES.get(kind)))
    if not any(kind for _, kind in labels):
        raise NeedsPersonError(
            f"{file}: id2label names no persons, places or organisations; use a model for named entities"
        )
    return labels


def _spans(names: Iterator[tuple[int, int, EntityType]], tokens: Tokens) -> Iterator[Span]:
    place = 0
    for start, end, kind in names:
        while place < len(tokens) and tokens.ends[place] <= start:
            place += 1
        last = place
        while last < len(tokens) and tokens.starts[last] < end:
            last += 1
        if last > place:
            yield Span(place, last, max(0, start - tokens.starts[place]), kind)
            place = last


@cache
def transformer(folder: str) -> Transformer:
    """Return the model of a folder, loaded once in a process."""
    return Transformer(Path(folder))
