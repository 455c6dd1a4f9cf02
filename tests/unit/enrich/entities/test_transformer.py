import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.entities import recognise
from pipeline.enrich.entities.tokens import tokenize
from pipeline.enrich.entities.transformer import Transformer, sentence_ends, transformer, windows
from pipeline.errors import NeedsPersonError
from pipeline.settings import Settings

LABELS = ["O", "B-PERS", "I-PERS", "B-GPE", "I-GPE", "B-ORG", "I-ORG", "B-DATE"]
WORDS = {
    "[PAD]": "O", "[UNK]": "O", "[CLS]": "B-ORG", "[SEP]": "B-ORG", "قال": "O", ".": "O", "في": "O",
    "اليوم": "B-DATE",
    "ترامب": "B-PERS", "دونالد": "B-PERS", "زيد": "I-PERS", "##ان": "O", "دمشق": "B-GPE",
    "منظمة": "B-ORG", "الغد": "I-ORG",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of one table that gives each token of its vocabulary a label, as an exporter would write it."""
    onnx = pytest.importorskip("onnx", reason="the extra fihrist[transformers] and onnx are not installed")
    pytest.importorskip("onnxruntime")
    tokenizers = pytest.importorskip("tokenizers")
    table = np.zeros((len(WORDS), len(LABELS)), dtype=np.float32)
    for number, label in enumerate(WORDS.values()):
        table[number, LABELS.index(label)] = 1.0
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", ["table", "input_ids"], ["logits"])],
        "tiny",
        [onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, ["batch", "sequence"])],
        [onnx.helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["batch", "sequence", len(LABELS)])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=8), tmp_path / "model.onnx")
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    )
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    config = {"id2label": dict(enumerate(LABELS)), "max_position_embeddings": 8}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return tmp_path


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text)
    return [
        (text[tokens[span.first].start : tokens[span.last - 1].end], span.type)
        for span in Transformer(folder).find(text, tokens)
    ]


def test_labels_of_all_schemes_become_our_types_with_the_names_borders(folder: Path) -> None:
    assert found(folder, "قال دونالد زيد في دمشق اليوم") == [("دونالد زيد", "person"), ("دمشق", "location")]


def test_pieces_of_a_word_belong_to_its_name(folder: Path) -> None:
    assert found(folder, "قال زيدان") == [("زيدان", "person")]


def test_two_names_in_a_row_stay_two(folder: Path) -> None:
    assert found(folder, "ترامب دونالد") == [("ترامب", "person"), ("دونالد", "person")]


def test_texts_longer_than_a_window_keep_their_offsets(folder: Path) -> None:
    text = "قال ترامب في دمشق.\n" * 40 + "منظمة الغد"
    names = found(folder, text)
    assert names == [("ترامب", "person"), ("دمشق", "location")] * 40 + [("منظمة الغد", "organization")]


def test_a_name_that_the_border_of_a_window_cuts_is_whole(folder: Path) -> None:
    assert found(folder, "قال قال قال قال قال دونالد زيد قال قال") == [("دونالد زيد", "person")]


def test_its_mentions_are_identified_like_all_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "settings", lambda: Settings(ner_model=str(folder)))
    mention, *_ = recognise.recognise(None, "قال ترامب في دمشق")
    assert (mention.text, mention.name, mention.wikidata) == ("ترامب", "دونالد ترامب", "Q22686")
    assert transformer(str(folder)) is transformer(str(folder))


def test_a_folder_without_a_model_says_how_to_make_one(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(NeedsPersonError, match="optimum-cli export onnx"):
        Transformer(tmp_path / "nowhere")


def test_labels_without_names_are_refused(folder: Path) -> None:
    (folder / "config.json").write_text('{"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}', encoding="utf-8")
    with pytest.raises(NeedsPersonError, match="names no persons"):
        Transformer(folder)


def test_a_missing_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(NeedsPersonError, match=r"fihrist\[transformers\]"):
        Transformer(tmp_path)


def test_sentences_end_at_marks_and_at_line_ends() -> None:
    assert sentence_ends("أ. ب\nج", [(0, 1), (1, 2), (3, 4), (5, 6)]) == [2, 3, 4]


@given(st.lists(st.integers(1, 30), max_size=20), st.integers(1, 16))
def test_windows_count_each_token_once_and_never_hold_too_many(lengths: list[int], limit: int) -> None:
    ends = [sum(lengths[: place + 1]) for place in range(len(lengths))]
    count = sum(lengths)
    cut = list(windows(ends or [0], count, limit))
    assert [token for window in cut for token in range(window.first, window.last)] == list(range(count))
    assert all(0 < window.last - window.context <= limit and window.context <= window.first for window in cut)


def test_a_window_repeats_the_sentence_before_as_context() -> None:
    assert [tuple(window) for window in windows([3, 6, 9], 9, 6)] == [(0, 0, 6), (3, 6, 9)]
