"""Suggestions on the command line: listed, accepted in bulk, measured, and never counted by themselves."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from terminal import mihqda

from mihqda.project import Project

CODES = """id,name,parent,definition,keywords
theme,Themes,,,
load,Workload,theme,Having more to do than there is time for,time; hours
role,Role clarity,theme,Knowing who decides what,mandate; task
"""
SAID = {
    "load": ("I had no time for it, none.", "The hours were not there.", "It took more time than we had."),
    "role": (
        "My task was not clear.",
        "Who had the mandate, I never knew.",
        "Nobody told me what my task was.",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suggest")
    (folder / "codes.csv").write_text(CODES, encoding="utf-8")
    rows = ["transcript,quote,code,coder"]
    for number in range(5):
        turns = [f"Interviewer: And {code}, for you?\n\nP{number}: {said[(number + i) % 3]}"
                 for i in range(2) for code, said in SAID.items()]  # fmt: skip
        (folder / f"T{number}.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")
        rows += [f'T{number},"{said[(number + i) % 3]}",{code},anna'
                 for i in range(2) for code, said in SAID.items() if number < 4]  # fmt: skip
    (folder / "codings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    people = "participant,group\n" + "".join(f"P{n},g\n" for n in range(5))
    (folder / "people.csv").write_text(people, encoding="utf-8")
    study = folder / "s.mihqda"
    assert mihqda("init", study, "--codebook", folder / "codes.csv").status == 0
    done = mihqda("import", study, *sorted(folder.glob("T*.txt")), "--participants", folder / "people.csv")
    assert done.status == 0, done.err
    done = mihqda("code", study, "--from", folder / "codings.csv")
    assert done.status == 0, done.err
    return study


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "s.mihqda"))


def listed(*arguments: object) -> list[dict[str, str]]:
    done = mihqda("suggest", *arguments, "--format", "csv")
    assert done.status == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def test_what_nobody_coded_gets_suggestions_and_nothing_else_changes(study: Path) -> None:
    frequencies = mihqda("frequencies", study).out
    rows = listed(study)
    assert {row["transcript"] for row in rows} == {"T4"}
    right = [row for row in rows if row["quote"] in SAID[row["code"]]]
    assert len(right) == 4, "each turn gets the code of the same words elsewhere"
    assert all(row["measured"] == "" for row in rows)
    assert mihqda("frequencies", study).out == frequencies


def test_the_table_says_why_and_that_nothing_is_a_coding_yet(study: Path) -> None:
    said = mihqda("suggest", study, "--transcript", "T4", "--first", "1").out
    assert "«" in said
    assert "unmeasured" in said
    assert "more: --first" in said
    assert "learned from the codebook and 16 coded segments\n" in said
    alone = mihqda("suggest", study, "--coder", "anna").out
    assert "learned from the codebook and 16 coded segments of anna alone\n" in alone
    assert f"mihqda review {study} --coder NAME" in said


@pytest.mark.parametrize("fmt", ["table", "csv", "json", "md"])
def test_every_listing_has_every_format(study: Path, fmt: str) -> None:
    for arguments in (
        ("suggest", study, "--suggester", "keywords"),
        ("suggest", "keywords", study),
        ("suggest", "keywords", study, "--precision"),
        ("suggest", "stop", study, "--code", "Workload"),
        ("suggest", "evaluate", study, "--suggester", "keywords", "--folds", "2", "--jobs", "1"),
    ):
        done = mihqda(*arguments, "--format", fmt)
        assert (done.status, done.err) == (0, ""), arguments
        if fmt == "json":
            assert json.loads(done.out)


def test_bulk_acceptance_is_shown_first_and_needs_a_yes(study: Path) -> None:
    before = len(listed(study))
    done = mihqda("suggest", study, "--accept-all", "0.05", "--as", "ben")
    assert done.status == 2
    assert "nothing was written; to do it, say --yes" in done.err
    assert "T4" in done.out
    assert len(listed(study)) == before
    done = mihqda("suggest", study, "--accept-all", "0.05", "--as", "ben", "--yes")
    assert done.status == 0
    assert "accepted in bulk" in done.err
    with Project.open(study) as project:
        decisions = project.snapshot().decisions
        assert len(decisions)
        assert decisions["is_bulk"].astype(bool).all()
        assert set(decisions["coder"]) == {"ben"}
    assert mihqda("undo", study).status == 0
    assert len(listed(study)) == before


def test_the_one_coder_learned_from_is_who_accepts_if_nobody_else_is_named(study: Path) -> None:
    done = mihqda("suggest", study, "--accept-all", "0.05", "--coder", "anna", "--yes")
    assert "codings by anna" in done.err
    done = mihqda("suggest", study, "--accept-all", "0.05")
    assert done.status == 2
    assert "--as NAME" in done.err


def test_an_evaluation_names_floor_rule_intervals_and_codes_too_rare(study: Path) -> None:
    said = mihqda(
        "suggest", "evaluate", study, "--suggester", "keywords", "--floor", "0.6", "--jobs", "1"
    ).out
    assert "frequency rule" in said
    assert "keywords: 16 turns of 4 finished transcripts, 16 with a code" in said
    assert "0 of 2 codes measured below a precision of 0.60" in said
    with Project.open(study) as project:
        assert project.floor == 0.6
        assert project.evaluation() is not None


def test_a_young_study_is_told_why_nothing_is_measured(tmp_path: Path, made: Path) -> None:
    study = tmp_path / "young.mihqda"
    mihqda("init", study, "--codebook", made.parent / "codes.csv")
    mihqda("import", study, made.parent / "T0.txt", "--participants", made.parent / "people.csv")
    done = mihqda("suggest", "evaluate", study)
    assert (done.status, done.out.split(":")[0]) == (0, "not measured")
    assert mihqda("suggest", study).status == 0


def test_keywords_are_previewed_with_negation_and_precision(study: Path) -> None:
    said = mihqda("suggest", "keywords", study, "--code", "load").out
    assert "«time»" in said
    assert " not " in said
    assert "precision" in said
    said = mihqda("suggest", "keywords", study, "--pattern", "clear", "--pattern", "told NEAR/3 me").out
    assert "«clear»" in said
    assert "«told me»" in said
    said = mihqda(
        "suggest", "keywords", study, "--pattern", "mandate", "--code", "Role clarity", "--precision"
    ).out
    assert "Role clarity" in said


def test_an_estimate_of_the_unread_draws_first_and_counts_then(study: Path) -> None:
    first = mihqda("suggest", "stop", study, "--code", "load", "--size", "3").out
    assert "4 turns are unread for Workload" in first
    again = first.split("--since ")[1].split()[0]
    then = mihqda(
        "suggest", "stop", study, "--code", "load", "--size", "3", "--since", again, "--read", "3"
    ).out
    assert "--read 3\n" in first
    assert "Of 3 turns drawn at random from 4 unread" in then


def test_a_finished_transcript_is_read_to_the_end_and_can_be_opened_again(study: Path) -> None:
    assert mihqda("finish", study, "T4", "--coder", "anna").out == "T4 is read to the end by anna\n"
    steps = len(mihqda("history", study).out.splitlines())
    assert mihqda("finish", study, "T4", "--coder", "anna ").out == "T4 was finished already by anna\n"
    assert len(mihqda("history", study).out.splitlines()) == steps, "nothing was done"
    assert listed(study) == []
    assert mihqda("finish", study, "T4", "--coder", "anna", "--reopen").status == 0
    assert listed(study)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("suggest", "STUDY", "--suggester", "oracle"), "oracle"),
        (("suggest", "STUDY", "--transcript", "T9"), "no transcript 'T9'"),
        (("suggest", "STUDY", "--coder", "zoe"), "no coder 'zoe'"),
        (("suggest", "STUDY", "--embeddings", "nowhere"), "no such folder"),
        (("suggest", "STUDY", "--accept-all", "2", "--as", "a"), "2"),
        (("suggest", "evaluate"), "STUDY"),
        (("suggest", "evaluate.mihqda"), "evaluate.mihqda"),
        (("suggest", "run", "evaluate"), "evaluate"),
        (("suggest", "stop", "STUDY", "--code", "nope"), "'nope'"),
        (("suggest", "stop", "STUDY", "--code", "load", "--since", "yesterday"), "yesterday"),
        (("suggest", "keywords", "STUDY", "--pattern", "time NEAR/x no"), "NEAR/x"),
        (
            ("suggest", "keywords", "STUDY", "--pattern", "a", "--code", "load", "--code", "role"),
            "one --code",
        ),
        (("suggest", "keywords", "STUDY", "--pattern", "time", "--precision"), "--code"),
        (("finish", "STUDY", "T9", "--coder", "a"), "T9"),
        (("finish", "STUDY", "T4", "--coder", " "), "--coder"),
        (("finish", "STUDY", "T4", "--coder", "a", "--reopen"), "not finished"),
    ],
)
def test_bad_input_is_a_message_and_changes_nothing(
    study: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = study.read_bytes()
    done = mihqda(*(study if one == "STUDY" else one for one in arguments))
    assert done.status == 2, done
    assert says in done.err
    assert "Traceback" not in done.err
    assert study.read_bytes() == before
