"""An evaluation in eighty columns: no figure is lost, no zero has a sign, and codes go by their names."""

import math
import re

import pandas as pd
import pytest

from mihqda.cli.evaluate import print_evaluation, with_ends
from mihqda.cli.names import tell_apart
from mihqda.cli.table import KEEP
from mihqda.codebook import Code, Codebook
from mihqda.suggest.evaluation import FRAMES, Evaluation

NAMES = {
    "a.one": "Relationship with the provider of the platform",
    "b.one": "Motivation",
    "c.one": "motivation",
    "a.few": "Seldom seen",
}


def evaluation() -> Evaluation:
    ends = [0.14, 0.1, 0.2, 0.47, 0.24, 0.74, 0.3, 0.21, 0.39, 0.16, 0.11, 0.25]
    codes = [(code, name, 15, 3, code != "a.few", 49, *(ends if code != "a.few" else [math.nan] * 12), 0.02)
             for code, name in NAMES.items()]  # fmt: skip
    overall = [
        ("macro_average_precision", 0.14, 0.11, 0.17, 0.02, 0.01, 0.03, 0.12, 0.1, 0.15),
        ("calibration_error", 0.0008, 0.0006, 0.0012, 0.0002, 1e-5, 1e-12, -0.0006, -0.0011, 0.0),
    ]
    rows = {
        "codes": codes,
        "overall": overall,
        "calibration": [(0, 0.0, 0.1, 82886, 0.012, 0.011, 0.008, 0.013)],
        "learning": [(0.25, 2, 111, *ends[:9])],
        "agreement": [
            ("(suggestions)", "anna-from-the-other-team", "b.one", 40, 10, 20, 5, 5, 0.61, 0.31, -0.004)
        ],
    }
    columns = FRAMES["agreement"]
    pair = dict(
        zip(("first", "second", "code"), ("(suggestions)", "anna-from-the-other-team", "b.one"), strict=True)
    )
    agreed = {
        name: pair.get(name, 0.61 if name == "kappa" else -0.004 if name == "alpha" else 1)
        for name in columns
    }
    frames = {
        name: pd.DataFrame([agreed] if name == "agreement" else rows[name], columns=list(FRAMES[name]))
        for name in FRAMES
    }
    return Evaluation(
        **frames,
        too_few=("a.few",),
        suggester="default",
        unit="turn",
        folds=5,
        transcripts=14,
        segments=730,
        coded=450,
    )


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    books = [
        Codebook(id="mih", codes=(Code("a.one", NAMES["a.one"]), Code("b.one", NAMES["b.one"]), Code("a.few", NAMES["a.few"]))),
        Codebook(id="cfir", codes=(Code("c.one", NAMES["c.one"]),)),
    ]  # fmt: skip
    print_evaluation(evaluation(), floor=0.2, names=tell_apart(books))
    return capsys.readouterr().out


def test_every_figure_stands_whole_in_eighty_columns(said: str) -> None:
    assert max(map(len, said.splitlines())) <= 80
    table = said[said.index("Per code") : said.index("Calibration: of")]
    for interval in ("[.10, .20]", "[.24, .74]", "[.11, .25]"):
        assert table.count(interval) == 3, "of each of the measured codes"
    for word in (*NAMES["a.one"].split(), "proposed", "precision", "recall", "rule"):
        assert word in table
    agreement = said[said.index("Agreement per code") :]
    assert "anna-from-the-other-team" in " ".join(agreement.split())
    assert re.search(r"\.61\s+\.61\s+\.61\s+-\.004\n", agreement), "alpha is there too"
    assert "25%" in said
    assert "82886" in said


def test_small_figures_have_digits_and_zero_has_no_sign(said: str) -> None:
    assert ".0008" in said
    assert "[.0006, .001]" in said
    assert "[<.0001, .00]" in said
    assert "[-.001, .00]" in said
    assert "-.00 " not in said.replace("\n", " ")
    assert with_ends(-1e-12, math.nan, math.nan) == ".00"
    assert with_ends(1.0, -0.12, 1.0) == f"1.00 [-.12,{KEEP}1.00]"
    assert with_ends(0.004, math.nan, math.nan) == ".004"
    assert with_ends(-0.00001, math.nan, math.nan) == "-<.0001"


def test_codes_are_called_by_name_and_codebook_where_two_have_one_name(said: str) -> None:
    assert "too few examples to measure (1): Seldom seen\n" in said
    assert "Motivation (mih)" in said
    assert "motivation (cfir)" in said


def test_sentences_are_broken_at_words(said: str) -> None:
    assert "their suggestions are hidden\n(--all shows them, --floor changes it)" in said


def test_two_codes_of_one_codebook_and_one_name_are_told_apart_by_id() -> None:
    book = Codebook(id="own", codes=(Code("x", "Time"), Code("y", "time"), Code("z", "Place")))
    assert tell_apart([book]) == {"x": "Time (x)", "y": "time (y)", "z": "Place"}
