"""What was said before a quote: the interviewer's question, or the turn of whoever spoke last."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from mihqda.reports.attribution import Attributions
from mihqda.reports.grid import Context, rows_of
from mihqda.snapshot import Snapshot

_LONGEST = 220  # characters of a turn that are shown: its end, where the question stands
_FURTHEST = 8  # turns back


@dataclass(slots=True)
class _Turn:
    start: int
    end: int
    is_backchannel: bool
    voices: list[tuple[str, str, str]]  # kind, participant, label


class Contexts:
    """Finds what stands before a quote.

    It is the last turn of somebody else before the turn in which the quote begins, backchannels aside. Nothing is shown
    of speakers who are left out, be it for good or by a filter on people.
    """

    def __init__(self, snapshot: Snapshot, attributions: Attributions) -> None:
        self._texts = snapshot.texts
        self._attributions = attributions
        turns: dict[str, dict[int, _Turn]] = {}
        columns = ("transcript", "turn", "start", "end", "is_backchannel")
        for transcript, turn, start, end, is_backchannel in rows_of(snapshot.turns, *columns):
            turns.setdefault(transcript, {})[turn] = _Turn(start, end, bool(is_backchannel), [])
        columns = ("transcript", "turn", "kind", "participant", "speaker")
        for transcript, turn, kind, person, label in rows_of(snapshot.voices, *columns):
            turns[transcript][turn].voices.append((kind, person, label))
        self._turns = {
            transcript: sorted(found.values(), key=lambda turn: turn.start)
            for transcript, found in turns.items()
        }
        self._starts = {
            transcript: [turn.start for turn in found] for transcript, found in self._turns.items()
        }

    def before(self, transcript: str, position: int) -> Context | None:
        """Return what was said before a position, or None if that was nothing or is not to be shown."""
        turns = self._turns.get(transcript, [])
        at = bisect_right(self._starts.get(transcript, []), position) - 1
        if at < 0:
            return None
        own = set(turns[at].voices)
        for turn in reversed(turns[max(at - _FURTHEST, 0) : at]):
            if turn.is_backchannel or set(turn.voices) == own:
                continue
            if any(kind == "ignored" for kind, _, _ in turn.voices):
                return None
            return self._shorten(transcript, turn)
        return None

    def _shorten(self, transcript: str, turn: _Turn) -> Context | None:
        text = self._texts[transcript][turn.start : turn.end]
        is_cut = len(text) > _LONGEST
        if is_cut:
            text = text[-_LONGEST:]
            text = text[next((at for at, ch in enumerate(text) if ch.isspace()), 0) :]
        text = text.strip()
        if not text:
            return None
        names = dict.fromkeys(self._attributions.voice(kind, person) for kind, person, _ in turn.voices)
        return Context(text, "/".join(names), is_cut)
