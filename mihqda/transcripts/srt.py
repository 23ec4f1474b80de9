"""Read SubRip (.srt)."""

from __future__ import annotations

from mihqda.transcripts.cues import CueReader

reader = CueReader("srt", (".srt",))
