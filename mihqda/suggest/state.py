"""The state of a study as far as suggestions depend on it, as a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from mihqda.codings.frame import rows_of
from mihqda.snapshot import Snapshot

_LEARNED_FROM = {
    "transcripts": ("transcript", "sha256", "revision"),
    "codes": ("code", "name", "parent", "codable", "retired", "definition", "include", "exclude", "example"),
    "codings": ("transcript", "start", "end", "code", "coder"),
    "decisions": ("transcript", "start", "end", "code", "decision", "coder"),
    "finished": ("transcript", "coder"),
}


def study_state(snapshot: Snapshot, *, coders: Sequence[str] = ()) -> str:
    """Return a hash of everything that a suggester can learn from: the same study, the same twelve digits.

    Parameters
    ----------
    coders
        Whose codings, decisions and finished transcripts; by default everybody's.
    """
    digest = hashlib.sha256()
    for name, columns in _LEARNED_FROM.items():
        frame = getattr(snapshot, name)
        if coders and "coder" in frame:
            frame = frame[frame["coder"].isin(coders)]
        for row in sorted(json.dumps(row, default=str) for row in rows_of(frame, *columns)):
            digest.update(f"{name}{row}\n".encode())
    return digest.hexdigest()[:12]
