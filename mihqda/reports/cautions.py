"""What a reader must know before the numbers."""

from __future__ import annotations

from mihqda.reports.model import ReportTable
from mihqda.reports.prose import listing, plural
from mihqda.snapshot import Snapshot

SMALL_ROLE = 3
"""A role with fewer members may name a person (internal confidentiality, Tolich 2004)."""


def warnings_of(snapshot: Snapshot, tables: dict[str, ReportTable]) -> tuple[str, ...]:
    """Return what a reader must know before the numbers.

    Parameters
    ----------
    tables
        M2, M3 and L1 by id.
    """
    out = []
    if snapshot.participants.empty:
        out.append(
            "There is no register of participants: nobody counts as a person, everything stands under (unassigned). "
            "`mihqda participants STUDY --template people.xlsx` makes one."
        )
    unknown = tables["M3"].frame
    unknown = unknown[unknown["kind"] == "not in the register"]
    if len(unknown) and not snapshot.participants.empty:
        out.append(
            f"{plural(len(unknown), 'speaker')} with {plural(int(unknown['words'].sum()), 'word')} "
            f"{'is' if len(unknown) == 1 else 'are'} not in the register (M3)."
        )
    out += _uneven_layers(snapshot)
    if len(tables["L1"].frame):
        number = len(tables["L1"].frame)
        out.append(
            f"{plural(number, 'coding')} {'covers' if number == 1 else 'cover'} the words of several people and "
            f"count{'s' if number == 1 else ''} for each of them until somebody decides (L1)."
        )
    if len(tables["M2"].frame):
        out.append(
            f"{plural(int(tables['M2'].frame['codings'].sum()), 'coding')} left out of every count (M2)."
        )
    out += _small_roles(snapshot)
    return tuple(out)


def _uneven_layers(snapshot: Snapshot) -> list[str]:
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
            f"Some transcripts had more coders than others: {plural(full, 'transcript')} had {most}, "
            f"{plural(len(fewer), 'transcript')} fewer ({listing(fewer, limit=8)}). Where more people looked, more was "
            "found; compare with one coder's layer (M1)."
        )
    if bare:
        out.append(
            f"{plural(len(bare), 'transcript')} without codings here: {listing(bare, limit=8)}. Who speaks only there "
            "is in N all the same."
        )
    return out


def _small_roles(snapshot: Snapshot) -> list[str]:
    roles = snapshot.participants["role"]
    sizes = roles[roles != ""].groupby(roles, sort=True).size()
    small = [f"{role} ({size})" for role, size in sizes.items() if size < SMALL_ROLE]
    if not small:
        return []
    return [
        f"Roles with fewer than {SMALL_ROLE} members may name a person to colleagues: {listing(small, limit=8)}. Think "
        "twice before printing them behind a quote."
    ]
