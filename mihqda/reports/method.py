"""The method page: what was counted and how, by whom, out of whom, and what was left out."""

from __future__ import annotations

from mihqda.reports.counts import Counts
from mihqda.reports.model import Method
from mihqda.reports.participants import sessions_of_participants
from mihqda.reports.plan import Plan
from mihqda.reports.suggestions import suggestion_sentences
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import NONE

_COUNTED = (
    "people", "participants", "N", "plus_minus_mixed", "mentions", "mentions_of_a_group", "codings", "sessions", "rate",
    "parents", "queries", "all", "unassigned",
)  # fmt: skip
"""Rules that every report quotes; those of a section are quoted with it."""
_OF_SECTIONS = ("phases", "frequencies", "cooccurrence")


def method_of(snapshot: Snapshot, counts: Counts, plan: Plan, words: Wording, *, input_hash: str) -> Method:
    """Return the method page's sentences.

    Parameters
    ----------
    input_hash
        Of the snapshot before its codes were given names in the report's language.
    """
    rules = (*_COUNTED, *(name for name in _OF_SECTIONS if name in plan.sections))
    counted = tuple(
        words.say("rule_line", word=words.say(f"rule_{name}"), rule=words.rules[name]) for name in rules
    )
    tests = f"{words.say('method_no_tests')} {words.rules['no_tests']}"
    limits = tuple(words.say(f"limit_{name}") for name in ("coding", "quotes", "words", "ids"))
    quotes = (words.say("method_quotes_rule", k=plan.k), words.say("method_context"))
    sections = [
        (words.say("method_counted"), counted),
        (words.say("method_part"), _selection(snapshot, words)),
        (words.say("method_coders"), _coders(snapshot, words)),
        (words.say("method_suggestions"), suggestion_sentences(snapshot, words)),
        (words.say("method_denominators"), _denominators(snapshot, counts, words)),
        (words.say("method_left_out"), _left_out(snapshot, words)),
        (words.say("method_tests"), (tests,)),
        (words.say("method_limits"), limits),
        (words.say("method_made_from"), _made_from(snapshot, words, input_hash)),
    ]
    if "quotes" in plan.sections:
        sections.insert(6, (words.say("method_quotes"), quotes))
    return Method(tuple(sections), title=words.say("section_method"))


def _selection(snapshot: Snapshot, words: Wording) -> tuple[str, ...]:
    chosen = filter_in_words(snapshot, words)
    if not chosen:
        return (words.say("method_whole"),)
    lines = (
        words.say("method_filter", field=name.capitalize(), values=values) for name, values in chosen.items()
    )
    return (*lines, words.rules["filters"])


def filter_in_words(snapshot: Snapshot, words: Wording) -> dict[str, str]:
    """Return what the filter chose: field -> values."""
    chosen = snapshot.filter.describe()
    if snapshot.filter.with_interviewer:
        chosen["with_interviewer"] = words.say("yes")
    if snapshot.filter.kinds:
        chosen["kinds"] = words.listing(words.kind(kind) for kind in snapshot.filter.kinds)
    return {words.field(name): values for name, values in chosen.items()}


def _coders(snapshot: Snapshot, words: Wording) -> tuple[str, ...]:
    coders = snapshot.coders
    if not coders:
        return (words.say("method_no_codings"),)
    per = snapshot.layers().groupby("coder")["codings"].sum()
    each = words.listing(f"{coder} ({words.show(int(per[coder]))})" for coder in coders)
    if len(coders) == 1:
        return (words.say("method_one_coder", coders=each),)
    return (words.say("method_coders_united", number=len(coders), coders=each),)


def heard_of_groups(snapshot: Snapshot, by: str) -> dict[str, tuple[int, int]]:
    """Return group -> how many of its people are heard, and how many it has."""
    heard = sessions_of_participants(snapshot)
    register = snapshot.participants
    values = [str(value) if str(value).strip() else NONE for value in register[by]]
    pairs = list(zip(register["participant"], values, strict=True))
    names = [name for name in dict.fromkeys(values) if name != NONE] + [NONE] * (NONE in values)
    return {
        group: (sum(person in heard for person, own in pairs if own == group), values.count(group))
        for group in names
    }


def _denominators(snapshot: Snapshot, counts: Counts, words: Wording) -> tuple[str, ...]:
    if snapshot.participants.empty:
        return (words.say("method_no_register"),)
    lines = [
        words.say("method_group", group=words.group(group), N=size, heard=heard)
        for group, (heard, size) in heard_of_groups(snapshot, counts.by).items()
    ]
    topics = len(set(snapshot.asked["topic"]))
    asked = f"{words.say('method_asked', topics=words.count(topics, 'topic'))} {words.rules['N_asked']}"
    return (*lines, asked if topics else words.say("left_asked"))


def _left_out(snapshot: Snapshot, words: Wording) -> tuple[str, ...]:
    is_data = snapshot.filter.with_interviewer
    interviewer = words.say("method_interviewer_is_data") if is_data else words.say("method_interviewer")
    lines = [interviewer, f"{words.rules['exclusions']} {words.say('method_m2')}", words.say("method_m3")]
    retired = snapshot.codes[snapshot.codes["retired"].astype(bool)]
    if len(retired):
        used = int(snapshot.codings["code"].isin(retired["code"]).sum())
        codes, codings = words.count(len(retired), "code"), words.count(used, "coding")
        names = words.listing(retired["name"], limit=20)
        lines.append(words.say("method_retired", codes=codes, codings=codings, names=names))
    coded = int(snapshot.transcripts["transcript"].isin(snapshot.codings["transcript"]).sum())
    lines.append(
        words.say("method_coded_transcripts", fraction=words.fraction(coded, len(snapshot.transcripts)))
    )
    return tuple(lines)


def _made_from(snapshot: Snapshot, words: Wording, input_hash: str) -> tuple[str, ...]:
    versions = words.listing(f"{name} {version}" for name, version in snapshot.versions.items())
    study, moment = snapshot.study or words.say("no_name"), words.moment(snapshot.as_of)
    return (
        words.say("method_made", study=study, moment=moment),
        words.say("method_versions", versions=versions or words.say("not_recorded")),
        words.say("method_hash", hash=input_hash),
    )
