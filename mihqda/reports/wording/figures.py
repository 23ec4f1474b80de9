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
    "figure_nothing": ("There is nothing to show.", "Er is niets te tonen."),
    "figure_participants": ("participants", "deelnemers"),
    "figure_codings": ("codings", "coderingen"),
    "figure_mixed": ("mixed", "gemengd"),
    "figure_words": ("words", "woorden"),
    "figure_unregistered": ("not registered", "niet in het register"),
    "valence_title": ("In which direction they spoke", "In welke richting zij spraken"),
    "valence_alt": (
        "Participants with negative, positive and mixed statements for {themes} in {groups} groups; the numbers are in T4.",
        "Deelnemers met negatieve, positieve en gemengde uitspraken voor {themes} in {groups} groepen; de aantallen staan in T4.",
    ),
    "valence_note": (
        "Participants with at least one statement marked −, to the left; with at least one marked +, to the right; and apart those with both or one marked mixed. Who has both is in all three. Themes without a direction are left out.",
        "Links deelnemers met ten minste één uitspraak met −, rechts met ten minste één met +, en apart wie beide heeft of één die als gemengd is gemarkeerd. Wie beide heeft, staat in alle drie. Thema’s zonder richting zijn weggelaten.",
    ),
    "heat_title": ("Participants per theme and group", "Deelnemers per thema en groep"),
    "heat_alt": (
        "n of N participants for {themes} in {groups} groups as a table; the same as in T4.",
        "n van N deelnemers voor {themes} in {groups} groepen als tabel; hetzelfde als in T4.",
    ),
    "heat_note": (
        "n/N participants; the darker, the more of the group. The shades are for finding one's way, not for comparing groups of such different sizes.",
        "n/N deelnemers; hoe donkerder, hoe meer van de groep. De tinten wijzen de weg en zijn niet bedoeld om groepen van zo ongelijke grootte te vergelijken.",
    ),
    "heat_note_asked": (
        "Hatched: nobody of the group was asked about it.",
        "Gearceerd: aan niemand van de groep is ernaar gevraagd.",
    ),
    "cooccurrence_title": ("Codes on the same words", "Codes op dezelfde woorden"),
    "cooccurrence_alt": (
        "How often {codes} are on the same words, for each pair; the numbers are a table.",
        "Hoe vaak {codes} op dezelfde woorden staan, per paar; de aantallen zijn een tabel.",
    ),
    "cooccurrence_note": (
        "Unbroken stretches of text that both codes cover. Read down from a code's number and along its row. A count of what coders marked, no correlation.",
        "Aaneengesloten stukken tekst die beide codes beslaan. Lees omlaag vanaf het nummer van een code en langs haar rij. Een telling van wat codeurs aangaven, geen samenhang.",
    ),
    "cooccurrence_note_most": (
        "The {shown} codes that meet others most, of {codes} that do.",
        "De {shown} codes die het vaakst andere treffen, van de {codes} die dat doen.",
    ),
    "frequencies_title": ("How often each code was applied", "Hoe vaak elke code is toegepast"),
    "frequencies_alt": (
        "Participants and codings of {codes}; the numbers are in a table of their own.",
        "Deelnemers en coderingen van {codes}; de aantallen staan in een eigen tabel.",
    ),
    "frequencies_note": (
        "Participants first: codings also count how finely coders cut and how many of them there were. Codes below a code are not rolled up.",
        "Deelnemers eerst: coderingen tellen ook hoe fijn codeurs sneden en met hoevelen zij waren. Codes onder een code tellen niet mee.",
    ),
    "portrait_title": ("Portrait of {transcript}", "Portret van {transcript}"),
    "portrait_alt": (
        "Where in {transcript} who speaks, and where which of {codes} was applied.",
        "Waar in {transcript} wie spreekt, en waar welke van {codes} is toegepast.",
    ),
    "portrait_note": (
        "From the first word to the last: who speaks where, and below it what was coded there, by coder.",
        "Van het eerste woord tot het laatste: wie waar spreekt, en daaronder wat er is gecodeerd, per codeur.",
    ),
}  # fmt: skip
"""Key -> English, Dutch."""
