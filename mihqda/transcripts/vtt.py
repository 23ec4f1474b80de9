"""Read WebVTT (.vtt), as Teams, Zoom, Whisper and noScribe write it."""

from __future__ import annotations

from mihqda.transcripts.cues import CueReader

reader = CueReader("vtt", (".vtt", ".webvtt"))
