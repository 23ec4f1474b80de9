"""What all coders of a study read: transcripts, voices and codes, kept until the history says that they changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mihqda.codebook import Code, Codebook
from mihqda.codings import Coding
from mihqda.codings.load import names_of, resolve_code
from mihqda.codings.overlap import TurnSpans
from mihqda.errors import InputError
from mihqda.participants import SpeakerKind
from mihqda.project.kept import Kept
from mihqda.project.search import Folded
from mihqda.spans import Span
from mihqda.store import Store
from mihqda.store.codes import get_codebooks
from mihqda.store.people import get_participants
from mihqda.store.transcripts import get_transcript, transcript_ids
from mihqda.store.voices import TURNS, voice_rows
from mihqda.transcripts import Transcript

_OF_CODES = ("codebooks", "codes")
_OF_VOICES = ("transcripts", "participants", "speaker_rules", "settings")


@dataclass(frozen=True, slots=True)
class Heard:
    """Whose voice a label is: participant id and group ("" if unknown), and the kind of speaker."""

    id: str
    group: str
    kind: SpeakerKind


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """A turn and who is heard in it, one entry per label."""

    number: int
    span: Span
    speakers: tuple[str, ...]
    people: tuple[Heard, ...]
    starts_at: float | None
    language: str
    words: int
    is_backchannel: bool

    @property
    def is_data(self) -> bool:
        """Whether somebody who is not the interviewer says something in it."""
        return not self.is_backchannel and any(one.kind in ("participant", "unknown") for one in self.people)


class Content:
    """The study without anybody's codings, read once; reading it again costs next to nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.kept = Kept(store)

    def groups(self) -> tuple[str, ...]:
        """Return the groups of the register in its own order."""
        people = self.kept.get("people", ("participants",), lambda: get_participants(self._store))
        return tuple(dict.fromkeys(one.group for one in people))

    def transcripts(self) -> tuple[str, ...]:
        """Return the ids of the transcripts, sorted."""
        return self.kept.get("transcripts", ("transcripts",), lambda: transcript_ids(self._store))

    def transcript(self, transcript: str) -> Transcript:
        """Return a transcript.

        Raises
        ------
        NotFoundError
            If the study has none of that id.
        """
        return self.kept.get(
            f"transcript {transcript}", ("transcripts",), lambda: get_transcript(self._store, transcript)
        )

    def turns(self, transcript: str) -> tuple[HeardTurn, ...]:
        """Return the turns of a transcript with who is heard in them."""
        self.transcript(transcript)
        return self.kept.get("turns", _OF_VOICES, self._heard).get(transcript, ())

    def codebooks(self) -> tuple[Codebook, ...]:
        """Return the study's codebooks."""
        return self.kept.get("codebooks", _OF_CODES, lambda: get_codebooks(self._store))

    def check(self, coding: Coding) -> None:
        """Raise InputError if a coding is of a place or a code that cannot be coded."""
        text = self.transcript(coding.transcript).text
        span = coding.span
        if span.end > len(text):
            raise InputError(
                f"span {span} is beyond transcript {coding.transcript} of {len(text)} characters"
            )
        if text[span.start : span.end].isspace():
            raise InputError(f"span {span} covers nothing but white space")
        codes = self.codes()
        by_name = self.kept.get("codes by name", _OF_CODES, lambda: names_of(codes))
        try:
            found = resolve_code(coding.code, codes, by_name)
        except InputError as error:
            raise InputError(f"code {coding.code!r}: {error}") from None
        if found != coding.code:
            raise InputError(f"code {coding.code!r}: the study has no such code; is it {found}?")

    def codes(self) -> Mapping[str, Code]:
        """Return all codes by id."""
        return self.kept.get(
            "codes", _OF_CODES, lambda: {code.id: code for book in self.codebooks() for code in book}
        )

    def folded(self, transcript: str) -> Folded:
        """Return a transcript's text made ready for searching."""
        text = self.transcript(transcript).text
        return self.kept.get(f"folded {transcript}", ("transcripts",), lambda: Folded(text))

    def turn_spans(self, transcript: str) -> TurnSpans:
        """Return the turns of a transcript, to be found by position."""
        one = self.transcript(transcript)
        return self.kept.get(
            f"spans {transcript}",
            ("transcripts",),
            lambda: TurnSpans(one.text, [(turn.span.start, turn.span.end) for turn in one.turns]),
        )

    def _heard(self) -> dict[str, tuple[HeardTurn, ...]]:
        rows = self._store.read(TURNS)
        groups = {one.id: one.group for one in get_participants(self._store)}
        people: dict[tuple[str, int], dict[str, Heard]] = {}
        for transcript, number, speaker, kind, person in voice_rows(self._store, rows):
            people.setdefault((transcript, number), {})[speaker] = Heard(person, groups.get(person, ""), kind)
        out: dict[str, list[HeardTurn]] = {}
        for transcript, number, start, end, starts_at, _, language, words, is_backchannel, _ in rows:
            heard = people[transcript, number]
            out.setdefault(transcript, []).append(
                HeardTurn(
                    number, Span(start, end), tuple(heard), tuple(heard.values()), starts_at, language, words,
                    bool(is_backchannel),
                )
            )  # fmt: skip
        return {name: tuple(turns) for name, turns in out.items()}
