"""A sentence model small enough to be written by hand, and stand-ins for the two libraries that run it.

The model looks each token up in a table whose every number is known (`vector_of`), so that a test can say what comes out. Where
onnxruntime and tokenizers are installed, they run it; else the stand-ins do, which read the same files.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

WORDS = ("team", "tijd", "plan", "de", "aan", "werk", "no", "hours", "geen", "uren")
VOCABULARY = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3} | {
    word: 4 + at for at, word in enumerate(WORDS)
}
DIMENSION = 6
TABLE = np.sin(np.outer(np.arange(1, len(VOCABULARY) + 1), np.arange(1, DIMENSION + 1))).astype(np.float32)


def vector_of(text: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return what the model makes of a text: the mean over its tokens, of length 1."""
    ids = [VOCABULARY.get(word, 1) for word in re.findall(r"\w+", text.lower())]
    mean = TABLE[[2, *ids, 3]].astype(np.float64).mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def write_model(folder: Path, *, output_dimensions: int = 3, extra_input: str = "token_type_ids") -> Path:
    """Write a folder with model.onnx and tokenizer.json; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_onnx_model(output_dimensions, extra_input))
    (folder / "tokenizer.json").write_text(json.dumps(_TOKENIZER), encoding="utf-8")
    return folder


_SPECIAL = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
_TOKENIZER = {
    "version": "1.0",
    "truncation": None,
    "padding": {
        "strategy": "BatchLongest", "direction": "Right", "pad_to_multiple_of": None,
        "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]",
    },
    "added_tokens": [
        {"id": at, "content": token, **_SPECIAL} for token, at in VOCABULARY.items() if token.startswith("[")
    ],
    "normalizer": {"type": "Lowercase"},
    "pre_tokenizer": {"type": "Whitespace"},
    "post_processor": {
        "type": "TemplateProcessing",
        "single": [
            {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}},
            {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
        ],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {
            token: {"id": token, "ids": [VOCABULARY[token]], "tokens": [token]} for token in ("[CLS]", "[SEP]")
        },
    },
    "decoder": None,
    "model": {"type": "WordLevel", "vocab": VOCABULARY, "unk_token": "[UNK]"},
}  # fmt: skip


# The messages of onnx.proto that are needed, field by field.
def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def _value(name: str, kind: int, dimensions: tuple[str, ...]) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, one)) for one in dimensions)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _onnx_model(output_dimensions: int, extra_input: str) -> bytes:
    float32, int64 = 1, 7
    names = ("batch", "tokens", "width")
    if output_dimensions == 3:
        node = (
            _bytes(1, "table") + _bytes(1, "input_ids") + _bytes(2, "last_hidden_state") + _bytes(4, "Gather")
        )
        output = _value("last_hidden_state", float32, names)
    else:
        node = _bytes(1, "input_ids") + _bytes(2, "numbers") + _bytes(4, "Identity")
        output = _value("numbers", int64, names[:2])
    table = _number(1, len(TABLE)) + _number(1, DIMENSION) + _number(2, float32) + _bytes(8, "table")
    table += _bytes(9, struct.pack(f"<{TABLE.size}f", *TABLE.ravel()))
    graph = _bytes(1, node) + _bytes(2, "tiny") + _bytes(5, table)
    for name in ("input_ids", "attention_mask", extra_input):
        graph += _bytes(11, _value(name, int64, names[:2]))
    graph += _bytes(12, output)
    return _number(1, 8) + _bytes(8, _bytes(1, "") + _number(2, 13)) + _bytes(7, graph)


def use_installed_or_stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put stand-ins where the libraries are not installed."""
    if find_spec("onnxruntime") is None:
        monkeypatch.setitem(sys.modules, "onnxruntime", _stand_in_runtime())
    if find_spec("tokenizers") is None:
        monkeypatch.setitem(sys.modules, "tokenizers", _stand_in_tokenizers())


def make_module(name: str, **members: Any) -> ModuleType:
    """Return a module for `sys.modules`; `find_spec` finds what stands there."""
    module = ModuleType(name)
    module.__spec__ = SimpleNamespace(name=name)  # type: ignore[assignment]
    for member, value in members.items():
        setattr(module, member, value)
    return module


class _Session:
    def __init__(self, path: str, options: Any, providers: list[str]) -> None:
        data = Path(path).read_bytes()
        dimensions = next((n for n in (3, 2) if data.startswith(_onnx_model(n, "")[:8])), 0)
        if b"table" not in data or not dimensions:
            raise RuntimeError("protobuf parsing failed")
        self._is_pooled = b"Gather" not in data
        self._extra = re.search(rb"(token_type_ids|pixels)", data)

    def get_inputs(self) -> list[Any]:
        extra = self._extra[1].decode() if self._extra else "token_type_ids"
        return [SimpleNamespace(name=n, type="tensor(int64)") for n in ("input_ids", "attention_mask", extra)]

    def get_outputs(self) -> list[Any]:
        if self._is_pooled:
            return [SimpleNamespace(name="numbers", shape=["batch", "tokens"])]
        return [SimpleNamespace(name="last_hidden_state", shape=["batch", "tokens", "width"])]

    def run(self, names: list[str], feed: dict[str, Any]) -> list[Any]:
        assert all(one.dtype == np.int64 for one in feed.values())
        return [TABLE[feed["input_ids"]]]


def _stand_in_runtime() -> ModuleType:
    return make_module(
        "onnxruntime",
        InferenceSession=_Session,
        SessionOptions=SimpleNamespace,
        disable_telemetry_events=lambda: None,
    )


class _Tokenizer:
    truncation: dict[str, int] | None = None

    def __init__(self, vocabulary: dict[str, int]) -> None:
        self._vocabulary = vocabulary
        self._longest = 10**9

    @staticmethod
    def from_file(path: str) -> _Tokenizer:
        try:
            return _Tokenizer(json.loads(Path(path).read_text(encoding="utf-8"))["model"]["vocab"])
        except (ValueError, KeyError) as error:
            raise Exception("expected value at line 1") from error

    def no_padding(self) -> None:
        pass

    def enable_truncation(self, max_length: int) -> None:
        self._longest = max_length

    def encode_batch(self, texts: list[str]) -> list[Any]:
        out = []
        for text in texts:
            ids = [self._vocabulary.get(word, 1) for word in re.findall(r"\w+|[^\w\s]+", text.lower())]
            ids = [2, *ids[: self._longest - 2], 3]
            out.append(SimpleNamespace(ids=ids, attention_mask=[1] * len(ids), type_ids=[0] * len(ids)))
        return out


def _stand_in_tokenizers() -> ModuleType:
    return make_module("tokenizers", Tokenizer=_Tokenizer)
