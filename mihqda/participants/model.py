"""Participant, Session and what else a register holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from mihqda.errors import InputError

SpeakerKind = Literal["participant", "interviewer", "unknown", "ignored"]
SPEAKER_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
SessionKind = Literal["interview", "joint interview", "focus group"]
SESSION_KINDS: tuple[SessionKind, ...] = get_args(SessionKind)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who speaks as data. `attributes` holds every other column of the register."""

    id: str
    group: str
    role: str = ""
    site: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.group.strip():
            raise InputError("a participant needs an id and a group")
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting with one or more participants; `duration` is in minutes, None if not known."""

    id: str
    kind: SessionKind
    date: str = ""
    mode: str = ""
    language: str = ""
    duration: float | None = None
    transcripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerRule:
    """Whose voice a label is.

    An empty `transcript` means every transcript; an empty `speaker` means the one voice of that transcript
    that nothing else explains.
    """

    transcript: str
    speaker: str
    kind: SpeakerKind
    participant: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic (a code or a theme) that was put to a participant, or to everybody in a session."""

    topic: str
    participant: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """What a register file says."""

    participants: tuple[Participant, ...]
    rules: tuple[SpeakerRule, ...]


def infer_session_kind(people: int) -> SessionKind:
    """Return the kind of a session by the number of people who speak as data: 1, 2, more."""
    return "interview" if people <= 1 else "joint interview" if people == 2 else "focus group"
