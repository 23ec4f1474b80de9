"""The example study: whole, counted by hand, and not a sentence said twice.

What stands in the tables below was read off the files, not computed by mihqda: turns were counted in the raw
transcripts, and who speaks about a theme was noted while reading codings.csv beside the transcripts. Themes
unite their children; a statement that two people make counts for both.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from mihqda.project import Project
from mihqda.shipped import shipped
from mihqda.transcripts.model import Transcript
from mihqda.transcripts.read import read_transcript

SAMPLE = shipped("data", "sample_transcripts")
ASKS = frozenset(["I", "Interviewer", "Moderator", "Gespreksleider"])
CODERS = ("anna", "bram")
N = {"provider": 7, "client": 11}

SIZES = {  # transcript: turns, words of the turns
    "FG1": (140, 1920), "FG2": (121, 1998), "IV-AM1": (91, 1578), "IV-IM2": (64, 1348), "IV-IM4": (70, 1588),
    "IV-PL01": (93, 1674), "IV-PL02": (69, 1677), "IV-PL03": (85, 1681), "IV-PL04": (58, 1599),
    "IV-PL05": (170, 1440), "IV-PL06": (94, 1692), "IV-PL09": (66, 1604), "IV-PL10": (69, 1572),
    "IV-PL11": (62, 1098), "JI-PL07-PL08": (107, 1712),
}  # fmt: skip

VOICES = {  # who is heard, apart from those who ask
    "FG1": "IM1 IM2 IM3 AM1 Unknown", "FG2": "IM4 AM2 AM3", "IV-AM1": "AM1", "IV-IM2": "IM2", "IV-IM4": "IM4",
    "IV-PL01": "PL01", "IV-PL02": "PL02", "IV-PL03": "PL03", "IV-PL04": "PL04", "IV-PL05": "PL05",
    "IV-PL06": "PL06", "IV-PL09": "R", "IV-PL10": "PL10", "IV-PL11": "PL11", "JI-PL07-PL08": "PL07 PL08",
}  # fmt: skip

CODINGS = {  # transcript: by anna, by bram
    "FG1": (79, 76), "FG2": (48, 51), "IV-AM1": (47, 0), "IV-IM2": (42, 39), "IV-IM4": (0, 46),
    "IV-PL01": (54, 0), "IV-PL02": (49, 52), "IV-PL03": (0, 52), "IV-PL04": (66, 0), "IV-PL05": (47, 49),
    "IV-PL06": (0, 53), "IV-PL09": (45, 0), "IV-PL10": (0, 0), "IV-PL11": (0, 46), "JI-PL07-PL08": (79, 85),
}  # fmt: skip
BOTH = tuple(name for name, (anna, bram) in CODINGS.items() if anna and bram)

SPEAK_OF = {  # theme: the people of the provider, the people of the clients
    # FG1: IM1, IM2, AM1 (IM3 keeps out of it); FG2: all three
    "mih.theme.role_ambiguity": (
        "IM1 IM2 IM4 AM1 AM2 AM3", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL08 PL09 PL11",
    ),
    # FG2: IM4 (whom a client brings) and "If you ask it I tell it", AM3 and IM4; IM2 and AM1 in their interviews
    "mih.theme.diffusion": ("IM2 IM4 AM1 AM3", "PL01 PL02 PL03 PL04 PL06 PL07 PL08 PL11"),
    # FG1: IM2 busy, AM1 and IM1 on hiring; FG2: AM2 has time
    "mih.theme.workload": (
        "IM1 IM2 IM4 AM1 AM2", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL08 PL09 PL11",
    ),
    # not asked in the groups; IM1 brings it up (the cross and the enthusiastic); PL08 says nothing of it
    "mih.theme.motivation": ("IM1 IM2 IM4 AM1", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL09 PL11"),
    # FG1: IM1, IM2; FG2, when AM2 has left: AM3 and IM4
    "mih.theme.relationship": (
        "IM1 IM2 IM4 AM1 AM3", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL08 PL09 PL11",
    ),
    "mih.theme.stakeholders": (
        "IM1 IM2 IM3 IM4 AM1 AM2 AM3", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL08 PL09 PL11",
    ),
    # FG1: "How often have you got a client though" AM1, IM1, IM2, IM3; FG2: AM3, IM4
    "mih.theme.stakeholders.clients": (
        "IM1 IM2 IM3 IM4 AM1 AM3", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL09",
    ),
    # FG1: IM3; FG2: AM3; the password, IM2; joint interview: invited or not, both
    "mih.theme.stakeholders.it": ("IM2 IM3 AM3", "PL01 PL05 PL06 PL07 PL08"),
    "mih.theme.stakeholders.management": (
        "IM1 IM4", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL08 PL09 PL11",
    ),
    "mih.theme.stakeholders.professionals": ("IM2 IM4 AM1 AM2", "PL03 PL04 PL05 PL06 PL07 PL11"),
    # FG1: IM1, AM1, IM3, and the voice that nobody placed, which counts for no one; FG2: the lighthouse, IM4
    "mih.theme.expectations": ("IM1 IM2 IM3 IM4 AM1", "PL01 PL02 PL04 PL05 PL06 PL07 PL09 PL11"),
    "mih.theme.organisation_fit": ("", "PL02 PL04 PL05 PL07 PL09"),
    # FG1: IM3 on the link; joint interview: "Eleven months", both
    "mih.theme.technical": ("IM3", "PL01 PL02 PL03 PL05 PL06 PL07 PL08"),
    "mih.phase.journeys": ("IM1 IM2 IM4 AM3", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL08 PL09"),
    # PL05 was not asked; PL11 stopped before it
    "mih.phase.evaluation": ("IM1 IM2 IM4 AM1 AM3", "PL01 PL02 PL03 PL04 PL06 PL07 PL08 PL09"),
    # asked of the provider alone
    "mih.appraisal.underpinning": ("IM1 IM4 AM2 AM3", ""),
    "cfir22.outer.financing": ("", "PL02 PL04 PL05 PL06"),
}  # fmt: skip

SIGNS = {  # theme: who says something good of it, something bad; who says both, or one thing that is both
    "mih.theme.diffusion": ("", "IM2 IM4 AM1 AM3 PL01 PL02 PL03 PL04 PL06 PL07 PL08 PL11", ""),
    # AM1 gets by himself, but she "gets it on her plate"; IM4's November; PL01's extra hours, PL09's own and the nurses'
    "mih.theme.workload": (
        "IM4 AM1 AM2 PL01 PL08 PL09",
        "IM1 IM2 IM4 AM1 PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL09 PL11",
        "IM2 IM4 AM1 PL01 PL09",
    ),
    "mih.theme.organisation_fit": ("PL07", "PL02 PL04 PL05 PL09", "PL05"),
    # the box on PL05's ceiling, and the three weeks of PL01 that nobody had to wait for anything
    "mih.theme.technical": ("PL01 PL05", "IM3 PL01 PL02 PL03 PL05 PL06 PL07 PL08", "PL01 PL05"),
}  # fmt: skip

ASKED = {  # topic: the people of the provider, the people of the clients that were asked
    "mih.theme.motivation": ("IM2 IM4 AM1", "PL01 PL02 PL03 PL05 PL06 PL07 PL08 PL09 PL10 PL11"),
    "mih.theme.technical": ("", "PL01 PL06 PL07 PL08"),
    "mih.theme.relationship": (
        "IM2 IM4 AM1 AM3", "PL01 PL02 PL03 PL04 PL05 PL06 PL07 PL08 PL09 PL10 PL11",
    ),
    "mih.phase.evaluation": ("IM1 IM2 IM3 IM4 AM1 AM3", "PL01 PL02 PL03 PL04 PL06 PL07 PL08 PL09 PL10"),
    "mih.appraisal.underpinning": ("IM1 IM2 IM3 IM4 AM1 AM2 AM3", ""),
    "cfir22.outer.financing": ("", "PL01 PL02 PL04 PL05 PL06"),
}  # fmt: skip

INVENTED = """
Luwend Haspelhof Kolmerveer Ravensloot Jeugd Bontepoort De Lemmerhage Zuidergrauw Het Ankerwoud Tijlhove
Oosterlind Wijkhuis Sassemer Westerhelm Noordhalm Anna Wout Bram
"""  # none of them is, as far as we know, an organisation, a place or a person in care or in software
KNOWN = """
Excel PDF TV Holland Dutch English Sinterklaas Christmas Easter God
January February March June July August September October November December
Monday Mondays Tuesday Wednesday Wednesdays Thursday Thursdays Friday Fridays Saturday Sunday
Mr Mrs BHV FG MT DEP PE PL O I Afronden Frikandelbroodjes Implementeren
"""  # writers on change and their models, days and months, words of offices


def read_codings() -> list[dict[str, str]]:
    with (SAMPLE / "codings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def texts() -> dict[str, Transcript]:
    files = sorted((SAMPLE / "transcripts").iterdir())
    return {one.id: one for one in (read_transcript(file).transcript for file in files)}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The study as ``mihqda demo`` builds it."""
    path = tmp_path_factory.mktemp("example") / "demo.mihqda"
    with Project.create(path, codebooks=["mih", "cfir2022"]) as project:
        project.import_transcripts(
            [SAMPLE / "transcripts"],
            participants=SAMPLE / "participants.csv",
            sessions=SAMPLE / "sessions.csv",
            asked=SAMPLE / "asked.csv",
        )
        project.code_from(SAMPLE / "codings.csv")
        yield project


def people(names: tuple[str, str]) -> dict[str, set[str]]:
    return dict(zip(N, map(set, map(str.split, names)), strict=True))


def speech(transcript: Transcript) -> list[tuple[int, int, str]]:
    """Return start, end and text of every turn of a participant."""
    return [
        (turn.span.start, turn.span.end, turn.span.quote(transcript.text))
        for turn in transcript.turns
        if not ASKS & set(turn.speakers)
    ]


def test_every_transcript_has_the_turns_words_and_voices_that_were_counted(
    texts: dict[str, Transcript],
) -> None:
    assert texts.keys() == SIZES.keys()
    for name, one in texts.items():
        words = sum(
            any(map(str.isalnum, word)) for turn in one.turns for word in turn.span.quote(one.text).split()
        )
        assert (len(one.turns), words) == SIZES[name], name
        voices = {speaker for turn in one.turns for speaker in turn.speakers}
        assert voices - ASKS == set(VOICES[name].split()), name
        assert len(voices & ASKS) == 1, name
        assert 900 <= words <= 2000, name


def test_the_study_is_sound_and_holds_everybody(study: Project) -> None:
    assert study.verify() == ()
    register = study.participants()
    assert Counter(register["group"]) == N
    assert len(study.transcripts()) == 15
    heard = study.speakers()
    masked = heard[(heard["transcript"] == "IV-PL09") & (heard["speaker"] == "R")]
    assert list(masked["participant"]) == ["PL09"]


def test_every_codings_quote_is_the_text_and_occurs_once(texts: dict[str, Transcript]) -> None:
    for row in read_codings():
        text = texts[row["transcript"]].text
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert text.count(row["quote"]) == 1
        assert row["quote"].strip() == row["quote"]


def test_codings_by_coder_and_transcript() -> None:
    counted = Counter((row["transcript"], row["coder"]) for row in read_codings())
    for name, expected in CODINGS.items():
        assert tuple(counted[name, coder] for coder in CODERS) == expected, name
    assert sum(counted.values()) == 1105
    assert set(BOTH) == {"FG1", "FG2", "IV-IM2", "IV-PL02", "IV-PL05", "JI-PL07-PL08"}


def test_nobody_codes_a_stretch_twice_with_one_code() -> None:
    spans: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in read_codings():
        spans[row["transcript"], row["coder"], row["code"]].append((int(row["start"]), int(row["end"])))
    for key, found in spans.items():
        found.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(found)), key


@pytest.mark.parametrize("theme", SPEAK_OF)
def test_a_theme_counts_the_people_that_a_reader_counts(study: Project, theme: str) -> None:
    expected = people(SPEAK_OF[theme])
    table = study.themes(themes=theme, zeros=True).set_index("group")
    for group, size in N.items():
        assert (table.loc[group, "participants"], table.loc[group, "N"]) == (len(expected[group]), size)
    codes = [code for code in study.codes()["code"] if code == theme or code.startswith(f"{theme}.")]
    codings = study.codings()
    codings = codings[codings["code"].isin(codes)]
    named = {one for cell in codings["participants"] for one in cell.split(", ")}
    assert named & set(study.participants()["participant"]) == expected["provider"] | expected["client"]


@pytest.mark.parametrize("theme", SIGNS)
def test_a_theme_has_the_signs_that_a_reader_gives_it(study: Project, theme: str) -> None:
    table = study.themes(themes=theme, zeros=True).set_index("group")
    for column, names in zip(("plus", "minus", "mixed"), SIGNS[theme], strict=True):
        assert table.loc["(all)", column] == len(names.split()), column


@pytest.mark.parametrize("topic", ASKED)
def test_a_topic_was_asked_of_the_people_that_the_guide_says(study: Project, topic: str) -> None:
    table = study.themes(themes=topic, zeros=True).set_index("group")
    for group, names in people(ASKED[topic]).items():
        assert table.loc[group, "N_asked"] == len(names)


def kappa(both: int, one: int, other: int, units: int) -> float:
    """Cohen's kappa of two coders on a code, from units coded by both, by one only, by the other only."""
    observed = (units - one - other) / units
    first, second = both + one, both + other
    expected = (first * second + (units - first) * (units - second)) / units**2
    return (observed - expected) / (1 - expected)


def test_the_coders_agree_as_a_trained_team_does(texts: dict[str, Transcript]) -> None:
    """Unit: a participant's turn in a transcript that both coded; a code is on a turn if a coding overlaps it."""
    rows = [row for row in read_codings() if row["transcript"] in BOTH]
    used = Counter((row["code"], row["coder"]) for row in rows)
    turns = [(name, start, end) for name in BOTH for start, end, _ in speech(texts[name])]
    on: dict[tuple[str, str], set[tuple[str, int, int]]] = defaultdict(set)
    for row in rows:
        for name, start, end in turns:
            if name == row["transcript"] and int(row["start"]) < end and start < int(row["end"]):
                on[row["code"], row["coder"]].add((name, start, end))
    figures: dict[str, tuple[int, float]] = {}  # code: uses by the coder with fewer, kappa
    totals = [0, 0, 0]
    for code in sorted({row["code"] for row in rows}):
        a, b = (on[code, coder] for coder in CODERS)
        cells = (len(a & b), len(a - b), len(b - a))
        totals = [x + y for x, y in zip(totals, cells, strict=True)]
        if least := min(used[code, coder] for coder in CODERS):
            figures[code] = (least, kappa(*cells, len(turns)))
    pooled = kappa(totals[0], totals[1], totals[2], len(turns) * len({row["code"] for row in rows}))
    print(f"\n{len(turns)} turns of {', '.join(BOTH)}; pooled kappa {pooled:.2f}")
    for code, (_, value) in sorted(figures.items(), key=lambda item: (-item[1][0], item[0])):
        print(f"{value:6.2f}  {used[code, 'anna']:3} {used[code, 'bram']:3}  {code}")
    assert 0.6 <= pooled <= 0.8
    often = {code: value for code, (least, value) in figures.items() if least >= 5}
    assert len(often) >= 20
    assert {code: value for code, value in often.items() if not 0.5 <= value <= 0.9} == {}
    thrice = [value for least, value in figures.values() if least >= 3]
    assert sum(0.5 <= value <= 0.9 for value in thrice) >= 0.85 * len(thrice)
    assert min(value for _, value in figures.values()) < 0.4  # the rare codes are not all smooth


def test_the_coders_differ_in_boundary_code_and_valence(texts: dict[str, Transcript]) -> None:
    """Count pairs of overlapping codings by the two: one code with other limits, and one stretch with other codes."""
    rows = [row for row in read_codings() if row["transcript"] in BOTH]
    mine, theirs = ([row for row in rows if row["coder"] == coder] for coder in CODERS)
    limits = signs = alone = 0
    for row in mine:
        beside = [
            other for other in theirs
            if other["transcript"] == row["transcript"]
            and int(other["start"]) < int(row["end"]) and int(row["start"]) < int(other["end"])
        ]  # fmt: skip
        same = [other for other in beside if other["code"] == row["code"]]
        limits += any((other["start"], other["end"]) != (row["start"], row["end"]) for other in same)
        signs += any(other["valence"] != row["valence"] for other in same)
        alone += bool(beside) and not same
    assert limits > 80
    assert 10 < signs < 60
    assert alone > 40


def test_no_two_transcripts_share_a_long_sentence(texts: dict[str, Transcript]) -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for name, one in texts.items():
        for _, _, said in speech(one):
            for sentence in re.split(r"(?<=[.!?…])\s+", said):
                words = re.findall(r"[^\W_]+", sentence.casefold())
                if len(words) > 6:
                    where[" ".join(words)].add(name)
    assert {sentence: names for sentence, names in where.items() if len(names) > 1} == {}


def test_no_name_is_heard_that_is_not_on_the_list(texts: dict[str, Transcript]) -> None:
    """A capitalised word that never occurs in small letters, brackets of masked names left out, is on a list."""
    found: set[str] = set()
    small: set[str] = set()
    for one in texts.values():
        for turn in one.turns:
            said = re.sub(r"\[[^\]]*\]", " ", turn.span.quote(one.text))
            for word in re.findall(r"[^\W\d_]+", said):
                (found if word[0].isupper() else small).add(word)
    starts = {word for word in found if word.casefold() in small}
    first_words = {  # of sentences only, and no names
        "Ah", "Bye", "Congratulations", "Daarom", "Tien", "Eén", "Emergency", "Geef", "Hassle", "How", "Huge", "Innovation",
        "Kay", "Nah", "Nul", "Oef", "Oof", "Ouch", "Pff", "Proper", "Prospects", "Rounding", "Sheltered",
        "Shouting", "Stapje", "Terwijl", "Thirteen", "Unless", "Vorig", "Winning", "Zes", "Cause",
    }  # fmt: skip
    assert found - starts - first_words - set(INVENTED.split()) - set(KNOWN.split()) == set()


def test_sites_and_places_are_invented_ones() -> None:
    with (SAMPLE / "participants.csv").open(encoding="utf-8", newline="") as file:
        sites = {word for row in csv.DictReader(file) for word in row["site"].split()}
    assert sites <= set(INVENTED.split())


MEMOS = sorted((SAMPLE / "memos").glob("*.md"))


def test_both_coders_wrote_memos_of_every_kind() -> None:
    heads = [dict(re.findall(r"^(\w+): (.+)$", memo.read_text(encoding="utf-8"), re.M)) for memo in MEMOS]
    for coder in CODERS:
        mine = [head["kind"] for head in heads if head["coder"] == coder]
        assert len(mine) >= 5
        assert {"analytic", "method", "reflexive", "case"} <= set(mine), coder


@pytest.mark.parametrize("memo", MEMOS, ids=lambda path: Path(path).stem)
def test_a_memo_is_short_and_says_whose_it_is_and_what_about(memo: Path) -> None:
    head, _, body = memo.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    assert list(fields) == ["coder", "kind", "about", "date"]
    assert fields["coder"] in CODERS
    assert fields["about"].split()[0] in {*SIZES, *(" ".join(VOICES.values())).split(), "study", "PL09"} | {
        code["code"] for code in read_codings()
    }
    assert 60 <= len(body.split()) <= 150
