"""The method page: what was counted and how, by whom, out of whom, and what was left out."""

from __future__ import annotations

from mihqda.reports.counts import Counts
from mihqda.reports.model import Method
from mihqda.reports.participants import sessions_of_participants
from mihqda.reports.prose import fraction, listing, moment, plural
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import NONE
from mihqda.themes.rules import RULES

_COUNTED = {
    "people": "Whose words",
    "participants": "Participants, n",
    "N": "N",
    "plus_minus_mixed": "+, − and mixed",
    "mentions": "Mentions",
    "mentions_of_a_group": "Mentions of a group",
    "codings": "Codings",
    "sessions": "Sessions",
    "rate": "Rate",
    "parents": "Parents",
    "queries": "Themes as queries",
    "all": "Total, (all)",
    "unassigned": "(unassigned)",
}
"""Rule -> what it explains."""
_LIMITS = (
    "The figures are no better than the coding behind them: they hold what coders marked, and say nothing about "
    "what nobody was asked or what was said off the record.",
    "Quotes are chosen by a rule that spreads them over people, sessions and groups, not by how well they put it; "
    "which of them to print is the researcher's choice.",
    "Spoken words are counted as stretches of text between white space with a letter or a digit in them; what "
    "transcribers leave out is not counted.",
    "The page names participants by their ids. Ids, roles, sites and what the quotes tell may still identify "
    "somebody to colleagues; look through them before the report leaves the team.",
)


def method_of(snapshot: Snapshot, counts: Counts, *, k: int) -> Method:
    """Return the method page's sentences."""
    return Method((
        ("What was counted", tuple(f"{word}: {RULES[name]}" for name, word in _COUNTED.items())),
        ("Which part of the study", _selection(snapshot)),
        ("Coders", _coders(snapshot)),
        ("Denominators", _denominators(snapshot, counts)),
        ("What was left out", _left_out(snapshot)),
        ("Quotes", (
            f"At most {k} of a person for a theme where only some are shown. Each is exactly the text of its "
            "transcript; where room is short a quote ends at a word with […]. The same words coded by two coders are "
            "one quote.",
        )),
        ("No tests", (
            "No p-values; differences between groups are described, not tested. " + RULES["no_tests"],
        )),
        ("Limits", _LIMITS),
        ("Made from", _made_from(snapshot)),
    ))  # fmt: skip


def _selection(snapshot: Snapshot) -> tuple[str, ...]:
    chosen = snapshot.filter.describe()
    if not chosen:
        return ("The whole study, without filters.",)
    return (
        *(f"{name.replace('_', ' ').capitalize()}: {values}." for name, values in chosen.items()), RULES["filters"],
    )  # fmt: skip


def _coders(snapshot: Snapshot) -> tuple[str, ...]:
    coders = snapshot.coders
    if not coders:
        return ("There are no codings.",)
    per = snapshot.layers().groupby("coder")["codings"].sum()
    each = listing(f"{coder} ({int(per[coder])})" for coder in coders)
    if len(coders) == 1:
        return (f"One coder's layer, with its codings: {each}.",)
    return (
        f"The layers of {len(coders)} coders are united, with their codings: {each}. M1 shows them by transcript. A "
        "participant counts as soon as one of the coders coded her words.",
    )


def _denominators(snapshot: Snapshot, counts: Counts) -> tuple[str, ...]:
    if snapshot.participants.empty:
        return ("There is no register, hence no N.",)
    heard = sessions_of_participants(snapshot)
    register = snapshot.participants
    values = [str(value) if str(value).strip() else NONE for value in register[counts.by]]
    lines = [
        f"{group}: N = {values.count(group)}, of whom "
        + str(
            sum(
                person in heard
                for person, own in zip(register["participant"], values, strict=True)
                if own == group
            )
        )
        + " are heard here."
        for group in dict.fromkeys(values)
    ]
    topics = set(snapshot.asked["topic"])
    lines.append(
        f"Who was asked what is known for {plural(len(topics), 'topic')}. " + RULES["N_asked"]
        if topics
        else "Who was asked what is not recorded, so that 0 may mean that nobody was asked."
    )
    return tuple(lines)


def _left_out(snapshot: Snapshot) -> tuple[str, ...]:
    interviewer = (
        "Interviewers' turns are counted as data, in a row of their own."
        if snapshot.filter.with_interviewer
        else "Interviewers' turns are context, not data."
    )
    retired = snapshot.codes[snapshot.codes["retired"].astype(bool)]
    used = snapshot.codings["code"].isin(retired["code"]).sum()
    total = fraction(
        int((snapshot.transcripts["transcript"].isin(snapshot.codings["transcript"])).sum()),
        len(snapshot.transcripts),
    )
    lines = [
        interviewer,
        RULES["exclusions"] + " M2 lists them.",
        "M3 lists speakers who are no participants.",
    ]
    if len(retired):
        lines.append(
            f"{plural(len(retired), 'code')} retired, with {plural(int(used), 'coding')} that still count: "
            f"{listing(retired['name'], limit=20)}."
        )
    lines.append(f"Transcripts with codings: {total}. Suggestions are no codings and enter no count.")
    return tuple(lines)


def _made_from(snapshot: Snapshot) -> tuple[str, ...]:
    versions = listing(f"{name} {version}" for name, version in snapshot.versions.items()) or "not recorded"
    return (
        f"Study {snapshot.study or 'without a name'}, as of {moment(snapshot.as_of)}, its last change.",
        f"Versions: {versions}.",
        f"SHA-256 of the input: {snapshot.hash}. The same input gives the same report, byte for byte.",
    )
