"""What the page, the document and the workbook say around the parts of a report."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "read_first": ("Read this first", "Lees dit eerst"),
    "contents": ("Contents", "Inhoud"),
    "no_quotes": ("There are no quotes.", "Er zijn geen citaten."),
    "back": ("back to the table", "terug naar de tabel"),
    "below_also": ("Also under: {names}", "Ook onder: {names}"),
    "below_all": ("All under: {names}", "Alle onder: {names}"),
    "coded_by": ("coded by {coders}", "gecodeerd door {coders}"),
    "by_phase": ("By phase, with the numbers of the quotes", "Per fase, met de nummers van de citaten"),
    "sort_hint": (
        "Click a column's head to sort; a third click restores the order.",
        "Klik op een kolomkop om te sorteren; een derde klik herstelt de volgorde.",
    ),
    "made_with": ("As of {moment}, made with mihqda.", "Stand van {moment}, gemaakt met mihqda."),
    "footer": ("{title}, as of {moment}", "{title}, stand van {moment}"),
    "open_quote": ("“", "“"),
    "close_quote": ("”", "”"),
}  # fmt: skip
"""Key -> English, Dutch."""
