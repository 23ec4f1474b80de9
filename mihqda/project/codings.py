"""Stage 3 of a project: applying codes and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mihqda.codebook import Code
from mihqda.codings import Coding, Valence, new_id, parse_valence
from mihqda.codings.load import names_of, read_codings, resolve_code
from mihqda.codings.overlap import TurnSpans
from mihqda.codings.place import check_quote, locate
from mihqda.errors import ConflictError, InputError
from mihqda.project.registers import as_table
from mihqda.spans import Span
from mihqda.store import Store
from mihqda.store import codings as stored
from mihqda.store.codes import get_codebooks
from mihqda.store.database import now
from mihqda.store.transcripts import get_text, get_transcript
from mihqda.store.voices import TURNS_OF, voice_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Coded:
    """What coding did: the new codings, how many were there already, and what a coder should know."""

    codings: tuple[Coding, ...]
    already: int = 0
    warnings: tuple[str, ...] = ()


def study_codes(store: Store) -> dict[str, Code]:
    """Return all codes of the study by id."""
    return {code.id: code for book in get_codebooks(store) for code in book}


def code_span(
    store: Store,
    transcript: str,
    *,
    code: str,
    coder: str,
    at: Span | None = None,
    quote: str | None = None,
    valence: str | None = None,
    memo: str = "",
    origin: str = "hand",
) -> Coded:
    """Apply one code to one span, given by position or by a quote that occurs exactly once."""
    text = get_transcript(store, transcript).text
    codes = study_codes(store)
    try:
        found = resolve_code(code, codes, names_of(codes))
    except InputError as error:
        raise InputError(f"code {code!r}: {error}; see: mihqda codebook list STUDY") from None
    if not coder.strip():
        raise InputError("a coding needs its coder: --coder NAME")
    if at is None and quote is None:
        raise InputError("where? Give a position (--at START:END) or a quote that occurs once (--quote TEXT)")
    if at is not None:
        if at.end > len(text):
            raise InputError(f"span {at} is beyond transcript {transcript} of {len(text)} characters")
        if text[at.start : at.end].isspace():
            raise InputError(f"span {at} covers nothing but white space")
        if quote is not None:
            check_quote(text, at, quote)
    span = at if at is not None else locate(text, quote or "")
    direction: Valence | None = parse_valence(valence)
    one = Coding(new_id(), transcript, span, found, coder.strip(), direction, memo, now(), origin)
    same = stored.coding_at(store, one)
    if same:
        raise ConflictError(f"{one.coder} coded {transcript} {span} as {found} already: coding {same}")
    with store.step(f"code {transcript} {span} as {found}", who=one.coder):
        stored.add_codings(store, [one])
    return Coded((one,), warnings=tuple(find_warnings(store, [one], codes)))


def code_from(store: Store, source: str | Path | pd.DataFrame, *, coder: str = "") -> Coded:
    """Write the codings of a table: all of them, or none."""
    table = as_table(source)
    codes = study_codes(store)

    @cache
    def text_of(transcript: str) -> str | None:
        return get_text(store, transcript)

    loaded = read_codings(
        table, text_of=text_of, codes=codes, known=stored.all_codings(store), coder=coder, created=now()
    )
    coders = sorted({one.coder for one in loaded.codings})
    with store.step(f"load {len(loaded.codings)} codings from {table.name}", who=", ".join(coders)):
        stored.add_codings(store, loaded.codings)
    warnings = list(table.warnings)
    if loaded.ignored:
        warnings.append(f"columns not used: {', '.join(loaded.ignored)}")
    return Coded(loaded.codings, loaded.already, (*warnings, *find_warnings(store, loaded.codings, codes)))


def find_warnings(store: Store, codings: Sequence[Coding], codes: dict[str, Code]) -> list[str]:
    """Return what a coder should know about new codings, one sentence per kind."""
    asked, quiet, silent = set(), set(), set()
    heard = _Hearing(store, {one.transcript for one in codings})
    for one in codings:
        turns = heard.turns_of(one)
        data = [is_backchannel for kind, is_backchannel in turns if kind in ("participant", "unknown")]
        if data and all(data):
            quiet.add(one.id)
        elif not data and any(kind == "interviewer" for kind, _ in turns):
            asked.add(one.id)
        elif not turns:
            silent.add(one.id)
    no_direction = {one.id for one in codings if one.valence and not codes[one.code].valence_applicable}
    out = []
    for found, what in (
        (asked, "on the interviewer's turns alone: not counted, unless asked for"),
        (quiet, "on a backchannel alone (hm, ja): of no person; extend the span if it is an answer"),
        (silent, "outside every turn (a label, a heading): of no person"),
        (no_direction, "with a valence, but their code takes none (a role, a definition)"),
    ):
        if found:
            out.append(_say(found, what))
    return out


class _Hearing:
    """Who is heard where, in some transcripts."""

    def __init__(self, store: Store, transcripts: set[str]) -> None:
        rows = [row for name in sorted(transcripts) for row in store.read(TURNS_OF, (name,))]
        turns: dict[str, list[tuple[Any, ...]]] = {}
        for row in rows:
            turns.setdefault(row[0], []).append(row)
        self._turns = turns
        self._spans = {
            name: TurnSpans(get_text(store, name) or "", [(row[2], row[3]) for row in turns[name]])
            for name in turns
        }
        self._kinds: dict[tuple[str, int], list[str]] = {}
        for transcript, turn, _, kind, _ in voice_rows(store, rows):
            self._kinds.setdefault((transcript, turn), []).append(kind)

    def turns_of(self, coding: Coding) -> list[tuple[str, bool]]:
        """Return (kind of speaker, is backchannel) for each voice of the turns that a coding overlaps."""
        spans = self._spans.get(coding.transcript)
        if spans is None:
            return []
        out = []
        for at in spans.overlapped(coding.span.start, coding.span.end):
            row = self._turns[coding.transcript][spans.numbers[at]]
            out += [(kind, bool(row[8])) for kind in self._kinds[coding.transcript, row[1]]]
        return out


def _say(codings: set[str], what: str) -> str:
    ids = sorted(codings)
    shown = ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
    return f"{len(ids)} coding{'s' if len(ids) != 1 else ''} {what} ({shown})"


def uncode(store: Store, ids: Sequence[str], *, who: str = "", why: str = "") -> tuple[Coding, ...]:
    """Remove codings by their ids, or by beginnings of ids that are unique."""
    gone = stored.find_codings(store, ids)
    if not gone:
        raise InputError("which codings? Name their ids; see: mihqda codings STUDY")
    with store.step(f"remove {len(gone)} coding{'s' if len(gone) != 1 else ''}", who=who, why=why):
        stored.remove_codings(store, [one.id for one in gone])
    return gone
