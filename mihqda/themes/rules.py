"""The rules behind the numbers, one sentence each: the method page of a report quotes them from here.

Sources of the rules that are not our own: counts make "some" and "most" precise and do not measure importance
(Sandelowski 2001, 10.1002/nur.1025; Maxwell 2010, 10.1177/1077800410364740).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType({
    "people": (
        'The people of a coding are those who speak in the turns that it overlaps by more than white '
        'space; interviewers are no data unless asked for, and backchannels ("hm", "ja, precies") count '
        'for nobody.'
    ),
    "exclusions": (
        "A coding in which nobody speaks who is data (on an interviewer's turn, a backchannel or a "
        "heading alone) is left out of every count and listed."
    ),
    "participants": (
        "Distinct registered people with at least one coding of the theme; a person in an interview and "
        "in a focus group is one."
    ),
    "N": (
        "All registered people of the group, heard or not; only filters on people (group, role, site, "
        "participant) narrow it."
    ),
    "N_asked": (
        "Registered people of the group who were asked about the theme or a code above it, by "
        "themselves or in a session in which they speak; undefined where the table of who was asked "
        "what is silent."
    ),
    "plus_minus_mixed": (
        "Participants with at least one coding marked +, with at least one marked −, and with both or "
        "one marked mixed; who has both is in all three."
    ),
    "mentions": (
        "Two codings of a theme belong to one mention if they overlap or only white space, labels or "
        "backchannels lie between them and they share a person; a mention may hold several such "
        "codings, of several coders."
    ),
    "mentions_of_a_group": (
        "A group counts the mentions in which one of its people speaks, so a statement shared by two "
        "groups counts in both and the groups do not add up to (all)."
    ),
    "codings": "Distinct codings, each coder's for itself, in which one of the group's people speaks.",
    "sessions": "Distinct sessions with a coding of the theme in which one of the group's people speaks.",
    "rate": (
        "The group's mentions per 1,000 words of its participants in the selected transcripts (a shared "
        "turn counts once), with the lowest and the highest rate of its single participants, who have "
        "words; not comparable between languages or between interviews and focus groups."
    ),
    "all": (
        "All registered people for participants and N, everybody who is data for mentions, codings and "
        "sessions, registered people's mentions and words for the rate."
    ),
    "unassigned": (
        "Codings in which somebody speaks who is not in the register count for mentions, codings and "
        "sessions, in a row of their own, never as a participant."
    ),
    "interviewer": "The interviewers' turns, a row of their own without N, only if they were asked for.",
    "parents": "A parent unites the codings of all codes below it; it never adds their counts.",
    "queries": (
        "`A or B` unites the codings; `A and B` takes the text that codings of both cover and the "
        "people who speak in it; `not C` drops a coding that overlaps one of C where anybody but an "
        "interviewer speaks."
    ),
    "filters": (
        "A filter on codes or valences keeps what holds at least one coding that it names; the other "
        "codings of the chosen coders still serve `and`, `not` and the phases."
    ),
    "several": (
        "A coding over the words of several people counts for each of them and is listed, because it is "
        "no evidence that each of them said it."
    ),
    "phases": (
        "Theme by phase counts the people who speak inside the text that a coding of the theme and one "
        "of the phase both cover, and the mentions made of such text."
    ),
    "frequencies": "A code's own codings; codes below it are not rolled up.",
    "cooccurrence": (
        "By overlap, the number of unbroken stretches of text that both codes cover, whoever coded "
        "them, and the people who speak in them; by another unit, the number of units with codings of "
        "both, and the people who speak in the text of both codes in the same unit; parents are not "
        "rolled up."
    ),
    "no_tests": (
        "Counts in small, purposively chosen groups describe who said what; they are not tested, not "
        "turned into percentages and not a measure of importance, and silence is not absence."
    ),
})  # fmt: skip
"""Name -> one sentence. The names of columns have the column's name."""
