"""Vectors of texts kept on disk, by the hash of the text and of the model: no text is in the file.

A cache is never trusted: one that is damaged or of another model is computed anew, and `messages` says so.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mihqda.errors import as_argument

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FORMAT = 1


def text_key(text: str) -> bytes:
    """Return what stands for a text in the cache."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class EmbeddingCache:
    """The vectors of one model in one folder, read on making.

    Parameters
    ----------
    folder
        Is made if it does not exist.
    model
        Hash of the model.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self.path = folder / f"embeddings-{model[:16]}.npz"
        self.messages: list[str] = []
        self._model = model
        self._vectors: dict[bytes, NDArray[np.float32]] = {}
        if self.path.exists():
            try:
                self._vectors = self._read()
            except Exception as error:  # whatever is wrong with it, everything in it can be computed anew
                reason = str(error) if isinstance(error, _ForeignError) else "it is damaged"
                self.messages.append(f"{as_argument(self.path)}: {reason}; the embeddings are computed anew")

    def __len__(self) -> int:
        return len(self._vectors)

    def get(self, key: bytes) -> NDArray[np.float32] | None:
        """Return the vector of a text, or None."""
        return self._vectors.get(key)

    def add(self, vectors: dict[bytes, NDArray[np.float32]]) -> None:
        """Keep vectors and write the file in one step; a folder that cannot be written is told of, once."""
        self._vectors |= vectors
        temporary = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(suffix=".tmp", dir=self.path.parent)
            with os.fdopen(handle, "wb") as file:
                np.savez(
                    file,
                    format=np.array(_FORMAT),
                    model=np.array(self._model),
                    keys=np.frombuffer(b"".join(self._vectors), np.uint8).reshape(-1, 32),
                    vectors=np.stack(list(self._vectors.values())),
                )
            os.replace(temporary, self.path)
        except OSError as error:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)
            message = (
                f"{as_argument(self.path)}: cannot be written ({error.strerror}); embeddings are not kept"
            )
            if message not in self.messages:
                self.messages.append(message)

    def _read(self) -> dict[bytes, NDArray[np.float32]]:
        with self.path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            if int(file["format"]) != _FORMAT or str(file["model"]) != self._model:
                raise _ForeignError("it is of another model or version")
            keys, vectors = file["keys"], file["vectors"]
        is_whole = keys.dtype == np.uint8 and vectors.dtype == np.float32 and vectors.ndim == 2
        if not is_whole or keys.shape != (len(vectors), 32) or not np.isfinite(vectors).all():
            raise ValueError("not what was written")
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


class _ForeignError(ValueError):
    """The file is sound, but not this model's."""
