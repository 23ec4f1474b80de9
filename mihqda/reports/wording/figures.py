"""Titles, notes and descriptions of figures."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "dots_title": ("Who spoke of which theme", "Wie sprak over welk thema"),
    "figure_part": ("{title} ({number} of {all})", "{title} ({number} van {all})"),
    "dots_alt": (
        "n of N participants for {themes} in {groups} groups; the numbers are in T4.",
        "n van N deelnemers voor {themes} in {groups} groepen; de aantallen staan in T4.",
    ),
    "dots_each": (
        "A filled dot is a participant who spoke of it, an empty one another of the group; silence is not absence.",
        "Een gevulde stip is een deelnemer die erover sprak, een lege een ander uit de groep; zwijgen is geen afwezigheid.",
    ),
    "dots_lines": (
        "A line runs from 0 to all participants of the group; the dot stands at those who spoke of it.",
        "Een lijn loopt van 0 tot alle deelnemers van de groep; de stip staat bij hen die erover spraken.",
    ),
}  # fmt: skip
"""Key -> English, Dutch."""
