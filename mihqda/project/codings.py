"""Stage 3 of a project: applying codes and taking them back."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from mihqda.codebook import Code
from mihqda.codings import Coding, Valence, new_id, parse_valence
from mihqda.codings.frame import from_frame, to_frame
from mihqda.codings.load import names_of, read_codings, resolve_code
from mihqda.codings.place import check_quote, locate
from mihqda.errors import ConflictError, InputError
from mihqda.project.registers import as_table
from mihqda.snapshot import Snapshot
from mihqda.spans import Span
from mihqda.store import Store
from mihqda.store import codings as stored
from mihqda.store.codes import get_codebooks
from mihqda.store.database import now
from mihqda.store.transcripts import get_text, get_transcript


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
    snapshot: Snapshot,
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
    return Coded((one,), warnings=tuple(find_warnings(snapshot, [one], codes)))


def code_from(
    store: Store, snapshot: Snapshot, source: str | Path | pd.DataFrame, *, coder: str = ""
) -> Coded:
    """Write the codings of a table: all of them, or none."""
    table = as_table(source)
    codes = study_codes(store)

    @cache
    def text_of(transcript: str) -> str | None:
        return get_text(store, transcript)

    loaded = read_codings(
        table, text_of=text_of, codes=codes, known=from_frame(snapshot.codings), coder=coder, created=now()
    )
    coders = sorted({one.coder for one in loaded.codings})
    with store.step(f"load {len(loaded.codings)} codings from {table.name}", who=", ".join(coders)):
        stored.add_codings(store, loaded.codings)
    warnings = list(table.warnings)
    if loaded.ignored:
        warnings.append(f"columns not used: {', '.join(loaded.ignored)}")
    return Coded(loaded.codings, loaded.already, (*warnings, *find_warnings(snapshot, loaded.codings, codes)))


def find_warnings(snapshot: Snapshot, codings: Sequence[Coding], codes: dict[str, Code]) -> list[str]:
    """Return what a coder should know about new codings, one sentence per kind."""
    with_interviewer = dataclasses.replace(snapshot.filter, with_interviewer=True)
    here = dataclasses.replace(snapshot, codings=to_frame(codings), filter=with_interviewer)
    heard = here.speakers_of_codings()
    data = heard[heard["kind"] != "interviewer"]
    asked = set(heard.loc[heard["kind"] == "interviewer", "coding"])
    out = []
    only_interviewer = asked - set(data["coding"])
    if only_interviewer:
        out.append(_say(only_interviewer, "on the interviewer's turns alone: not counted, unless asked for"))
    quiet = set(data["coding"]) - set(data.loc[~data["is_backchannel"], "coding"])
    if quiet:
        out.append(
            _say(quiet, "on a backchannel alone (hm, ja): of no person; extend the span if it is an answer")
        )
    silent = {one.id for one in codings} - set(heard["coding"])
    if silent:
        out.append(_say(silent, "outside every turn (a label, a heading): of no person"))
    no_direction = {one.id for one in codings if one.valence and not codes[one.code].valence_applicable}
    if no_direction:
        out.append(_say(no_direction, "with a valence, but their code takes none (a role, a definition)"))
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
