"""A study is evaluated with the suggesters that it would use, on what its coders finished."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from planted import CODES, planted
from studies import make_study

from mihqda.codings.frame import to_frame
from mihqda.codings.model import Coding
from mihqda.errors import PluginError
from mihqda.snapshot import Snapshot
from mihqda.spans import Span
from mihqda.suggest.evaluate import evaluate
from mihqda.suggest.evaluation import SUGGESTIONS
from mihqda.suggest.state import study_state


def planted_study(transcripts: int = 5, each: int = 16, *, origin: str = "import") -> Snapshot:
    """Return a study in which ann coded everything and ben the first two transcripts."""
    segments, labels = planted(transcripts, each, noise=0.05)
    talks = {
        str(name): "\n\n".join(f"P1: {text}." for text in part["text"])
        for name, part in segments.groupby("transcript", sort=False)
    }
    bare = make_study(talks, people="g: P1", codes="\n".join(code.id for code in CODES))
    codings = []
    for row, (transcript, start, end) in enumerate(
        zip(*(bare.turns[name] for name in ("transcript", "start", "end")), strict=True)
    ):
        for at in np.flatnonzero(labels[row]):
            for coder in ("ann", "ben") if transcript in ("T0", "T1") else ("ann",):
                if coder == "ann" or row % 5:
                    codings.append(Coding(
                        f"{coder}{row}-{at}", transcript, Span(start, end), CODES[at].id, coder, None, "",
                        "2026-01-01T00:00:00Z", origin,
                    ))  # fmt: skip
    return dataclasses.replace(bare, codings=to_frame(codings))


@pytest.fixture(scope="module")
def study() -> Snapshot:
    return planted_study()


def test_the_default_suggester_is_measured_and_better_than_the_frequency_rule(study: Snapshot) -> None:
    result = evaluate(study, CODES, folds=2, with_curve=False)
    assert (result.suggester, result.unit, result.folds, result.transcripts) == ("default", "turn", 2, 5)
    assert result.segments == 80
    assert result.state == study_state(study)
    overall = result.overall.set_index("measure")
    assert overall.loc["macro_average_precision", "gain_low"] > 0.1
    pairs = set(zip(result.agreement["first"], result.agreement["second"], strict=True))
    assert pairs == {(SUGGESTIONS, "ann"), (SUGGESTIONS, "ben"), ("ann", "ben")}
    coders = result.agreement[result.agreement["first"] == "ann"]
    assert (coders["segments"] == 32).all()
    assert result.from_suggestions == 0


def test_the_measure_can_be_one_coders_codings(study: Snapshot) -> None:
    result = evaluate(study, CODES, suggester="keywords", coders=("ben",))
    assert result.coders == ("ben",)
    assert not result.is_measured
    assert result.missing[0].startswith("2 of 5 transcripts are finished")
    assert result.suggester == "keywords"
    assert result.state == study_state(study, coders=("ben",))


def test_hand_coding_counts_once_the_transcripts_are_finished() -> None:
    study = planted_study(origin="hand")
    before = evaluate(study, CODES, suggester="keywords")
    assert not before.is_measured
    finished = pd.DataFrame({"transcript": [f"T{n}" for n in range(4)], "coder": "ann"})
    after = evaluate(
        dataclasses.replace(study, finished=finished), CODES, suggester="keywords", with_curve=False
    )
    assert after.is_measured
    assert after.transcripts == 4


def test_codings_that_began_as_suggestions_are_told_apart(study: Snapshot) -> None:
    origin = study.codings["origin"].where(study.codings.index % 4 > 0, "suggestion:abc")
    mixed = dataclasses.replace(study, codings=study.codings.assign(origin=origin))
    result = evaluate(mixed, CODES, suggester="keywords", with_curve=False)
    assert result.from_suggestions == (origin == "suggestion:abc").sum() > 0


def test_an_unknown_suggester_is_named(study: Snapshot) -> None:
    with pytest.raises(PluginError, match="nope"):
        evaluate(study, CODES, suggester="nope")


def test_neither_containers_nor_retired_codes_are_measured(study: Snapshot) -> None:
    codes = (CODES[0].replace(codable=False), CODES[1].replace(retired=True), *CODES[2:])
    result = evaluate(study, codes, suggester="keywords", with_curve=False)
    assert {*result.codes["code"], *result.unused} == {"want", "rare"}
