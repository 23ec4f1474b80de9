"""What the Word document and the workbook say around the parts of a report, beyond what the page says."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "table": ("Table", "Tabel"),
    "figure": ("Figure", "Figuur"),
    "contents_hint": (
        "For page numbers: click in this list and press F9.",
        "Voor paginanummers: klik in deze lijst en druk op F9.",
    ),
    "more_rows": (
        "{number} more rows are in the Excel and CSV files.",
        "De Excel- en CSV-bestanden bevatten nog {number} rijen.",
    ),
    "more_quotes": ("{number} more on the web page.", "Nog {number} op de webpagina."),
    "more_quotes_1": ("{number} more on the web page.", "Nog {number} op de webpagina."),
    "more_figures": (
        "The other parts of the figure are on the web page.",
        "De andere delen van de figuur staan op de webpagina.",
    ),
    "brief_codebook": (
        "Include, exclude, examples and origins are in the Excel file and on the web page.",
        "Wel, niet, voorbeelden en herkomst staan in het Excel-bestand en op de webpagina.",
    ),
    "brief_unused": ("Without codings: {names}.", "Zonder coderingen: {names}."),
    "col_stretches": ("Stretches of text", "Stukken tekst"),
    "facts_title": ("Title", "Titel"),
    "sheet_contents": ("Contents", "Inhoud"),
    "sheet_laid_out": ("to print", "afdruk"),
    "sheet_rows": ("{number} rows", "{number} rijen"),
    "sheet_quotes": ("Quotes", "Citaten"),
    "sheet_method": ("Method", "Verantwoording"),
    "col_about": ("About", "Onderwerp"),
    "col_asked": ("asked", "gevraagd"),
    "col_content": ("Content", "Inhoud"),
    "col_extent": ("Extent", "Omvang"),
    "col_quote": ("Quote", "Citaat"),
    "col_said_by": ("Who said it", "Wie het zei"),
    "col_sheet": ("Sheet", "Blad"),
}  # fmt: skip
"""Key -> English, Dutch."""
