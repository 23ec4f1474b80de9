"""The first screen of a report."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "find_heard": ("Who was heard", "Wie is gehoord"),
    "find_themes": ("What they spoke about", "Waar zij over spraken"),
    "find_differ": ("Where the groups differ", "Waar de groepen verschillen"),
    "find_mixed": ("Two-sided and critical voices", "Tweezijdige en kritische stemmen"),
    "find_left_out": ("What the numbers leave out", "Wat de aantallen weglaten"),
    "find_group": ("{group}: {n} of {N} heard", "{group}: {n} van {N} gehoord"),
    "find_talk": (
        "{sessions} ({kinds}), {words} of participants", "{sessions} ({kinds}), {words} van deelnemers",
    ),
    "find_talk_unknown": (
        "{sessions} ({kinds}), {words} of speakers who are not in a register",
        "{sessions} ({kinds}), {words} van sprekers die niet in een register staan",
    ),
    "find_coded": ("{codings} by {coders} in {transcripts}", "{codings} door {coders} in {transcripts}"),
    "find_nobody": ("There are no transcripts yet.", "Er zijn nog geen transcripten."),
    "find_not_coded": ("There are no codings yet.", "Er zijn nog geen coderingen."),
    "find_no_groups": (
        "There is only one group to look at.", "Er is maar één groep om naar te kijken.",
    ),
    "find_no_people": (
        "Without a register there are no groups to compare.", "Zonder register zijn er geen groepen om te vergelijken.",
    ),
    "find_no_difference": (
        "In no theme do the groups lie far apart.", "Bij geen enkel thema liggen de groepen ver uiteen.",
    ),
    "find_of": ("{n} of {N} {group}", "{n} van {N} {group}"),
    "find_of_asked": ("{n} of {N} {group} ({asked} asked)", "{n} van {N} {group} ({asked} gevraagd)"),
    "find_theme": ("{theme}: {groups}.", "{theme}: {groups}."),
    "find_sides": (
        "{theme}: {plus} with +, {minus} with −, {mixed} with both or mixed.",
        "{theme}: {plus} met +, {minus} met −, {mixed} met beide of gemengd.",
    ),
    "find_only_minus": ("{theme}: {minus} with −, none with +.", "{theme}: {minus} met −, niemand met +."),
    "find_no_sides": (
        "No theme has both a + and a − or is only spoken of with −.",
        "Geen thema heeft zowel + als −, of komt alleen met − voor.",
    ),
    "find_more_themes": (
        "and {themes} more at the top of the codebook (T4)", "en nog {themes} bovenaan het codeboek (T4)",
    ),
    "rule_themes": (
        "The study's own themes and those at the top of the codebooks, of a large codebook its headings, in their order; "
        "phases and definitions stand in their tables. A filled dot is a participant who spoke of it.",
        "De thema's van het onderzoek zelf en die bovenaan de codeboeken, van een groot codeboek de koppen, in hun volgorde; "
        "fasen en definities staan in hun tabellen. Een gevulde stip is een deelnemer die erover sprak.",
    ),
    "rule_differ": (
        "Chosen by rule: the themes for which n/N of two groups lie furthest apart, at least {least} participants and a "
        "third apart, at most {most}, no parent beside its child. Shares only choose; they say nothing about other people.",
        "Gekozen volgens een vaste regel: de thema's waarbij n/N van twee groepen het verst uiteenligt, met ten minste "
        "{least} deelnemers en een derde verschil, hoogstens {most}, geen bovenliggend thema naast een thema eronder. "
        "Aandelen dienen alleen om te kiezen; ze zeggen niets over andere mensen.",
    ),
    "rule_mixed": (
        "Chosen by rule: at most {most} themes, those where most participants stand on the smaller side first, then those "
        "with − alone.",
        "Gekozen volgens een vaste regel: hoogstens {most} thema's, eerst die waar de meeste deelnemers aan de kleinste "
        "kant staan, daarna die met alleen −.",
    ),
    "caution_small": (
        "The groups are small and were chosen on purpose: one person more or less changes the picture, and who was not "
        "asked could not speak.",
        "De groepen zijn klein en doelgericht gekozen: één persoon meer of minder verandert het beeld, en wie niets is "
        "gevraagd kon niets zeggen.",
    ),
    "left_silent_1": (
        "{participants} of the register not heard: {names}.", "{participants} uit het register niet gehoord: {names}.",
    ),
    "left_silent": (
        "{participants} of the register not heard: {names}.", "{participants} uit het register niet gehoord: {names}.",
    ),
    "left_unknown": (
        "{speakers} with {words} count for no group (M3).", "{speakers} met {words} tellen bij geen groep (M3).",
    ),
    "left_unknown_1": (
        "{speakers} with {words} counts for no group (M3).", "{speakers} met {words} telt bij geen groep (M3).",
    ),
    "left_bare": ("{transcripts} without codings: {names}.", "{transcripts} zonder coderingen: {names}."),
    "left_excluded": ("{codings} left out of every count (M2).", "{codings} in geen enkele telling (M2)."),
    "left_several": (
        "{codings} over the words of several people, for a decision (L1).",
        "{codings} over de woorden van meerdere mensen, ter beslissing (L1).",
    ),
    "left_unused": ("{codes} of the codebook without codings (T4).", "{codes} uit het codeboek zonder coderingen (T4)."),
    "left_filtered": ("Only a part of the study: {filters}.", "Alleen een deel van het onderzoek: {filters}."),
    "left_asked": (
        "Who was asked what is not recorded, so that 0 may mean that nobody was asked.",
        "Wie wat is gevraagd is niet vastgelegd; 0 kan dus betekenen dat er niet naar is gevraagd.",
    ),
}  # fmt: skip
"""Key -> English, Dutch."""
