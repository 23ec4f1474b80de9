"""What a reader must know before the numbers."""

from __future__ import annotations

from mihqda.reports.model import ReportTable
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot

SMALL_ROLE = 3
"""A role with fewer members may name a person (internal confidentiality, Tolich 2004)."""


def warnings_of(
    snapshot: Snapshot, tables: dict[str, ReportTable], words: Wording, *, by: str, attribution: str
) -> tuple[str, ...]:
    """Return what a reader must know before the numbers.

    Parameters
    ----------
    tables
        M2, M3 and L1 by id.
    by, attribution
        The groups of the report, and how its quotes name who said them.
    """
    out = []
    if snapshot.participants.empty:
        out.append(words.say("warn_no_register"))
    unknown = tables["M3"].frame
    unknown = unknown[unknown["kind"] == words.say("not_in_register")]
    if len(unknown) and not snapshot.participants.empty:
        number, said = len(unknown), int(unknown["words"].sum())
        out.append(
            words.say_of(
                number,
                "warn_unknown",
                speakers=words.count(number, "speaker"),
                words=words.count(said, "word"),
            )
        )
    out += _uneven_layers(snapshot, words)
    number = len(tables["L1"].frame)
    if number:
        out.append(words.say_of(number, "warn_several", codings=words.count(number, "coding")))
    number = int(tables["M2"].frame["codings"].sum())
    if number:
        out.append(words.say("warn_excluded", codings=words.count(number, "coding")))
    if attribution != "id":
        out.append(words.say("warn_ids_left"))
    out += _small_cells(snapshot, words, by=by, attribution=attribution)
    return tuple(out)


def _uneven_layers(snapshot: Snapshot, words: Wording) -> list[str]:
    if snapshot.codings.empty:
        return []
    coders = snapshot.codings.groupby("transcript")["coder"].nunique()
    counts = {transcript: int(coders.get(transcript, 0)) for transcript in snapshot.transcripts["transcript"]}
    most = max(counts.values())
    fewer = [transcript for transcript, number in counts.items() if 0 < number < most]
    bare = [transcript for transcript, number in counts.items() if number == 0]
    out = []
    if fewer:
        full = sum(number == most for number in counts.values())
        out.append(
            words.say(
                "warn_uneven",
                full=words.count(full, "transcript"),
                most=most,
                fewer=words.count(len(fewer), "transcript"),
                names=words.listing(fewer, limit=8),
            )
        )
    if bare:
        out.append(
            words.say(
                "warn_bare",
                transcripts=words.count(len(bare), "transcript"),
                names=words.listing(bare, limit=8),
            )
        )
    return out


def _small_cells(snapshot: Snapshot, words: Wording, *, by: str, attribution: str) -> list[str]:
    """Warn where what stands behind a quote fits fewer than three people."""
    column, key = (by, "warn_small_groups") if attribution == "group" else ("role", "warn_small_roles")
    if column not in snapshot.participants:
        return []
    values = snapshot.participants[column].astype("str")
    sizes = values[values.str.strip() != ""].groupby(values, sort=True).size()
    small = [f"{name} ({size})" for name, size in sizes.items() if size < SMALL_ROLE]
    return [words.say(key, limit=SMALL_ROLE, names=words.listing(small, limit=8))] if small else []
