"""Sentence embeddings from a model that the researcher has in a folder; nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mihqda.errors import ConflictError, InputError, PluginError, as_argument
from mihqda.suggest.embedding_cache import EmbeddingCache, text_key
from mihqda.suggest.engines import (
    Engine,
    OnnxEngine,
    SentenceTransformersEngine,
    find_onnx,
    is_sentence_transformer,
    normalise,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW_WORDS = 180
TOKENS_PER_WORD = 1.4
AT_ONCE = 1024
"""Windows per step of the progress."""
_WEIGHTS = (".safetensors", ".bin", ".json", ".txt", ".model", ".onnx", ".onnx_data")


def load_encoder(
    folder: str | Path, *, cache: str | Path | None = None, expected: str = "", threads: int = 1
) -> Encoder:
    """Load the sentence model in a folder.

    Parameters
    ----------
    folder
        Of sentence-transformers (``modules.json``), where that is installed, or else with ``model.onnx`` (also as
        ``onnx/model.onnx``) and ``tokenizer.json``.
    cache
        Folder in which to keep vectors; as confidential as the study, though it holds no text.
    expected
        The hash that a study recorded; another one is an error.
    threads
        Of the model; one is the most repeatable.

    Raises
    ------
    InputError
        If there is no such folder, or something in it is missing or damaged.
    PluginError
        If a package is missing.
    ConflictError
        If the model is not the one that was expected.
    """
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise InputError(
            f"{as_argument(folder)}: no such folder. A model is given by its folder, for nothing is downloaded: get one that "
            "holds model.onnx and tokenizer.json (for Dutch a multilingual one) and give its path, or go on without"
        )
    make, files = _choose_engine(path, threads)
    digest = _hash_files(path, files)
    if expected and digest != expected:
        raise ConflictError(
            f"{as_argument(path)}: the model has changed: its hash is {digest[:12]}, the study recorded {expected[:12]}; "
            "give the folder with that model, or make the suggestions anew with this one"
        )
    kept = None if cache is None else EmbeddingCache(Path(cache).expanduser(), digest)
    reload = partial(load_encoder, str(path), cache=cache, expected=digest, threads=threads)
    return Encoder(path.resolve().name, digest, make(), cache=kept, reload=reload)


class Encoder:
    """Makes vectors of texts; see `load_encoder`.

    Parameters
    ----------
    name, hash
        Name of the model's folder, and SHA-256 of the files that decide what it computes.
    engine
        What runs it.
    cache
        Where vectors are kept, if anywhere.
    reload
        How to make it again in another process.
    """

    def __init__(
        self,
        name: str,
        hash: str,
        engine: Engine,
        *,
        cache: EmbeddingCache | None = None,
        reload: Callable[[], Encoder] | None = None,
    ) -> None:
        self.name = name
        self.hash = hash
        self._engine = engine
        self._cache = cache
        self._reload = reload
        self._words = max(1, min(WINDOW_WORDS, int((engine.limit - 2) / TOKENS_PER_WORD)))
        self._dimension = 0

    @property
    def messages(self) -> tuple[str, ...]:
        """Return what a person should know of the cache: damaged, of another model, not writable."""
        return () if self._cache is None else tuple(self._cache.messages)

    @property
    def dimension(self) -> int:
        """Return the length of the vectors."""
        if not self._dimension:
            self._dimension = int(self._engine.run(["a"]).shape[1])
        return self._dimension

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector of length 1 per text; zeros for a text without words.

        Long texts are cut into windows of at most some 180 words, whose vectors are averaged. `progress` is
        called with windows done and in all.
        """
        keys = [text_key(text) for text in texts]
        known: dict[bytes, NDArray[np.float32]] = {}
        wanted: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            vector = None if self._cache is None else self._cache.get(key)
            if vector is not None:
                known[key] = vector
            elif text.strip():
                wanted[key] = text
        if wanted:
            made = self._compute(wanted, progress)
            if self._cache is not None:
                self._cache.add(made)
            known |= made
        empty = np.zeros(self.dimension, np.float32)
        if not keys:
            return np.zeros((0, self.dimension), np.float32)
        return np.stack([known.get(key, empty) for key in keys])

    def _compute(
        self, texts: dict[bytes, str], progress: Callable[[int, int], None] | None
    ) -> dict[bytes, NDArray[np.float32]]:
        windows = [(key, window) for key, text in texts.items() for window in cut_windows(text, self._words)]
        parts = []
        for start in range(0, len(windows), AT_ONCE):
            parts.append(self._engine.run([window for _, window in windows[start : start + AT_ONCE]]))
            if progress is not None:
                progress(min(start + AT_ONCE, len(windows)), len(windows))
        vectors = np.concatenate(parts)
        if not np.isfinite(vectors).all():
            raise InputError(
                f"model {self.name}: it gives vectors that are no numbers; the file may be damaged"
            )
        rows: dict[bytes, list[int]] = {}
        for row, (key, _) in enumerate(windows):
            rows.setdefault(key, []).append(row)
        means = normalise(np.stack([vectors[at].mean(axis=0) for at in rows.values()]))
        return dict(zip(rows, means, strict=True))

    def __reduce__(self) -> Any:
        # A running model cannot be sent to another process; where it was loaded from can.
        if self._reload is None:
            raise TypeError(
                "this encoder was not loaded from a folder, so it cannot be sent to another process"
            )
        return self._reload, ()


def cut_windows(text: str, words: int = WINDOW_WORDS) -> list[str]:
    """Return a text in stretches of at most so many words, all about as long.

    Examples
    --------
    >>> cut_windows("one two three four five", 2)
    ['one two', 'three', 'four five']
    """
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    if len(spans) <= words:
        return [text]
    count = -(-len(spans) // words)
    cuts = [round(at * len(spans) / count) for at in range(count + 1)]
    return [text[spans[a][0] : spans[b - 1][1]] for a, b in pairwise(cuts)]


def _choose_engine(folder: Path, threads: int) -> tuple[Callable[[], Engine], list[Path]]:
    """Return how to make the engine for a folder, and the files that decide what it computes."""
    if is_sentence_transformer(folder) and find_spec("sentence_transformers") is not None:
        inside = (path for path in folder.rglob("*") if path.suffix in _WEIGHTS and path.is_file())
        files = [path for path in inside if path.relative_to(folder).parts[0] not in ("onnx", "openvino")]
        return partial(SentenceTransformersEngine, folder), sorted(files)
    model = find_onnx(folder)
    if model is None and is_sentence_transformer(folder):
        raise PluginError(
            f"{as_argument(folder)} is a folder of sentence-transformers without model.onnx: "
            "pip install sentence-transformers, or take a folder with model.onnx and tokenizer.json"
        )
    if model is None:
        raise InputError(
            f"{as_argument(folder)}: no model.onnx in it; a model's folder holds model.onnx and tokenizer.json"
        )
    beside = [model, *model.parent.glob("*.onnx_data"), *model.parent.glob("*.onnx.data")]
    settings = [
        folder / name for name in ("tokenizer.json", "sentence_bert_config.json", "1_Pooling/config.json")
    ]
    return partial(OnnxEngine, folder, threads=threads), sorted(
        path for path in (*beside, *settings) if path.is_file()
    )


def _hash_files(folder: Path, files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\x1f{content}\x1e".encode())
    return digest.hexdigest()
