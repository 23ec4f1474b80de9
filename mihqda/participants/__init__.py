"""The register: participants, groups, sites and sessions, and whose voice a speaker label is.

A person is one participant, however many sessions; group sizes come from here. `resolve_speakers` gives each
(transcript, label) one of four kinds: ``participant``, ``interviewer``, ``unknown``, ``ignored``.
"""

from mihqda.participants.labels import is_generic_label, is_interviewer_label, resolve_speakers
from mihqda.participants.model import (
    SESSION_KINDS,
    SPEAKER_KINDS,
    Asked,
    Participant,
    Register,
    Session,
    SessionKind,
    SpeakerKind,
    SpeakerRule,
    infer_session_kind,
)
from mihqda.participants.read import read_asked, read_date, read_register, read_sessions, translate_heads

__all__ = [
    "SESSION_KINDS",
    "SPEAKER_KINDS",
    "Asked",
    "Participant",
    "Register",
    "Session",
    "SessionKind",
    "SpeakerKind",
    "SpeakerRule",
    "infer_session_kind",
    "is_generic_label",
    "is_interviewer_label",
    "read_asked",
    "read_date",
    "read_register",
    "read_sessions",
    "resolve_speakers",
    "translate_heads",
]
