"""What goes over the wire: every request and answer of the API, checked field by field.

Requests take no field that is not named here, and no value of another type. Positions are code points.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_PRINTED = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"  # no control characters but tab and line ends

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_PRINTED)]
Prose = Annotated[str, StringConstraints(max_length=10_000, pattern=_PRINTED)]
Position = Annotated[int, Field(ge=0, le=2**31 - 1)]
Valence = Literal["", "+", "-", "mixed", "neutral"]
Seconds = Annotated[float, Field(ge=0, le=86_400 * 7)]
CodingId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Kind = Literal["participant", "interviewer", "unknown", "ignored"]


class Request(BaseModel):
    """What a page sends."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Answer(BaseModel):
    """What the server answers."""

    model_config = ConfigDict(extra="forbid")


# ---- requests


class NewCoding(Request):
    """A code on a span; `id` is made by the client, so that asking again never codes twice."""

    id: CodingId | None = None
    transcript: Name
    start: Position
    end: Position
    code: Name
    valence: Valence = ""
    memo: Prose = ""


class ChangedCoding(Request):
    """What shall change of a coding that is still at `revision`; what is not named stays."""

    revision: Name
    start: Position | None = None
    end: Position | None = None
    code: Name | None = None
    valence: Valence | None = None
    memo: Prose | None = None


class NewCode(Request):
    """A code; its id is made from its name."""

    name: Name
    parent: Name | None = None
    codebook: Name | None = None
    definition: Prose = ""
    in_vivo: bool = False


class Search(Request):
    """Words to find, in one transcript or all."""

    text: Name
    transcript: Name | None = None


class Nothing(Request):
    """An empty object."""


class Accept(Request):
    """Accept a suggestion, as it is or as another code or span."""

    start: Position | None = None
    end: Position | None = None
    code: Name | None = None
    valence: Valence = ""
    memo: Prose = ""
    seconds: Seconds | None = None


class Reject(Request):
    """Reject a suggestion."""

    why: Prose = ""
    seconds: Seconds | None = None


class Skip(Request):
    """Leave a suggestion for later."""

    seconds: Seconds | None = None


class Refit(Request):
    """Make the suggestions anew, from all that is coded by now; for one transcript or all."""

    transcript: Name | None = None


class Finished(Request):
    """Whether the coder has read all of a transcript."""

    finished: bool


# ---- answers


class Refusal(Answer):
    """Why not, in a sentence, and what to do about it."""

    error: str
    way_out: str | None = None


class TranscriptRow(Answer):
    """How far a transcript is coded; `uncoded` counts turns of participants without a coding of the coder's."""

    id: str
    language: str
    words: int
    turns: int
    codings: int
    uncoded: int
    finished: list[str]


class Study(Answer):
    """The study as this coder sees it."""

    study: str
    coder: str
    coders: list[str]
    is_blind: bool
    is_read_only: bool
    step: int
    transcripts: list[TranscriptRow]
    languages: list[str]
    has_suggestions: bool


class Person(Answer):
    """Whose voice a label is."""

    id: str
    group: str
    kind: Kind


class Turn(Answer):
    """One speaker's stretch; `people` has one entry per label in `speakers`."""

    n: int
    start: int
    end: int
    speakers: list[str]
    people: list[Person]
    starts_at: float | None
    language: str
    is_backchannel: bool
    text: str


class Transcript(Answer):
    """A transcript with its turns."""

    id: str
    revision: int
    language: str
    characters: int
    turns: list[Turn]


class Coding(Answer):
    """One application of a code; `revision` changes with its content."""

    id: str
    transcript: str
    start: int
    end: int
    code: str
    coder: str
    valence: Valence
    memo: str
    created: str
    origin: str
    revision: str


class Codings(Answer):
    """The codings of a transcript, as of a step of the history."""

    step: int
    codings: list[Coding]


class Conflict(Refusal):
    """Why not; `current` is the coding as it stands, if there is one to show."""

    current: Coding | None = None


class Removed(Answer):
    """The id of what was removed."""

    removed: str


class Codebook(Answer):
    """The head of a codebook."""

    id: str
    title: str
    language: str


class Link(Answer):
    """A code's tie to another."""

    to: str
    relation: str


class Code(Answer):
    """A code with its rules; `mine` and `last_used` tell of this coder's codings."""

    id: str
    codebook: str
    name: str
    names: dict[str, str]
    parent: str | None
    kind: str
    codable: bool
    retired: bool
    valence_applicable: bool
    definition: str
    include: str
    exclude: str
    examples: list[str]
    keywords: list[str]
    links: list[Link]
    mine: int
    last_used: str


class Codes(Answer):
    """All codes, in the order of the codebooks."""

    codebooks: list[Codebook]
    codes: list[Code]


class Hit(Answer):
    """Where words stand."""

    transcript: str
    start: int
    end: int


class Hits(Answer):
    """Where words stand, and whether there are more places than listed."""

    hits: list[Hit]
    more: bool


class Turned(Answer):
    """The step that was taken back or done again; `transcript` is where, "" for nowhere or several."""

    step: int
    what: str
    message: str
    transcript: str


class Change(Answer):
    """A step and what it touched."""

    step: int
    who: str
    what: str
    kind: str
    transcripts: list[str]
    tables: list[str]


class Changes(Answer):
    """What happened since a step; `is_complete` is false if too much did, so that everything is to be read anew.

    `suggestions` is the state of the suggestions: if it differs from the one known, they were made anew.
    """

    step: int
    changes: list[Change]
    is_complete: bool
    suggestions: str
    is_refitting: bool


class Suggestion(Answer):
    """A machine's proposal; `position` counts from 1 in the order asked for, 0 where nothing is left to decide.

    `probability` is left out while too few segments are coded for figures; `strength` says it in words.
    """

    id: str
    transcript: str
    start: int
    end: int
    code: str
    probability: float | None
    strength: Literal["strong", "medium", "weak"]
    position: int
    reasons: list[str]
    measured: float | None
    decision: Literal["", "accepted", "rejected", "changed", "skipped", "coded"]
    suggester: str


class Suggestions(Answer):
    """The suggestions for a transcript; `state` changes whenever they are made anew.

    `hidden` counts those of codes that were right less often than the study's floor when last measured.
    """

    suggestions: list[Suggestion]
    suggester: str
    state: str
    is_measured: bool
    hidden: int
    is_refitting: bool
    note: str


class Word(Answer):
    """A stretch that spoke for a suggestion."""

    start: int
    end: int
    weight: float


class Place(Answer):
    """A stretch of the transcript."""

    start: int
    end: int


class Quote(Answer):
    """A coded passage that a suggestion resembles."""

    coding: str
    transcript: str
    start: int
    end: int
    text: str


class Evidence(Suggestion):
    """A suggestion with what speaks for it, without its place in the order."""

    words: list[Word]
    negated: list[Place]
    quotes: list[Quote]
    field: str
    matched: str


class Decided(Answer):
    """What a decision led to: the coding, if one was made, and the suggestions whose decision changed by it."""

    coding: Coding | None
    changed: list[Suggestion]


class Started(Answer):
    """Whether this request began to make the suggestions anew; it did not if that was being done already."""

    started: bool


class Finish(Answer):
    """Who has read all of a transcript."""

    finished: list[str]
