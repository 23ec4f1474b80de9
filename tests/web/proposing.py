"""Suggestions for the tests' study, as a suggester would leave them in the ledger."""

from __future__ import annotations

from browsing import place_of

from mihqda import Project
from mihqda.spans import Span
from mihqda.store.suggestions import put_suggestions
from mihqda.suggest.model import Evidence, Suggestion, suggestion_id


def propose(
    project: Project, *wanted: tuple[str, str, float | None], coded: int = 9, coders: tuple[str, ...] = ()
) -> list[str]:
    """Put suggestions (words of T1, code, probability) into the ledger; return their ids."""
    made = []
    for words, code, probability in wanted:
        at = place_of(project, "T1", words)
        span = Span(at["start"], at["end"])
        made.append(
            Suggestion(
                suggestion_id("T1", span, code, "default"), "T1", span, "turn", code, probability, probability or 0.1,
                "strong" if (probability or 0) > 0.8 else "medium",
                Evidence((Span(span.start, span.start + 6),), (1.5,), (), (), "definition", "No hours."),
                "default", "1", {"coders": list(coders)} if coders else {}, f"{'-'.join(coders)}{'s' * 64}"[:64], coded,
            )
        )  # fmt: skip
    put_suggestions(project._store, made, suggester="default")
    return [one.id for one in made]
