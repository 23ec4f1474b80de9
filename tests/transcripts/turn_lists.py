"""What tests compare turns by."""

from __future__ import annotations

from mihqda.transcripts import Reader, Reading


def read(reader: Reader, text: str | bytes) -> Reading:
    return reader.read(text if isinstance(text, bytes) else text.encode())


def said(reading: Reading) -> list[tuple[str, str]]:
    """Return (speakers joined by " + ", speech) of each turn."""
    return [(" + ".join(turn.speakers), turn.span.quote(reading.text)) for turn in reading.turns]


def voices(reading: Reading) -> list[tuple[str, ...]]:
    return [turn.speakers for turn in reading.turns]


def times(reading: Reading) -> list[tuple[float | None, float | None]]:
    return [(turn.start, turn.end) for turn in reading.turns]
