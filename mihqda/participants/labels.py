"""Whose voice a speaker label is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mihqda.participants.model import SpeakerKind, SpeakerRule

_INTERVIEWERS = frozenset(
    [
        "interviewer",
        "interviewers",
        "interviewster",
        "interviewerin",
        "intervieweur",
        "enquêteur",
        "enquêtrice",
        "entrevistador",
        "entrevistadora",
        "moderator",
        "moderatorin",
        "moderatrice",
        "modérateur",
        "modérateur",
        "moderador",
        "moderadora",
        "mod",
        "facilitator",
        "facilitateur",
        "gespreksleider",
        "gespreksleidster",
        "onderzoeker",
        "researcher",
        "i",
        "int",
        "iv",
        "q",
        "vraag",
    ]
)
_GENERIC = re.compile(
    r"(r|b|resp|respondent|interviewee|geïnterviewde|befragter?|speaker|spreker|sprecher|spk|s|unknown|onbekend)"
    r"[ _\-]?\d*",
    re.IGNORECASE,
)


def is_interviewer_label(label: str, extra: Iterable[str] = ()) -> bool:
    """Tell whether a label names who asks: a known word (``Interviewer 2``, ``Gespreksleider``) or one of `extra`.

    Examples
    --------
    >>> is_interviewer_label("Moderator 1"), is_interviewer_label("P1"), is_interviewer_label("KB", ["kb"])
    (True, False, True)
    """
    folded = re.sub(r"[:*_](?:innen|in)\b", "", label.strip().casefold())  # Interviewer:in
    if folded in {one.strip().casefold() for one in extra}:
        return True
    return re.sub(r"[ _\-.]*(\d+|\b[a-z])?$", "", folded) in _INTERVIEWERS or folded in _INTERVIEWERS


def is_generic_label(label: str) -> bool:
    """Tell whether a label could be anybody's ("R", "Speaker 1"), so that it maps only per transcript."""
    return _GENERIC.fullmatch(label.strip()) is not None


def resolve_speakers(
    labels: Mapping[str, Iterable[str]],
    *,
    participants: Iterable[str],
    rules: Iterable[SpeakerRule] = (),
    interviewers: Iterable[str] = (),
) -> dict[tuple[str, str], tuple[SpeakerKind, str]]:
    """Tell whose voice each label of each transcript is.

    In this order: a rule for the label in this transcript; a rule for the label anywhere; a participant of
    that id, ignoring case (not for generic labels); an interviewer's label; a rule for this transcript
    without a label, if exactly one voice and one such person are left; else unknown.

    Parameters
    ----------
    labels
        Transcript id -> its labels; ``""`` stands for turns without one.
    participants
        Ids in the register.
    rules
        What the register says about labels.
    interviewers
        Labels that this study sets as the interviewer's.

    Returns
    -------
    dict
        (transcript, label) -> (kind, participant id or ``""``), one entry per label.
    """
    ids = {one.casefold(): one for one in participants}
    extra = tuple(interviewers)
    exact: dict[tuple[str, str], SpeakerRule] = {}
    sole: dict[str, list[SpeakerRule]] = {}
    for rule in rules:
        if rule.speaker:
            exact[rule.transcript.casefold(), rule.speaker.casefold()] = rule
        else:
            sole.setdefault(rule.transcript.casefold(), []).append(rule)
    out: dict[tuple[str, str], tuple[SpeakerKind, str]] = {}
    for transcript, found in labels.items():
        left: list[str] = []
        for label in dict.fromkeys(found):
            folded = label.casefold()
            named = exact.get((transcript.casefold(), folded)) or exact.get(("", folded))
            if named is not None:
                out[transcript, label] = (named.kind, named.participant)
            elif folded in ids and not is_generic_label(label):
                out[transcript, label] = ("participant", ids[folded])
            elif label and is_interviewer_label(label, extra):
                out[transcript, label] = ("interviewer", "")
            else:
                left.append(label)
        heard = {person for (where, _), (_, person) in out.items() if where == transcript}
        waiting = [rule for rule in sole.get(transcript.casefold(), []) if rule.participant not in heard]
        for label in left:
            if len(left) == 1 and len(waiting) == 1:
                out[transcript, label] = (waiting[0].kind, waiting[0].participant)
            else:
                out[transcript, label] = ("unknown", "")
    return out
