"""The figure of n of N."""

import sys
from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.figure import Figure as Drawing
from reading_reports import hostile_study, large_codebook
from studies import make_study, small_study

from mihqda.reports.build import build_report
from mihqda.reports.figures import to_png, to_svg
from mihqda.reports.figures.dots import draw_dots
from mihqda.reports.model import Figure
from mihqda.snapshot import Snapshot


def frame(sizes: dict[str, tuple[int, int]]) -> pd.DataFrame:
    rows = [("t", "A theme", 0, group, n, size, pd.NA) for group, (n, size) in sizes.items()]
    return pd.DataFrame(rows, columns=["theme", "name", "depth", "group", "participants", "N", "N_asked"])


def dots(frame: pd.DataFrame) -> Counter[bool]:
    """Return how many dots are filled (True) and empty."""
    axes = draw_dots(frame)
    found: Counter[bool] = Counter()
    for line in axes.lines:
        if line.get_marker() == "o":
            found[line.get_markerfacecolor() != "none"] += len(line.get_xdata())
    return +found


def dots_of(study: Snapshot) -> list[Figure]:
    """Return the figures of n of N in a study's report."""
    return [figure for figure in build_report(study).figures if figure.id.startswith("F1")]


def texts(frame: pd.DataFrame) -> list[str]:
    return [text.get_text() for text in draw_dots(frame).texts]


def test_every_participant_is_a_dot_and_those_who_spoke_are_filled() -> None:
    small = frame({"provider": (3, 7), "client": (2, 11)})
    assert dots(small) == {True: 5, False: 13}
    assert {"3/7", "2/11", "provider\nN = 7", "client\nN = 11"} <= set(texts(small))


def test_large_groups_are_a_dot_on_a_line() -> None:
    assert dots(frame({"nurse": (20, 45), "physician": (0, 50)})) == {True: 2}


def test_a_group_without_people_is_drawn_without_dividing_by_zero() -> None:
    assert "0/0" in texts(frame({"a": (0, 0), "b": (3, 60)}))
    assert dots(frame({"a": (0, 0)})) == {}


def test_who_was_asked_stands_beside_n() -> None:
    one = frame({"g": (1, 7)}).assign(N_asked=5)
    assert "1/7\nasked 5" in texts(one)


def test_it_draws_on_axes_that_it_is_given() -> None:
    axes = Drawing().add_subplot()
    assert draw_dots(frame({"g": (1, 7)}), ax=axes) is axes
    assert axes.texts


def test_many_groups_stay_legible() -> None:
    many = frame({f"site with a long name {n}": (n, 40) for n in range(12)})
    axes = draw_dots(many)
    lefts = sorted(text.get_position()[0] for text in axes.texts if "N = " in text.get_text())
    assert min(b - a for a, b in pairwise(lefts)) >= 0.9


def test_many_themes_are_cut_into_figures_that_fit_on_a_page() -> None:
    figures = dots_of(large_codebook())
    assert [figure.id for figure in figures] == ["F1.1", "F1.2"]
    assert all(draw_dots(figure.frame).get_figure().get_figheight() <= 8.6 for figure in figures)
    themes = [theme for figure in figures for theme in dict.fromkeys(figure.frame["theme"])]
    assert len(themes) == len(set(themes)) == 41


def test_drawing_twice_gives_the_same_bytes_without_a_date() -> None:
    (figure,) = dots_of(small_study())
    assert to_svg(figure) == to_svg(figure)
    assert to_png(figure) == to_png(figure)
    assert "<metadata" not in to_svg(figure)
    assert "<!--" not in to_svg(figure)
    assert b"tIME" not in to_png(figure)[0]


def test_ids_are_the_figures_own_so_that_two_figures_share_a_page() -> None:
    first, second = (to_svg(figure) for figure in dots_of(large_codebook()))
    ids = [part.split('"')[0] for svg in (first, second) for part in svg.split(' id="')[1:]]
    assert ids
    assert len(ids) == len(set(ids))


def test_any_name_can_be_drawn() -> None:
    for figure in dots_of(hostile_study()):
        assert "$\\frac{1}{0}$ $x" in to_svg(figure)
        assert to_png(figure)[0].startswith(b"\x89PNG")


def test_people_without_a_group_have_a_column_and_strangers_have_none() -> None:
    study = make_study({"I1": "P1: <a>No time.</a>\n\nX: <a>None.</a>"}, people="g: P1; : P2")
    (figure,) = dots_of(study)
    assert list(figure.frame["group"]) == ["g", "(none)"]


def test_no_screen_and_no_pyplot_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)  # importing it fails
    (figure,) = dots_of(small_study())
    assert to_png(figure)
