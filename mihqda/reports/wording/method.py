"""The method page; most of its sentences are those of the rules."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "method_counted": ("What was counted", "Wat is geteld"),
    "method_part": ("Which part of the study", "Welk deel van het onderzoek"),
    "method_coders": ("Coders", "Codeurs"),
    "method_denominators": ("Denominators", "Noemers"),
    "method_left_out": ("What was left out", "Wat is weggelaten"),
    "method_quotes": ("Quotes", "Citaten"),
    "method_tests": ("No tests", "Geen toetsen"),
    "method_limits": ("Limits", "Beperkingen"),
    "method_made_from": ("Made from", "Gemaakt uit"),
    "rule_people": ("Whose words", "Wiens woorden"),
    "rule_participants": ("Participants, n", "Deelnemers, n"),
    "rule_N": ("N", "N"),
    "rule_plus_minus_mixed": ("+, − and mixed", "+, − en gemengd"),
    "rule_mentions": ("Mentions", "Uitspraken"),
    "rule_mentions_of_a_group": ("Mentions of a group", "Uitspraken van een groep"),
    "rule_codings": ("Codings", "Coderingen"),
    "rule_sessions": ("Sessions", "Sessies"),
    "rule_rate": ("Rate", "Verhouding per 1.000 woorden"),
    "rule_parents": ("Parents", "Bovenliggende thema's"),
    "rule_queries": ("Themes as queries", "Thema's als zoekvraag"),
    "rule_all": ("Total", "Totaal"),
    "rule_unassigned": ("(unassigned)", "(niet toegewezen)"),
    "rule_phases": ("Phases", "Fasen"),
    "rule_frequencies": ("Code frequencies", "Codefrequenties"),
    "rule_cooccurrence": ("Codes on the same words", "Codes op dezelfde woorden"),
    "rule_line": ("{word}: {rule}", "{word}: {rule}"),
    "limit_coding": (
        "The figures are no better than the coding behind them: they hold what coders marked, and say nothing about what "
        "nobody was asked or what was said off the record.",
        "De aantallen zijn niet beter dan het coderen erachter: ze bevatten wat codeurs markeerden, en zeggen niets over "
        "wat niemand is gevraagd of wat buiten de opname is gezegd.",
    ),
    "limit_quotes": (
        "Quotes are chosen by a rule that spreads them over people, sessions and groups, not by how well they put it; "
        "which of them to print is the researcher's choice.",
        "Citaten zijn gekozen volgens een regel die ze spreidt over mensen, sessies en groepen, niet om hoe treffend ze "
        "zijn; welke u afdrukt is de keuze van de onderzoeker.",
    ),
    "limit_words": (
        "Spoken words are counted as stretches of text between white space with a letter or a digit in them; what "
        "transcribers leave out is not counted.",
        "Gesproken woorden zijn geteld als stukken tekst tussen witruimte met een letter of cijfer erin; wat bij het "
        "uitschrijven is weggelaten telt niet mee.",
    ),
    "limit_ids": (
        "The page names participants by their ids. Ids, roles, sites and what the quotes tell may still identify somebody "
        "to colleagues; look through them before the report leaves the team.",
        "De pagina noemt deelnemers bij hun id. Id's, rollen, organisaties en de inhoud van citaten kunnen iemand voor "
        "collega's toch herkenbaar maken; loop ze na voordat het rapport het team verlaat.",
    ),
    "method_quotes_rule": (
        "At most {k} of a person for a theme where only some are shown. Each is exactly the text of its transcript; where "
        "room is short a quote ends at a word with […]. The same words coded by two coders are one quote.",
        "Hoogstens {k} per persoon en thema waar niet alle citaten staan. Elk citaat is precies de tekst van het "
        "transcript; waar weinig ruimte is eindigt een citaat na een woord met […]. Dezelfde woorden van twee codeurs zijn "
        "één citaat.",
    ),
    "method_context": (
        "The words before a quote are the last turn of somebody else before it, backchannels aside, with […] where it is "
        "shortened; they are context, not data.",
        "De woorden vóór een citaat zijn de laatste beurt van iemand anders daarvoor, luistergeluiden daargelaten, met […] "
        "waar die is ingekort; ze zijn context, geen data.",
    ),
    "method_no_tests": (
        "No p-values; differences between groups are described, not tested.",
        "Geen p-waarden; verschillen tussen groepen zijn beschreven, niet getoetst.",
    ),
    "method_whole": ("The whole study, without filters.", "Het hele onderzoek, zonder selectie."),
    "method_filter": ("{field}: {values}.", "{field}: {values}."),
    "method_no_codings": ("There are no codings.", "Er zijn geen coderingen."),
    "method_one_coder": (
        "One coder's layer, with its codings: {coders}.", "De laag van één codeur, met de coderingen: {coders}.",
    ),
    "method_coders_united": (
        "The layers of {number} coders are united, with their codings: {coders}. M1 shows them by transcript. A participant "
        "counts as soon as one of the coders coded her words.",
        "De lagen van {number} codeurs zijn verenigd, met hun coderingen: {coders}. M1 toont ze per transcript. Een "
        "deelnemer telt zodra een van de codeurs haar woorden codeerde.",
    ),
    "method_no_register": ("There is no register, hence no N.", "Er is geen register, dus geen N."),
    "method_group": (
        "{group}: N = {N}, of whom {heard} are heard here.", "{group}: N = {N}, van wie er {heard} hier te horen zijn.",
    ),
    "method_asked": (
        "Who was asked what is known for {topics}.", "Wie wat is gevraagd is bekend voor {topics}.",
    ),
    "method_interviewer_is_data": (
        "Interviewers' turns are counted as data, in a row of their own.",
        "De beurten van interviewers tellen als data, in een eigen rij.",
    ),
    "method_interviewer": (
        "Interviewers' turns are context, not data.", "De beurten van interviewers zijn context, geen data.",
    ),
    "method_m2": ("M2 lists them.", "M2 noemt ze."),
    "method_m3": (
        "M3 lists speakers who are no participants.", "M3 noemt sprekers die geen deelnemer zijn.",
    ),
    "method_retired": (
        "{codes} retired, with {codings} that still count: {names}.",
        "{codes} vervallen, met {codings} die nog meetellen: {names}.",
    ),
    "method_coded_transcripts": (
        "Transcripts with codings: {fraction}. Suggestions are no codings and enter no count.",
        "Transcripten met coderingen: {fraction}. Suggesties zijn geen coderingen en tellen nergens mee.",
    ),
    "method_made": (
        "Study {study}, as of {moment}, its last change.", "Onderzoek {study}, stand van {moment}, de laatste wijziging.",
    ),
    "method_versions": ("Versions: {versions}.", "Versies: {versions}."),
    "method_hash": (
        "SHA-256 of the input: {hash}. The same input gives the same report, byte for byte.",
        "SHA-256 van de invoer: {hash}. Dezelfde invoer geeft hetzelfde rapport, tot op de byte.",
    ),
}  # fmt: skip
"""Key -> English, Dutch."""
