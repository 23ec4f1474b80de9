"""Snapshot: what statistics and reports take, a frozen bundle of frames with versions and a hash.

Frames (text columns hold ``""`` where there is nothing, times are seconds with NaN for unknown):

============= =====================================================================================
participants  participant, group, role, site, then every other column of the register
sessions      session, kind, date, mode, language, duration
transcripts   transcript, session, source, sha256, revision, language, reader, encoding, characters
turns         transcript, turn (0, 1, …), start, end, starts_at, ends_at, language, words, is_backchannel
voices        transcript, turn, speaker, kind, participant: one row per speaker of a turn; kind is
              ``participant``, ``interviewer``, ``unknown`` or ``ignored``; a turn without a label has one
              row with speaker ``""``
codes         code, codebook, name, kind, parent, position, codable, retired, valence_applicable,
              definition, include, exclude, example, origin, version, name_nl
codings       see `mihqda.codings.frame`
themes        theme, name, definition, query, memo: the study's own themes
asked         topic, participant, session: who was asked what (one of the last two is ``""``)
decisions     suggestion, transcript, start, end, code, suggester, version, state, probability (NaN where the
              suggester gave none), decision (``accepted``, ``rejected``, ``changed``, ``skipped``), coder,
              at, seconds (NaN if not measured), coding (``""`` if there is none, or it was removed since),
              to_code, to_start, to_end (what a changed one became; ``""`` and -1 for the others), is_bulk
finished      transcript, coder: who has read which transcript to the end
evaluations   evaluation (1, 2, …), at, who, state, result (JSON): what suggesters were worth on this study
set_aside     like codings: those that a filter on people, codes or valences took away. They are counted
              nowhere, but ``and``, ``not`` and the phases of a theme still look at them.
============= =====================================================================================
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.errors import NotFoundError
from mihqda.filters import Filter

COLUMNS: dict[str, tuple[str, ...]] = {
    "participants": ("participant", "group", "role", "site"),
    "sessions": ("session", "kind", "date", "mode", "language", "duration"),
    "transcripts": (
        "transcript", "session", "source", "sha256", "revision", "language", "reader", "encoding",
        "characters",
    ),
    "turns": (
        "transcript", "turn", "start", "end", "starts_at", "ends_at", "language", "words", "is_backchannel",
    ),
    "voices": ("transcript", "turn", "speaker", "kind", "participant"),
    "codes": (
        "code", "codebook", "name", "kind", "parent", "position", "codable", "retired", "valence_applicable",
        "definition", "include", "exclude", "example", "origin", "version", "name_nl",
    ),
    "codings": (
        "coding", "transcript", "start", "end", "code", "coder", "valence", "memo", "created", "origin",
    ),
    "themes": ("theme", "name", "definition", "query", "memo"),
    "asked": ("topic", "participant", "session"),
    "decisions": (
        "suggestion", "transcript", "start", "end", "code", "suggester", "version", "state", "probability",
        "decision", "coder", "at", "seconds", "coding", "to_code", "to_start", "to_end", "is_bulk",
    ),
    "finished": ("transcript", "coder"),
    "evaluations": ("evaluation", "at", "who", "state", "result"),
}  # fmt: skip
LATER = ("decisions", "finished", "evaluations")
"""Frames that came later: a study without any rows in them keeps the hash that it had."""


def _empty(name: str) -> Callable[[], pd.DataFrame]:
    return lambda: pd.DataFrame(columns=list(COLUMNS[name]))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The study at one moment, or what a Filter leaves of it.

    Parameters
    ----------
    participants, sessions, transcripts, turns, voices, codes, codings, themes, asked
        Frames with at least the columns listed in this module's docstring.
    texts
        Transcript id -> text.
    study
        Name of the study.
    as_of
        Time of the last history entry, UTC.
    versions
        What made the figures: mihqda, and each codebook by id.
    filter
        What `select` was given; empty for the whole study.
    set_aside
        What `select` took from the codings of the chosen coders and transcripts.
    decisions, finished, evaluations
        Frames as above; `decisions` and `finished` follow a filter on coders and transcripts, and decisions
        one on codes.
    """

    participants: pd.DataFrame
    sessions: pd.DataFrame
    transcripts: pd.DataFrame
    turns: pd.DataFrame
    voices: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    themes: pd.DataFrame
    asked: pd.DataFrame
    texts: Mapping[str, str]
    study: str = ""
    as_of: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    filter: Filter = field(default_factory=Filter)
    set_aside: pd.DataFrame = field(default_factory=_empty("codings"))
    decisions: pd.DataFrame = field(default_factory=_empty("decisions"))
    finished: pd.DataFrame = field(default_factory=_empty("finished"))
    evaluations: pd.DataFrame = field(default_factory=_empty("evaluations"))

    def __post_init__(self) -> None:
        for name, columns in (*COLUMNS.items(), ("set_aside", COLUMNS["codings"])):
            missing = set(columns) - set(getattr(self, name).columns)
            if missing:
                raise ValueError(f"snapshot: the frame {name} lacks {', '.join(sorted(missing))}")

    @cached_property
    def hash(self) -> str:
        """SHA-256 over frames, texts and filter: the same input, the same hash, on every machine."""
        digest = hashlib.sha256()
        for name in (*COLUMNS, "set_aside"):
            frame: pd.DataFrame = getattr(self, name)
            if name in LATER and frame.empty:
                continue
            digest.update(json.dumps([name, *map(str, frame.columns)]).encode())
            for row in rows_of(frame, *frame.columns):
                digest.update(json.dumps(row, default=str, ensure_ascii=False).encode())
        for transcript in sorted(self.texts):
            text = self.texts[transcript].encode()
            digest.update(json.dumps([transcript, len(text)]).encode())
            digest.update(text)
        digest.update(json.dumps(self.filter.describe(), sort_keys=True).encode())
        return digest.hexdigest()

    @cached_property
    def descendants(self) -> dict[str, tuple[str, ...]]:
        """Code -> itself and all codes below it, in the codebooks' order."""
        parents = dict(zip(self.codes["code"], self.codes["parent"], strict=True))
        out: dict[str, list[str]] = {code: [] for code in parents}
        for code in parents:
            above = code
            while above:
                out[above].append(code)
                above = parents.get(above, "")
        return {code: tuple(below) for code, below in out.items()}

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """Coders who have codings here, sorted."""
        return tuple(sorted(set(self.codings["coder"])))

    def layers(self) -> pd.DataFrame:
        """Return transcript, coder, codings: who coded how much where; only pairs that occur."""
        counts = self.codings.groupby(["transcript", "coder"], sort=True).size()
        return counts.rename("codings").reset_index()

    def select(self, chosen: Filter) -> Snapshot:
        """Return what a filter leaves.

        The register keeps the people whom the filter names, and only the transcripts in which they speak
        stay. A voice of somebody else becomes ``ignored``;
        so does an unknown one if the filter is on people. Codings keep those in which one of the remaining
        voices speaks (with `with_interviewer`, the interviewer's as well), backchannels aside. What a filter
        on people, codes or valences takes away goes to `set_aside`; the layers of other coders are gone.

        Raises
        ------
        NotFoundError
            If the filter names something that the study does not have.
        """
        self._check(chosen)
        people = self.participants
        for column, values in (
            ("group", chosen.groups), ("role", chosen.roles), ("site", chosen.sites),
            ("participant", chosen.participants),
        ):  # fmt: skip
            if values:
                people = people[people[column].isin(values)]
        transcripts, sessions = self.transcripts, self.sessions
        if chosen.kinds:
            sessions = sessions[sessions["kind"].isin(chosen.kinds)]
        if chosen.sessions:
            sessions = sessions[sessions["session"].isin(chosen.sessions)]
        if chosen.kinds or chosen.sessions:
            transcripts = transcripts[transcripts["session"].isin(sessions["session"])]
        if chosen.transcripts:
            transcripts = transcripts[transcripts["transcript"].isin(chosen.transcripts)]
            sessions = sessions[sessions["session"].isin(transcripts["session"])]
        if chosen.is_on_people:
            # Sessions in which none of these people speaks are no source of what they said.
            heard_in = self.voices["transcript"][self.voices["participant"].isin(people["participant"])]
            transcripts = transcripts[transcripts["transcript"].isin(heard_in)]
            sessions = sessions[sessions["session"].isin(transcripts["session"])]
        here = set(transcripts["transcript"])
        turns = self.turns[self.turns["transcript"].isin(here)]
        voices = self.voices[self.voices["transcript"].isin(here)]
        if chosen.is_on_people:
            elsewhere = (voices["kind"] == "unknown") | (
                (voices["kind"] == "participant") & ~voices["participant"].isin(people["participant"])
            )
            voices = voices.assign(kind=voices["kind"].mask(elsewhere, "ignored"))
        everything = self.codings
        if not self.set_aside.empty:
            everything = pd.concat([everything, self.set_aside])
        everything = everything[everything["transcript"].isin(here)]
        if chosen.coders:
            everything = everything[everything["coder"].isin(chosen.coders)]
        codings = everything[everything["coding"].isin(self.codings["coding"])]
        if chosen.codes:
            wanted = {below for code in chosen.codes for below in self.descendants[code]}
            codings = codings[codings["code"].isin(wanted)]
        if chosen.valences:
            codings = codings[codings["valence"].isin(["" if v == "none" else v for v in chosen.valences])]
        selected = dataclasses.replace(
            self, participants=_reset(people), sessions=_reset(sessions), transcripts=_reset(transcripts),
            turns=_reset(turns), voices=_reset(voices), codings=_reset(codings),
            texts={name: self.texts[name] for name in self.texts if name in here}, filter=chosen,
            decisions=_reset(self._narrow(self.decisions, here, chosen)),
            finished=_reset(self._narrow(self.finished, here, chosen)),
        )  # fmt: skip
        if chosen.is_on_people:
            speakers = selected.speakers_of_codings()
            heard = speakers["coding"][~speakers["is_backchannel"].astype(bool)]
            codings = codings[codings["coding"].isin(heard)]
        set_aside = everything[~everything["coding"].isin(codings["coding"])]
        return dataclasses.replace(selected, codings=_reset(codings), set_aside=_reset(set_aside))

    def speakers_of_codings(self) -> pd.DataFrame:
        """Return who speaks inside each coding.

        Returns
        -------
        DataFrame
            coding, transcript, turn, is_backchannel, speaker, kind, participant: one row per coding, turn
            that it overlaps (by more than white space) and voice of that turn; kinds ``participant`` and
            ``unknown``, and ``interviewer`` if the filter asks for it.
        """
        from mihqda.codings.overlap import overlapping_turns

        kinds = {"participant", "unknown"} | ({"interviewer"} if self.filter.with_interviewer else set())
        pairs = overlapping_turns(self.codings, self.turns, self.texts)
        voices = self.voices[self.voices["kind"].isin(kinds)]
        return pairs.merge(voices, on=["transcript", "turn"], how="inner")

    def _narrow(self, frame: pd.DataFrame, here: set[str], chosen: Filter) -> pd.DataFrame:
        frame = frame[frame["transcript"].isin(here)]
        if chosen.coders:
            frame = frame[frame["coder"].isin(chosen.coders)]
        if chosen.codes and "code" in frame:
            wanted = {below for code in chosen.codes for below in self.descendants[code]}
            frame = frame[frame["code"].isin(wanted) | frame["to_code"].isin(wanted)]
        return frame

    def _check(self, chosen: Filter) -> None:
        known: dict[str, Sequence[str]] = {
            "groups": list(self.participants["group"]),
            "roles": list(self.participants["role"]),
            "sites": list(self.participants["site"]),
            "participants": list(self.participants["participant"]),
            "sessions": list(self.sessions["session"]),
            "kinds": list(self.sessions["kind"]),
            "transcripts": list(self.transcripts["transcript"]),
            "coders": list(self.codings["coder"]),
            "codes": list(self.codes["code"]),
            "valences": ["+", "-", "mixed", "neutral", "none"],
        }
        for name, values in known.items():
            for value in getattr(chosen, name):
                if value not in values:
                    there = ", ".join(sorted({v for v in values if v})[:12]) or "none"
                    what = name.removesuffix("s")
                    raise NotFoundError(f"the study has no {what} {value!r}; there are: {there}")


def _reset(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reset_index(drop=True)
