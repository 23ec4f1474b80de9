"""Figures: the numbers that are drawn, what fits, and files that are the same every time."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure as Drawing
from PIL import Image
from reading_reports import STUDIES, large_codebook
from studies import make_study, small_study

from mihqda.errors import InputError, NotFoundError
from mihqda.reports.figures import (
    draw_cooccurrence,
    draw_dots,
    draw_frequencies,
    draw_heat,
    draw_portrait,
    draw_valence,
    portrait,
    save_figure,
    with_names,
)
from mihqda.reports.figures.colours import BLUE, GROUPS, QUIET, VERMILLION, contrast, ink_on, luminance, shade
from mihqda.reports.figures.cooccurrence import most_meeting
from mihqda.reports.figures.lettering import width_of, wrap
from mihqda.reports.figures.save import to_bytes
from mihqda.reports.figures.sheet import new_axes
from mihqda.snapshot import Snapshot
from mihqda.themes.cooccurrence import cooccurrence
from mihqda.themes.frequencies import frequencies
from mihqda.themes.table import theme_table

FRAMES: dict[Any, Callable[[Snapshot], pd.DataFrame]] = {
    draw_dots: theme_table, draw_valence: theme_table, draw_heat: theme_table, draw_cooccurrence: cooccurrence,
    draw_frequencies: frequencies, draw_portrait: lambda study: portrait(study, next(iter(study.texts))),
}  # fmt: skip
ALL = pytest.mark.parametrize("draw", FRAMES, ids=lambda draw: draw.__name__)


def texts(axes: Any) -> list[str]:
    return [text.get_text() for text in axes.texts]


def table(**counts: tuple[int | None, ...]) -> pd.DataFrame:
    """Return a theme table: group -> N, participants, plus, minus, mixed, asked."""
    rows = [("t", group, *numbers) for group, numbers in counts.items()]
    columns = ["theme", "group", "N", "participants", "plus", "minus", "mixed", "N_asked"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], "Int64"))


def boxes(axes: Any, colour: str) -> list[tuple[float, float, float, float]]:
    """Return left, top, width, height of all boxes of a colour, or with lines of it."""
    from matplotlib.colors import to_hex

    found = []
    for one in axes.collections:
        if isinstance(one, PolyCollection):
            faces = [to_hex(face) for face in one.get_facecolor()] or ["#000000"]
            for at, path in enumerate(one.get_paths()):
                if faces[at % len(faces)] == colour:
                    box = path.get_extents()
                    found.append((box.x0, box.y0, box.width, box.height))
    return found


@ALL
def test_a_figure_is_one_line_from_the_frame(draw: Any) -> None:
    axes = draw(FRAMES[draw](small_study()))
    assert len(texts(axes)) > 3


@ALL
@pytest.mark.parametrize("name", ["no register", "no codings", "one person", "hostile", "120 codes"])
def test_odd_studies_can_be_drawn(draw: Any, name: str) -> None:
    axes = draw(FRAMES[draw](STUDIES[name]()))
    assert texts(axes)
    assert to_bytes(axes, "png", dpi=40)


@ALL
def test_nothing_to_show_is_said_in_the_language(draw: Any) -> None:
    frame = FRAMES[draw](small_study()).head(0)
    assert texts(draw(frame)) == ["There is nothing to show."]
    assert texts(draw(frame, language="nl")) == ["Er is niets te tonen."]


@ALL
def test_on_given_axes_letters_shrink_with_the_drawing(draw: Any) -> None:
    frame = FRAMES[draw](small_study())
    own = draw(frame)
    axes = Drawing(figsize=(3, 3)).add_subplot()
    assert draw(frame, ax=axes) is axes
    assert texts(axes) == texts(own)
    assert max(text.get_fontsize() for text in axes.texts) < max(text.get_fontsize() for text in own.texts)


@ALL
def test_no_text_leaves_the_sheet_or_covers_another(draw: Any) -> None:
    study = small_study()
    study.codes.loc[0:, "name"] = [f"{name} {'of some length ' * 5}".strip() for name in study.codes["name"]]
    frame = FRAMES[draw](study)
    axes = draw(frame if draw is draw_portrait else with_names(frame, study))
    figure = axes.get_figure()
    found = [text.get_window_extent(figure.canvas.get_renderer()) for text in axes.texts if text.get_text()]
    for box in found:
        assert box.x0 >= -1
        assert box.y0 >= -1
        assert box.x1 <= figure.bbox.width + 1
        assert box.y1 <= figure.bbox.height + 1
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            wide, high = (
                min(one.x1, other.x1) - max(one.x0, other.x0),
                min(one.y1, other.y1) - max(one.y0, other.y0),
            )
            assert wide < 2 or high < 2, (one, other)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_two_saved_files_are_the_same_and_have_no_date(kind: str, tmp_path: Path) -> None:
    frame = theme_table(small_study())
    first, second = (save_figure(draw_heat(frame), tmp_path / f"{n}.{kind}") for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()
    for trace in (b"CreationDate", b"<dc:date>", b"tIME", b"Matplotlib v", b"matplotlib.org"):
        assert trace not in first.read_bytes()


def test_a_figure_without_pyplot_is_saved_too_and_other_formats_are_refused(tmp_path: Path) -> None:
    save_figure(draw_heat(theme_table(small_study())).get_figure(), tmp_path / "a.PNG")
    with Image.open(tmp_path / "a.PNG") as image:
        assert image.width > 300
    with pytest.raises(InputError, match=r"\.png, \.svg or \.pdf, got \.jpg"):
        save_figure(draw_heat(theme_table(small_study())), tmp_path / "a.jpg")


def test_heat_says_n_of_n_and_leaves_out_those_who_are_no_group() -> None:
    axes = draw_heat(theme_table(small_study()))
    assert {"provider\nN = 7", "client\nN = 11", "3/7", "0/11"} <= set(texts(axes))
    assert not any("(" in text for text in texts(axes))


def test_heat_hatches_only_those_who_were_not_asked_and_did_not_speak() -> None:
    def hatched(frame: pd.DataFrame) -> int:
        return sum(len(one.get_paths()) for one in draw_heat(frame).collections if one.get_hatch())

    assert hatched(table(a=(7, 0, 0, 0, 0, 0), b=(7, 1, 0, 0, 0, 0), c=(7, 0, 0, 0, 0, 3))) == 1
    assert hatched(table(a=(7, 0, 0, 0, 0, None))) == 0


def test_minus_stands_left_plus_right_and_one_person_has_one_length() -> None:
    axes = draw_valence(table(a=(7, 7, 2, 4, 1, None), b=(11, 9, 8, 2, 3, None)))
    minus, plus = boxes(axes, VERMILLION), boxes(axes, BLUE)
    assert len(minus) == len(plus) == 2
    for left, right in zip(minus, plus, strict=True):
        assert left[0] + left[2] == pytest.approx(right[0])
    unit = minus[0][2] / 4
    assert [box[2] / unit for box in (*minus, *plus)] == pytest.approx([4, 2, 2, 8])
    assert [text for text in texts(axes) if text.isdigit()] == ["4", "2", "1", "2", "8", "3"]


def test_themes_without_a_direction_are_left_out_of_the_valences() -> None:
    frame = pd.concat([table(a=(7, 7, 0, 0, 0, None)).assign(theme="quiet"), table(a=(7, 7, 1, 0, 0, None))])
    assert "quiet" not in texts(draw_valence(frame))
    assert "t" in texts(draw_valence(frame))


def test_nobody_is_a_percentage() -> None:
    for draw, frame in FRAMES.items():
        assert not any("%" in text for text in texts(draw(frame(small_study()))))


def test_cooccurrence_is_the_lower_triangle_in_the_codebooks_order() -> None:
    frame = pd.DataFrame(
        [("a", "c", 3, 1, 1), ("b", "c", 12, 2, 1)],
        columns=["code_a", "code_b", "segments", "participants", "sessions"],
    )
    axes = draw_cooccurrence(frame)
    places = {text.get_text(): text.get_position() for text in axes.texts}
    assert places["a"][1] < places["b"][1] < places["c"][1]
    assert places["3"][0] != places["12"][0]
    assert places["12"][1] == places["c"][1]
    by_people = draw_cooccurrence(frame, count="participants")
    assert "12" not in texts(by_people)


def test_only_the_codes_that_meet_most_are_drawn() -> None:
    rows = [(f"c{n:02}", f"c{m:02}", n + m, 1, 1) for n in range(30) for m in range(n + 1, 30)]
    frame = pd.DataFrame(rows, columns=["code_a", "code_b", "segments", "participants", "sessions"])
    kept = most_meeting(frame)
    assert set(kept["code_a"]) | set(kept["code_b"]) == {f"c{n:02}" for n in range(5, 30)}
    axes = draw_cooccurrence(frame)
    assert axes.get_figure().get_figwidth() <= 6.71
    assert [text for text in texts(axes) if text.startswith("c")] == [f"c{n:02}" for n in range(5, 30)]


def test_frequencies_show_participants_and_codings_to_scales_of_their_own() -> None:
    frame = pd.DataFrame([("a", 2, 40), ("b", 1, 10)], columns=["code", "participants", "codings"])
    axes = draw_frequencies(frame)
    solid, hatched = boxes(axes, BLUE), boxes(axes, "#ffffff")
    assert [one[2] for one in solid] == pytest.approx([solid[0][2], solid[0][2] / 2])
    assert [one[2] for one in hatched] == pytest.approx([hatched[0][2], hatched[0][2] / 4])
    half = draw_frequencies(frame, full=(4, 80))
    assert [one[2] for one in boxes(half, BLUE)] == pytest.approx([one[2] / 2 for one in solid])


def test_the_portrait_counts_words_from_the_beginning() -> None:
    study = make_study(
        {"I1": "Interviewer: One two three?\n\nP1: Four <a>five six <b @ben>seven</b></a> eight.\n\nP1: <a>Nine.</a>"},
        people="g: P1", codes="a\nb",
    )  # fmt: skip
    frame = portrait(study, "I1")
    assert frame.to_numpy().tolist() == [
        ["voice", "Interviewer", "interviewer", "", 0, 3],
        ["voice", "P1", "g", "", 3, 8],
        ["voice", "P1", "g", "", 8, 9],
        ["code", "A", "", "ann", 4, 7],
        ["code", "A", "", "ann", 8, 9],
        ["code", "B", "", "ben", 6, 7],
    ]
    with pytest.raises(NotFoundError, match="I9"):
        portrait(study, "I9")


def test_portraits_name_the_voices_and_draw_each_turn() -> None:
    axes = draw_portrait(portrait(small_study(), "F1"))
    assert {
        "Moderator (interviewer)",
        "P2 (provider)",
        "Speaker 3 (not registered)",
        "0 words",
        "ann",
    } <= set(texts(axes))
    assert len(boxes(axes, BLUE)) == 5
    assert len(boxes(axes, QUIET)) == 2
    assert all(left >= 2.6 and left + width <= 6.7 for left, _, width, _ in boxes(axes, BLUE))


def test_a_crowd_has_a_row_for_each_group() -> None:
    study = make_study(
        {"F": "\n\n".join(f"P{n}: <a>Yes, really.</a>" for n in range(20))},
        people="north: "
        + " ".join(f"P{n}" for n in range(10))
        + "; south: "
        + " ".join(f"P{n}" for n in range(10, 20)),
    )
    shown = texts(draw_portrait(portrait(study, "F")))
    assert {"north", "south"} <= set(shown)
    assert "P3 (north)" not in shown


def test_names_and_depths_come_from_the_study() -> None:
    study = large_codebook()
    named = with_names(frequencies(study), study)
    assert "תפקידים" in set(named["name"])
    assert with_names(theme_table(study), study)["depth"].max() == 1
    pairs = with_names(cooccurrence(small_study()), small_study())
    assert {"name_a", "name_b"} <= set(pairs.columns)


def test_shades_fall_evenly_in_grey_and_are_read_on() -> None:
    steps = [luminance(shade(at / 10)) for at in range(11)]
    assert all(a > b for a, b in pairwise(steps))
    assert all(contrast(shade(at / 50), ink_on(shade(at / 50))) >= 4.5 for at in range(51))


def test_every_colour_of_a_group_is_seen_on_paper() -> None:
    assert all(contrast(colour, "#ffffff") > 1.9 for colour, _ in GROUPS)


@given(st.text(max_size=120), st.floats(0.3, 3), st.integers(1, 4))
def test_wrapped_names_fit_and_keep_their_words(name: str, width: float, lines: int) -> None:
    found = wrap(name, width, lines=lines)
    assert 1 <= len(found) <= lines
    assert all(width_of(line, 8) <= width or len(line) <= 1 for line in found)
    whole = "".join(found).replace(" ", "")
    clean = "".join(wrap(name, 1000)).replace(" ", "")
    assert whole == clean or (whole.endswith("…") and clean.startswith(whole[:-1]))


def test_widths_are_those_of_the_font_that_is_drawn() -> None:
    axes = new_axes(5, 1)
    text = axes.text(0, 0.5, "Role of the project lead", fontsize=8, family="DejaVu Sans")
    drawn = text.get_window_extent(axes.get_figure().canvas.get_renderer()).width / axes.get_figure().dpi
    assert width_of("Role of the project lead", 8) == pytest.approx(drawn, rel=0.06)


def test_in_grey_the_signs_differ() -> None:
    axes = draw_valence(table(a=(7, 7, 3, 4, 2, None)))
    grey = Image.open(io.BytesIO(to_bytes(axes, "png"))).convert("L")
    assert abs(round(255 * luminance(VERMILLION)) - round(255 * luminance(BLUE))) > 10
    assert len(grey.getcolors(256) or []) > 4
