"""Put a report together from a snapshot and a plan."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection

from mihqda.filters import Filter
from mihqda.reports.accounts import exclusions_table, layers_table, speakers_table
from mihqda.reports.cautions import warnings_of
from mihqda.reports.codebook import codebook_table
from mihqda.reports.cooccurrence import cooccurrence_table
from mihqda.reports.counts import count_themes
from mihqda.reports.figures.cooccurrence import cooccurrence_figures
from mihqda.reports.figures.dots import dots_figures
from mihqda.reports.figures.frequencies import frequencies_figures
from mihqda.reports.figures.heat import heat_figures
from mihqda.reports.figures.portrait import portrait_figures
from mihqda.reports.figures.valence import valence_figures
from mihqda.reports.findings import find
from mihqda.reports.frequencies import frequencies_table
from mihqda.reports.method import filter_in_words, method_of
from mihqda.reports.model import Figure, Findings, Part, Report, ReportTable, Section
from mihqda.reports.participants import group_sizes, participants_table
from mihqda.reports.phases import cross_phases, phases_table
from mihqda.reports.plan import Plan
from mihqda.reports.quote_list import list_quotes
from mihqda.reports.quotes import find_quotes, own_quotes
from mihqda.reports.several import several_table
from mihqda.reports.sources import sources_table
from mihqda.reports.suggestions import suggestion_tables
from mihqda.reports.themes import themes_table
from mihqda.reports.wording import Wording, wording
from mihqda.snapshot import Snapshot


def build_report(snapshot: Snapshot, plan: Plan | None = None) -> Report:
    """Return the report of a study, or of what a filter leaves of it.

    Parameters
    ----------
    snapshot
        What to report on.
    plan
        What to show, by default everything. Its filter, if it has one, is applied to `snapshot`, which is then the
        whole study.

    Returns
    -------
    Report
        Whatever is missing (a register, codings, transcripts) is said in its place. It holds what the plan's sections
        show, and nothing else.

    Raises
    ------
    NotFoundError
        If the register has no column `plan.by`, or the filter names something that the study does not have.
    """
    plan = plan or Plan()
    whole = snapshot
    if plan.filter != Filter():
        snapshot = snapshot.select(plan.filter)
    words = wording(plan.language)
    input_hash = snapshot.hash
    snapshot = _in_language(snapshot, plan.language)
    has_quotes = "quotes" in plan.sections
    counts = count_themes(snapshot, by=plan.by, order=plan.order)
    found = find_quotes(snapshot, words, by=plan.by, attribution=plan.attribution) if has_quotes else {}
    own = own_quotes(counts, found, k=plan.k)
    crossings = cross_phases(snapshot) if "phases" in plan.sections else ()
    accounts = (
        layers_table(snapshot, words),
        exclusions_table(snapshot, words),
        speakers_table(snapshot, words),
    )
    people, sources = participants_table(snapshot, words), sources_table(snapshot, words)
    several = several_table(snapshot, words)
    known = {table.id: table for table in (people, sources, several, *accounts)}
    parts: dict[str, tuple[Part, ...]] = {
        "participants": (people,),
        "sources": (sources,),
        "several": (several,),
        "quotes": (list_quotes(counts, own, crossings, plan, words),),
        "method": (method_of(snapshot, counts, plan, words, input_hash=input_hash), *accounts),
    }
    if "findings" in plan.sections:
        parts["findings"] = (find(snapshot, counts, known, words, has_quotes=has_quotes),)
    if "themes" in plan.sections:
        table = themes_table(counts, own if has_quotes else None, words, order=plan.order)
        parts["themes"] = (
            table,
            *dots_figures(counts, words),
            *heat_figures(counts, words, id="F2"),
            *valence_figures(counts, words, id="F3"),
        )
    if crossings:
        tables = [phases_table(counts, one, words, has_quotes=has_quotes) for one in crossings]
        parts["phases"] = tuple(table for table in tables if table.id == "T10" or len(table.frame))
    if "frequencies" in plan.sections:
        table = frequencies_table(snapshot, counts, words, has_quotes=has_quotes)
        parts["frequencies"] = (table, *frequencies_figures(table.frame, snapshot, words, id="F4"))
    if "cooccurrence" in plan.sections:
        table = cooccurrence_table(snapshot, words)
        parts["cooccurrence"] = (table, *cooccurrence_figures(table.frame, snapshot, words, id="F5"))
    if "codebook" in plan.sections:
        parts["codebook"] = (codebook_table(snapshot, words),)
    if "suggestions" in plan.sections:
        parts["suggestions"] = suggestion_tables(snapshot, whole, words)
    if "portraits" in plan.sections:
        parts["portraits"] = portrait_figures(snapshot, words, first=6)
    sections = [name for name in plan.sections if name != "portraits" or parts[name]]
    shown = [part for name in plan.sections for part in parts[name]]
    ids = {part.id for name in sections for part in parts[name]}
    (quotes,) = parts["quotes"]
    (method, *_) = parts["method"]
    return Report(
        title=plan.title
        or (words.say("title_of", study=snapshot.study) if snapshot.study else words.say("title")),
        study=snapshot.study,
        as_of=snapshot.as_of,
        tables=tuple(part for part in shown if isinstance(part, ReportTable)),
        figures=tuple(part for part in shown if isinstance(part, Figure)),
        quotes=quotes,  # type: ignore[arg-type]
        method=method,  # type: ignore[arg-type]
        sections=tuple(
            Section(words.say(f"section_{name}"), tuple(part.id for part in parts[name])) for name in sections
        ),
        warnings=tuple(
            _keep_references(one, ids)
            for one in warnings_of(snapshot, known, words, by=plan.by, attribution=plan.attribution)
        ),
        facts=_facts(snapshot, words),
        findings=_refer(parts["findings"][0], ids) if "findings" in parts else None,  # type: ignore[arg-type]
        language=plan.language,
    )


def _keep_references(sentence: str, ids: Collection[str]) -> str:
    """Return a sentence without the references "(M3)" to what the report does not hold."""
    return re.sub(r" \(((?:T|M|L|C|U)\d+b?)\)", lambda found: found[0] if found[1] in ids else "", sentence)


def _refer(findings: Findings, ids: Collection[str]) -> Findings:
    blocks = (
        dataclasses.replace(
            block,
            lines=tuple(
                dataclasses.replace(line, text=_keep_references(line.text, ids)) for line in block.lines
            ),
            notes=tuple(_keep_references(note, ids) for note in block.notes),
        )
        for block in findings.blocks
    )
    return dataclasses.replace(findings, blocks=tuple(blocks))


def _in_language(snapshot: Snapshot, language: str) -> Snapshot:
    """Return the study with its codes named in a language, where they have a name in it."""
    column = f"name_{language}"
    if column not in snapshot.codes:
        return snapshot
    codes = snapshot.codes
    return dataclasses.replace(
        snapshot, codes=codes.assign(name=codes[column].where(codes[column] != "", codes["name"]))
    )


def _facts(snapshot: Snapshot, words: Wording) -> dict[str, str]:
    people = snapshot.participants
    kinds = snapshot.sessions.groupby("kind", sort=False).size()
    coders = words.count(len(snapshot.coders), "coder")
    if snapshot.coders:
        coders += f" ({words.listing(snapshot.coders, limit=6)})"
    facts = {
        "facts_study": snapshot.study or words.say("no_name"),
        "facts_as_of": words.moment(snapshot.as_of),
        "facts_participants": f"{words.show(len(people))} ({group_sizes(people, words)})"
        if len(people)
        else words.say("no_register"),
        "facts_sessions": words.listing(words.count(int(n), str(kind)) for kind, n in kinds.items())
        or words.say("nothing"),
        "facts_codings": words.say(
            "facts_codings_by", codings=words.show(len(snapshot.codings)), coders=coders
        ),
    }
    chosen = filter_in_words(snapshot, words)
    if chosen:
        facts["facts_filtered"] = "; ".join(f"{name}: {values}" for name, values in chosen.items())
    return {words.say(key): value for key, value in facts.items()}
