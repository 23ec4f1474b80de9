"""Sentences below tables, and what a reader must know before the numbers."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # T1
    "note_participants": ("{participants}: {groups}.", "{participants}: {groups}."),
    "note_silent_1": (
        "{participants} of the register is not heard in any transcript here and still belongs to N: {names}.",
        "{participants} uit het register is in geen transcript hier te horen en hoort toch bij N: {names}.",
    ),
    "note_silent": (
        "{participants} of the register are not heard in any transcript here and still belong to N: {names}.",
        "{participants} uit het register zijn in geen transcript hier te horen en horen toch bij N: {names}.",
    ),
    "note_no_register": (
        "There is no register of participants yet, so that nobody can be counted as a person. `mihqda participants "
        "STUDY --template people.xlsx` writes all speakers into a workbook to complete; `mihqda participants STUDY "
        "--from people.xlsx` loads it.",
        "Er is nog geen deelnemersregister, zodat niemand als persoon kan worden geteld. `mihqda participants STUDY "
        "--template people.xlsx` schrijft alle sprekers in een werkmap om in te vullen; `mihqda participants STUDY "
        "--from people.xlsx` leest die in.",
    ),
    # T2
    "note_sources": (
        "{sessions}: {kinds}. Words are those of turns in which a registered participant speaks; interviewers are not "
        "counted.",
        "{sessions}: {kinds}. De woorden zijn die van beurten waarin een geregistreerde deelnemer spreekt; interviewers "
        "tellen niet mee.",
    ),
    "note_no_transcripts": ("The study has no transcripts yet.", "Het onderzoek heeft nog geen transcripten."),
    "note_without_transcript": ("Without a transcript here: {names}.", "Hier zonder transcript: {names}."),
    "note_duration": (
        "Duration recorded for {fraction} sessions.", "Duur vastgelegd van {fraction} sessies.",
    ),
    # T3
    "note_codebook": (
        "{codes}, {used} of them used here. Codings are a code's own, of all coders chosen; codes below it are not "
        "added.",
        "{codes}, waarvan {used} hier gebruikt. De coderingen zijn die van de code zelf, van alle gekozen codeurs; "
        "codes eronder zijn niet meegeteld.",
    ),
    "note_codebook_of": (
        "{codes}, {used} of them used here; codebooks: {books}. Codings are a code's own, of all coders chosen; codes "
        "below it are not added.",
        "{codes}, waarvan {used} hier gebruikt; codeboeken: {books}. De coderingen zijn die van de code zelf, van alle "
        "gekozen codeurs; codes eronder zijn niet meegeteld.",
    ),
    "note_no_codebook": (
        "The study has no codebook yet; `mihqda codebook` lists what there is to add.",
        "Het onderzoek heeft nog geen codeboek; `mihqda codebook` toont wat er is.",
    ),
    # T4
    "note_people": (
        "n/N: participants with at least one coding of the theme, of all registered participants of the group, whether "
        "heard or not. Mentions, sessions, +, − and mixed are those of the total; a participant with both + and − is in "
        "both and in mixed. A parent unites its children's people, it does not add them up. Groups share mentions and "
        "sessions, so that their numbers do not add up to the total.",
        "n/N: deelnemers met ten minste één codering van het thema, van alle geregistreerde deelnemers van de groep, "
        "gehoord of niet. Uitspraken, sessies, +, − en gemengd zijn die van het totaal; een deelnemer met zowel + als − "
        "staat in beide en in gemengd. Een bovenliggend thema verenigt de mensen van de thema's eronder en telt ze niet "
        "op. Groepen delen uitspraken en sessies, zodat hun aantallen niet optellen tot het totaal.",
    ),
    "note_talk": (
        "There is no register, so that only mentions and sessions can be counted. A parent unites its children.",
        "Er is geen register, zodat alleen uitspraken en sessies te tellen zijn. Een bovenliggend thema verenigt de "
        "thema's eronder.",
    ),
    "note_asked": (
        "“asked”: how many of the group were asked about it, as far as that is known; not asked is not 0.",
        "‘gevraagd’: aan hoevelen van de groep ernaar is gevraagd, voor zover bekend; niet gevraagd is niet 0.",
    ),
    "note_unassigned": (
        "{unassigned}: speakers who are not in the register; what they say counts as mentions and sessions, never as "
        "participants.",
        "{unassigned}: sprekers die niet in het register staan; wat zij zeggen telt als uitspraken en sessies, nooit als "
        "deelnemers.",
    ),
    "note_order": (
        "The order of the themes is the codebook's; a larger number does not make a theme more important.",
        "De volgorde van de thema's is die van het codeboek; een groter aantal maakt een thema niet belangrijker.",
    ),
    "note_order_name": (
        "The order of the themes is the alphabet's; a larger number does not make a theme more important.",
        "De thema's staan op alfabet; een groter aantal maakt een thema niet belangrijker.",
    ),
    "note_no_codings": ("There are no codings here yet.", "Er zijn hier nog geen coderingen."),
    "note_unused": ("{how_many} without codings: {names}.", "{how_many} zonder coderingen: {names}."),
    # T10, T10b
    "note_phase_cells": (
        "n (m): n participants, m mentions; empty: nobody. N = {N}.", "n (m): n deelnemers, m uitspraken; leeg: niemand. N = {N}.",
    ),
    "note_phase_talk": (
        "(m): m mentions; without a register nobody is counted as a participant.",
        "(m): m uitspraken; zonder register telt niemand als deelnemer.",
    ),
    "note_phase_sums": (
        "Neither rows nor columns add up: a person may speak of several phases, and a mention may lie in two.",
        "Rijen en kolommen tellen niet op: iemand kan over meerdere fasen spreken, en een uitspraak kan in twee vallen.",
    ),
    "note_phase_none": (
        "No coding of a theme shares text with a coding of a phase.",
        "Geen codering van een thema deelt tekst met een codering van een fase.",
    ),
    "note_no_phases": (
        "The codebook has no codes of the kind `phase`.", "Het codeboek heeft geen codes van de soort `phase`.",
    ),
    "note_beyond": (
        "What comes after the last phase is no phase of its own and is shown apart.",
        "Wat na de laatste fase komt is geen eigen fase en staat daarom apart.",
    ),
    # C1
    "note_frequencies": (
        "Words: those of participants and of speakers who are not registered, under the code, once however many codings "
        "cover them. A person, a session or a coder with several codes is in several rows, so that no column adds up.",
        "Woorden: die van deelnemers en van niet-geregistreerde sprekers onder de code, één keer, hoeveel coderingen ze "
        "ook bedekken. Een persoon, sessie of codeur met meerdere codes staat in meerdere rijen; geen kolom telt op.",
    ),
    # T15
    "note_matrix": (
        "n (s): n participants, s stretches of text that both codes cover; empty: none. The numbers of the columns are "
        "those of the rows.",
        "n (s): n deelnemers, s stukken tekst die beide codes bedekken; leeg: geen. De nummers van de kolommen zijn die "
        "van de rijen.",
    ),
    "note_matrix_part": (
        "Shown are the {shown} codes with the most such stretches, of {all}; the tidy list in Excel and CSV has all "
        "{pairs} pairs.",
        "Getoond zijn de {shown} codes met de meeste van zulke stukken, van {all}; de lijst in Excel en CSV heeft alle "
        "{pairs} paren.",
    ),
    "note_no_association": (
        "Codes on the same words are a count, not an association: whoever codes two things in one sentence makes a pair.",
        "Codes op dezelfde woorden zijn een telling, geen samenhang: wie in één zin twee dingen codeert, maakt een paar.",
    ),
    "note_no_pairs": ("No two codes cover the same words.", "Er zijn geen twee codes die dezelfde woorden bedekken."),
    # L1
    "note_several_1": (
        "{codings} in which several people speak. Until somebody decides, it counts for all of them; where only one of "
        "them said it, take the coding away and code the words of that one. A turn that people share, as in a joint "
        "interview, may be right as it is. Positions count characters from 0.",
        "{codings} waarin meerdere mensen spreken. Tot iemand beslist telt die voor hen allen; waar slechts één van hen "
        "het zei: verwijder de codering en codeer de woorden van die ene. Een beurt die mensen delen, zoals in een "
        "duo-interview, kan goed zijn zoals hij is. Posities tellen tekens vanaf 0.",
    ),
    "note_several": (
        "{codings} in which several people speak. Until somebody decides, each counts for all of them; where only one of "
        "them said it, take the coding away and code the words of that one. A turn that people share, as in a joint "
        "interview, may be right as it is. Positions count characters from 0.",
        "{codings} waarin meerdere mensen spreken. Tot iemand beslist telt elk ervan voor hen allen; waar slechts één van "
        "hen het zei: verwijder de codering en codeer de woorden van die ene. Een beurt die mensen delen, zoals in een "
        "duo-interview, kan goed zijn zoals hij is. Posities tellen tekens vanaf 0.",
    ),
    "note_none_several": (
        "No coding covers the words of several people.", "Geen codering loopt over de woorden van meerdere mensen.",
    ),
    # M1 to M3
    "note_layers": ("Codings of each coder.", "Coderingen van elke codeur."),
    "note_none_excluded": (
        "Every coding has the words of somebody who is data.", "Elke codering bevat woorden van iemand die data is.",
    ),
    "note_all_known": (
        "Every speaker is in the register or an interviewer.", "Elke spreker staat in het register of is interviewer.",
    ),
    # Q
    "note_quotes": (
        "Chosen by rule, at most {k} of a person for a theme, spread over people, sessions and groups; the web page and "
        "the CSV files hold all of them. Each is exactly the text of its transcript. A parent lists what its children do "
        "not.",
        "Gekozen volgens een vaste regel, hoogstens {k} per persoon en thema, gespreid over mensen, sessies en groepen; "
        "de webpagina en de CSV-bestanden bevatten alle citaten. Elk citaat is precies de tekst van het transcript. Een "
        "bovenliggend thema toont wat niet bij de thema's eronder staat.",
    ),
    "note_dagger": (
        "† The coding covers the words of several people, which is no evidence that each of them said it.",
        "† De codering loopt over de woorden van meerdere mensen; dat bewijst niet dat ieder van hen het zei.",
    ),
    "note_attribution_role": (
        "Quotes are attributed by role. Ids, transcripts and times of who said them are left out; for a focus group its id "
        "is kept. A quote over several turns still holds the labels of its transcript.",
        "Bij de citaten staat de rol. Id's, transcripten en tijden van wie het zei zijn weggelaten; van een focusgroep "
        "blijft de id staan. Een citaat over meerdere beurten bevat nog de labels van het transcript.",
    ),
    "note_attribution_group": (
        "Quotes are attributed by group. Ids, roles, transcripts and times of who said them are left out; for a focus group "
        "its id is kept. A quote over several turns still holds the labels of its transcript.",
        "Bij de citaten staat de groep. Id's, rollen, transcripten en tijden van wie het zei zijn weggelaten; van een "
        "focusgroep blijft de id staan. Een citaat over meerdere beurten bevat nog de labels van het transcript.",
    ),
    # what to read first
    "warn_no_register": (
        "There is no register of participants: nobody counts as a person, everything stands under (unassigned). `mihqda "
        "participants STUDY --template people.xlsx` makes one.",
        "Er is geen deelnemersregister: niemand telt als persoon, alles staat onder (niet toegewezen). `mihqda "
        "participants STUDY --template people.xlsx` maakt er een.",
    ),
    "warn_unknown_1": (
        "{speakers} with {words} is not in the register (M3).", "{speakers} met {words} staat niet in het register (M3).",
    ),
    "warn_unknown": (
        "{speakers} with {words} are not in the register (M3).", "{speakers} met {words} staan niet in het register (M3).",
    ),
    "warn_uneven": (
        "Some transcripts had more coders than others: {full} had {most}, {fewer} fewer ({names}). Where more people "
        "looked, more was found; compare with one coder's layer (M1).",
        "Sommige transcripten hadden meer codeurs dan andere: {full} had er {most}, {fewer} minder ({names}). Waar meer "
        "mensen keken is meer gevonden; vergelijk met de laag van één codeur (M1).",
    ),
    "warn_bare": (
        "{transcripts} without codings here: {names}. Who speaks only there is in N all the same.",
        "{transcripts} hier zonder coderingen: {names}. Wie alleen daar spreekt, zit toch in N.",
    ),
    "warn_several_1": (
        "{codings} covers the words of several people and counts for each of them until somebody decides (L1).",
        "{codings} loopt over de woorden van meerdere mensen en telt voor elk van hen tot iemand beslist (L1).",
    ),
    "warn_several": (
        "{codings} cover the words of several people and count for each of them until somebody decides (L1).",
        "{codings} lopen over de woorden van meerdere mensen en tellen voor elk van hen tot iemand beslist (L1).",
    ),
    "warn_excluded": (
        "{codings} left out of every count (M2).", "{codings} in geen enkele telling opgenomen (M2).",
    ),
    "warn_small_roles": (
        "Roles with fewer than {limit} members may name a person to colleagues: {names}. Think twice before printing them "
        "behind a quote.",
        "Rollen met minder dan {limit} leden kunnen voor collega's een persoon aanwijzen: {names}. Denk goed na voor u ze "
        "achter een citaat afdrukt.",
    ),
    "warn_ids_left": (
        "Quotes are attributed without ids, but a quote over several turns holds the transcript's labels, people name "
        "each other in what they say, and the tables of participants, sources, method and codings over several people "
        "hold ids: leave these out, and read the quotes, before the report leaves the team.",
        "Bij citaten staan geen id's, maar een citaat over meerdere beurten bevat de labels van het transcript, mensen "
        "noemen elkaar in wat zij zeggen, en de tabellen van deelnemers, bronnen, verantwoording en coderingen over "
        "meerdere mensen bevatten id's: laat die weg en lees de citaten na voordat het rapport het team verlaat.",
    ),
    "warn_small_groups": (
        "Groups with fewer than {limit} members may name a person to colleagues, also where a quote names only the group: "
        "{names}.",
        "Groepen met minder dan {limit} leden kunnen voor collega's een persoon aanwijzen, ook waar een citaat alleen de "
        "groep noemt: {names}.",
    ),
}  # fmt: skip
"""Key -> English, Dutch."""
