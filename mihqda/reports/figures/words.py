"""The words in and below figures, in the languages of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mihqda.reports.plan import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What figures say in one language; braces are filled in."""

    nothing: str
    page: str
    participants: str
    codings: str
    mixed: str
    asked: str
    words: str
    interviewer: str
    unregistered: str
    dots_title: str
    dots_alt: str
    dots_note: str
    dots_note_lines: str
    valence_title: str
    valence_alt: str
    valence_note: str
    heat_title: str
    heat_alt: str
    heat_note: str
    heat_note_asked: str
    cooccurrence_title: str
    cooccurrence_alt: str
    cooccurrence_note: str
    cooccurrence_note_most: str
    frequencies_title: str
    frequencies_alt: str
    frequencies_note: str
    portrait_title: str
    portrait_alt: str
    portrait_note: str


WORDS: Mapping[Language, Words] = MappingProxyType({
    "en": Words(
        nothing="There is nothing to show.",
        page="{title} ({number} of {pages})",
        participants="participants",
        codings="codings",
        mixed="mixed",
        asked="asked {n}",
        words="words",
        interviewer="interviewer",
        unregistered="not registered",
        dots_title="Who spoke of which theme",
        dots_alt="n of N participants for {themes} themes in {groups} groups; the numbers are in T4.",
        dots_note=(
            "A filled dot is a participant who spoke of it, an empty one another of the group; silence is not "
            "absence."
        ),
        dots_note_lines=(
            "A line runs from 0 to all participants of the group; the dot stands at those who spoke of it."
        ),
        valence_title="In which direction they spoke",
        valence_alt=(
            "Participants with negative, positive and mixed statements for {themes} themes in {groups} groups; "
            "the numbers are in T4."
        ),
        valence_note=(
            "Participants with at least one statement marked −, to the left; with at least one marked +, to the "
            "right; and apart those with both or one marked mixed. Who has both is in all three. Themes without "
            "a direction are left out."
        ),
        heat_title="Participants per theme and group",
        heat_alt="n of N participants for {themes} themes in {groups} groups as a table; the same as in T4.",
        heat_note=(
            "n/N participants; the darker, the more of the group. The shades are for finding one's way, not for "
            "comparing groups of such different sizes."
        ),
        heat_note_asked="Hatched: nobody of the group was asked about it.",
        cooccurrence_title="Codes on the same words",
        cooccurrence_alt="How often {codes} codes are on the same words, for each pair; the numbers are a table.",
        cooccurrence_note=(
            "Unbroken stretches of text that both codes cover. Read down from a code's number and along its row. "
            "A count of what coders marked, no correlation."
        ),
        cooccurrence_note_most="The {shown} codes that meet others most, of {codes} that do.",
        frequencies_title="How often each code was applied",
        frequencies_alt="Participants and codings of {codes} codes; the numbers are in a table of their own.",
        frequencies_note=(
            "Participants first: codings also count how finely coders cut and how many of them there were. "
            "Codes below a code are not rolled up."
        ),
        portrait_title="Portrait of {transcript}",
        portrait_alt="Where in {transcript} who speaks, and where which of {codes} codes was applied.",
        portrait_note=(
            "From the first word to the last: who speaks where, and below it what was coded there, by coder."
        ),
    ),
    "nl": Words(
        nothing="Er is niets te tonen.",
        page="{title} ({number} van {pages})",
        participants="deelnemers",
        codings="coderingen",
        mixed="gemengd",
        asked="gevraagd {n}",
        words="woorden",
        interviewer="interviewer",
        unregistered="niet in het register",
        dots_title="Wie over welk thema sprak",
        dots_alt="n van N deelnemers voor {themes} thema’s in {groups} groepen; de aantallen staan in T4.",
        dots_note=(
            "Een dichte stip is een deelnemer die erover sprak, een open stip een ander uit de groep; zwijgen is "
            "geen afwezigheid."
        ),
        dots_note_lines=(
            "Een lijn loopt van 0 tot alle deelnemers van de groep; de stip staat bij wie erover sprak."
        ),
        valence_title="In welke richting zij spraken",
        valence_alt=(
            "Deelnemers met negatieve, positieve en gemengde uitspraken voor {themes} thema’s in {groups} "
            "groepen; de aantallen staan in T4."
        ),
        valence_note=(
            "Links deelnemers met ten minste één uitspraak met −, rechts met ten minste één met +, en apart wie "
            "beide heeft of één die als gemengd is gemarkeerd. Wie beide heeft, staat in alle drie. Thema’s "
            "zonder richting zijn weggelaten."
        ),
        heat_title="Deelnemers per thema en groep",
        heat_alt="n van N deelnemers voor {themes} thema’s in {groups} groepen als tabel; hetzelfde als in T4.",
        heat_note=(
            "n/N deelnemers; hoe donkerder, hoe meer van de groep. De tinten wijzen de weg en zijn niet bedoeld "
            "om groepen van zo ongelijke grootte te vergelijken."
        ),
        heat_note_asked="Gearceerd: aan niemand van de groep is ernaar gevraagd.",
        cooccurrence_title="Codes op dezelfde woorden",
        cooccurrence_alt="Hoe vaak {codes} codes op dezelfde woorden staan, per paar; de aantallen zijn een tabel.",
        cooccurrence_note=(
            "Aaneengesloten stukken tekst die beide codes beslaan. Lees omlaag vanaf het nummer van een code en "
            "langs haar rij. Een telling van wat codeurs aangaven, geen samenhang."
        ),
        cooccurrence_note_most="De {shown} codes die het vaakst andere treffen, van de {codes} die dat doen.",
        frequencies_title="Hoe vaak elke code is toegepast",
        frequencies_alt="Deelnemers en coderingen van {codes} codes; de aantallen staan in een eigen tabel.",
        frequencies_note=(
            "Deelnemers eerst: coderingen tellen ook hoe fijn codeurs sneden en met hoevelen zij waren. Codes "
            "onder een code tellen niet mee."
        ),
        portrait_title="Portret van {transcript}",
        portrait_alt="Waar in {transcript} wie spreekt, en waar welke van {codes} codes is toegepast.",
        portrait_note=(
            "Van het eerste woord tot het laatste: wie waar spreekt, en daaronder wat er is gecodeerd, per codeur."
        ),
    ),
})  # fmt: skip
"""Language -> its words."""
