"""The two ways to run a sentence model that lies in a folder; neither ever downloads anything.

An engine turns a list of short texts into vectors of length 1 and knows how many tokens it reads of each (`limit`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from mihqda.errors import InputError, PluginError, as_argument

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOKENS_PER_BATCH = 4096
DEFAULT_LIMIT = 512
_KNOWN_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Engine(Protocol):
    """Runs one model."""

    limit: int

    def run(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 per text."""
        ...


def is_sentence_transformer(folder: Path) -> bool:
    """Tell whether a folder holds a model in the layout of sentence-transformers."""
    return (folder / "modules.json").is_file()


def find_onnx(folder: Path) -> Path | None:
    """Return the folder's ``model.onnx``: in it, or in its subfolder ``onnx`` as published models have it."""
    places = (folder / "model.onnx", folder / "onnx" / "model.onnx")
    return next((path for path in places if path.is_file()), None)


class SentenceTransformersEngine:
    """Runs a folder of sentence-transformers with that library."""

    def __init__(self, folder: Path) -> None:
        for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):  # read when the library is imported
            os.environ[name] = "1"
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # torch, transformers and safetensors each raise their own
            raise _unreadable(folder, "the model", error) from error
        self.limit = int(self._model.max_seq_length or DEFAULT_LIMIT)

    def run(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 per text."""
        vectors = self._model.encode(
            list(texts), show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
        )
        return np.asarray(vectors, np.float32)


class OnnxEngine:
    """Runs ``model.onnx`` with onnxruntime on what tokenizers makes of ``tokenizer.json``."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        model = find_onnx(folder)
        if model is None:
            raise InputError(f"{as_argument(folder)}: no model.onnx in it")
        tokens = folder / "tokenizer.json"
        if not tokens.is_file():
            raise InputError(
                f"{as_argument(folder)}: no tokenizer.json beside the model; copy both from where it is published"
            )
        missing = [name for name in ("onnxruntime", "tokenizers") if find_spec(name) is None]
        if missing:
            raise PluginError(
                f"sentence embeddings need {' and '.join(missing)}, not installed: pip install 'mihqda[embeddings]'"
            )
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # it warns when a worker process is forked
        import onnxruntime
        import tokenizers

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime has an exception of its own for each kind of damage
            raise _unreadable(folder, model.name, error) from error
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(tokens))
        except Exception as error:  # the library raises plain Exception
            raise _unreadable(folder, tokens.name, error) from error
        self.limit = _limit(folder, self._tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=self.limit)
        self._inputs = {
            one.name: np.int32 if "int32" in one.type else np.int64 for one in self._session.get_inputs()
        }
        unknown = sorted(self._inputs.keys() - set(_KNOWN_INPUTS))
        if unknown or "input_ids" not in self._inputs:
            wanted = ", ".join(_KNOWN_INPUTS)
            raise InputError(
                f"{as_argument(folder)}: the model takes {', '.join(sorted(self._inputs))}; a sentence encoder takes {wanted}"
            )
        self._output, self._is_pooled = _choose_output(folder, self._session.get_outputs())
        self._is_first = _takes_first_token(folder)

    def run(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 per text, in batches of texts of like length."""
        encoded = self._tokenizer.encode_batch(list(texts))
        by_length = sorted(range(len(encoded)), key=lambda at: (len(encoded[at].ids), at))
        found: dict[int, NDArray[np.float32]] = {}
        for batch in _batches(by_length, [len(one.ids) for one in encoded]):
            for at, vector in zip(batch, self._run_batch([encoded[at] for at in batch]), strict=True):
                found[at] = vector
        return np.stack([found[at] for at in range(len(encoded))])

    def _run_batch(self, encoded: Sequence[Any]) -> NDArray[np.float32]:
        width = max(1, max(len(one.ids) for one in encoded))
        fields = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
        feed = {}
        for name, dtype in self._inputs.items():
            feed[name] = np.zeros((len(encoded), width), dtype)
            for row, one in enumerate(encoded):
                values = getattr(one, fields[name])
                feed[name][row, : len(values)] = values
        (out,) = self._session.run([self._output], feed)
        out = np.asarray(out, np.float32)
        if not self._is_pooled:
            lengths = [len(one.ids) for one in encoded]
            mask = (np.arange(width)[None, :] < np.array(lengths)[:, None]).astype(np.float32)
            out = out[:, 0] if self._is_first else mean_pool(out, mask)
        return normalise(out)


def mean_pool(states: NDArray[np.float32], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of the token vectors (texts, tokens, d) that `mask` keeps; of none, zeros."""
    kept: NDArray[np.float32] = np.einsum("btd,bt->bd", states, mask)
    means: NDArray[np.float32] = kept / np.maximum(mask.sum(axis=1, keepdims=True), 1.0)
    return means


def normalise(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows of length 1; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (vectors / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    return scaled


def _batches(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Return batches of texts of like length, of some `TOKENS_PER_BATCH` tokens with padding."""
    out: list[list[int]] = []
    for at in order:
        if not out or (len(out[-1]) + 1) * max(1, lengths[at]) > TOKENS_PER_BATCH:
            out.append([])
        out[-1].append(at)
    return out


def _limit(folder: Path, tokenizer: Any) -> int:
    """Return how many tokens the model was made for, as its files say."""
    said = _read_json(folder / "sentence_bert_config.json").get("max_seq_length")
    if not isinstance(said, int):
        said = (tokenizer.truncation or {}).get("max_length")
    return said if isinstance(said, int) and said > 2 else DEFAULT_LIMIT


def _takes_first_token(folder: Path) -> bool:
    return _read_json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token") is True


def _read_json(path: Path) -> dict[str, Any]:
    """Return the settings in a file that is there in some models only."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _choose_output(folder: Path, outputs: Sequence[Any]) -> tuple[str, bool]:
    """Return the output to take, and whether it is pooled already."""
    for one in outputs:
        if one.name == "sentence_embedding" and len(one.shape) == 2:
            return one.name, True
    for one in outputs:
        if len(one.shape) == 3:
            return one.name, False
    shapes = ", ".join(f"{one.name} {len(one.shape)}-dimensional" for one in outputs)
    raise InputError(
        f"{as_argument(folder)}: no vectors of tokens or sentences come out of model.onnx (but {shapes}); "
        "it is no sentence encoder"
    )


def _unreadable(folder: Path, what: str, error: Exception) -> InputError:
    return InputError(
        f"{as_argument(folder)}: {what} cannot be read ({type(error).__name__}); copy the folder anew from where it is published"
    )
