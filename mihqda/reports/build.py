"""Put a report together from a snapshot."""

from __future__ import annotations

from mihqda.filters import Filter
from mihqda.reports.accounts import exclusions_table, layers_table, speakers_table
from mihqda.reports.cautions import warnings_of
from mihqda.reports.codebook import codebook_table
from mihqda.reports.counts import count_themes
from mihqda.reports.figures.dots import dots_figures
from mihqda.reports.method import method_of
from mihqda.reports.model import Report, Section
from mihqda.reports.participants import participants_table
from mihqda.reports.plan import Plan
from mihqda.reports.prose import listing, moment, plural
from mihqda.reports.quotes import find_quotes, list_quotes, own_quotes
from mihqda.reports.several import several_table
from mihqda.reports.sources import sources_table
from mihqda.reports.themes import themes_table
from mihqda.snapshot import Snapshot


def build_report(snapshot: Snapshot, plan: Plan = Plan()) -> Report:  # noqa: B008 (it is frozen)
    """Return the report of a study, or of what a filter leaves of it.

    Parameters
    ----------
    snapshot
        What to report on.
    plan
        What to show. Its filter, if it has one, is applied to `snapshot`, which is then the whole study.

    Returns
    -------
    Report
        Whatever is missing (a register, codings, transcripts) is said in its place.

    Raises
    ------
    NotFoundError
        If the register has no column `plan.by`, or the filter names something that the study does not have.
    """
    if plan.filter != Filter():
        snapshot = snapshot.select(plan.filter)
    by, k, title = plan.by, plan.k, plan.title
    counts = count_themes(snapshot, by=by)
    quotes = own_quotes(counts, find_quotes(snapshot, by=by), k=k)
    tables = (
        themes_table(counts, quotes), participants_table(snapshot), sources_table(snapshot), several_table(snapshot),
        codebook_table(snapshot), layers_table(snapshot), exclusions_table(snapshot), speakers_table(snapshot),
    )  # fmt: skip
    figures = dots_figures(counts)
    sections = (
        Section("Themes", ("T4", *(figure.id for figure in figures))),
        Section("Who was heard", ("T1", "T2")),
        Section("Quotes", ("Q",)),
        Section("For a decision", ("L1",)),
        Section("Codebook", ("T3",)),
        Section("Method", ("M", "M1", "M2", "M3")),
    )
    return Report(
        title=title or (f"Theme report: {snapshot.study}" if snapshot.study else "Theme report"),
        study=snapshot.study,
        as_of=snapshot.as_of,
        tables=tables,
        figures=figures,
        quotes=list_quotes(counts, quotes, k=k),
        method=method_of(snapshot, counts, k=k),
        sections=sections,
        warnings=warnings_of(snapshot, {table.id: table for table in tables}),
        facts=_facts(snapshot),
    )


def _facts(snapshot: Snapshot) -> dict[str, str]:
    people = snapshot.participants
    sizes = people.groupby("group", sort=False).size()
    groups = listing(f"{size} {group or '(none)'}" for group, size in sizes.items())
    kinds = snapshot.sessions.groupby("kind", sort=False).size()
    facts = {
        "Study": snapshot.study or "without a name",
        "As of": moment(snapshot.as_of),
        "Participants": f"{len(people)} ({groups})" if len(people) else "no register",
        "Sessions": listing(plural(int(n), str(kind)) for kind, n in kinds.items()) or "none",
        "Codings": f"{len(snapshot.codings)} by {plural(len(snapshot.coders), 'coder')}"
        + (f" ({listing(snapshot.coders, limit=6)})" if snapshot.coders else ""),
    }
    chosen = snapshot.filter.describe()
    if chosen:
        facts["Filtered"] = "; ".join(
            f"{name.replace('_', ' ')}: {values}" for name, values in chosen.items()
        )
    return facts
