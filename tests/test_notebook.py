"""What Jupyter shows of a study: everything, and nothing that a transcript could run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from lxml import html
from studies import small_study

from mihqda import Project
from mihqda.errors import InputError, NotFoundError
from mihqda.notebook import (
    enable,
    load_ipython_extension,
    show_quotes,
    show_study,
    show_table,
    show_transcript,
)
from mihqda.reports.build import build_report
from mihqda.reports.figures import draw_heat
from mihqda.reports.model import ReportTable
from mihqda.themes.quotes import theme_quotes
from mihqda.themes.table import theme_table

HOSTILE = '<script>alert("1")</script> & <b onclick=x>'
TALK = f"""Interviewer: Why? {HOSTILE}

P1: First this. Then {HOSTILE} that.

P2: Never.
"""


@pytest.fixture
def study(tmp_path: Path) -> Any:
    (tmp_path / "I1.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "people.csv").write_text("participant;group\nP1;<i>g</i>\nP2;<i>g</i>\n", encoding="utf-8")
    with Project.create(tmp_path / "a <b> study.mihqda", codebooks=["mih"]) as project:
        project.import_transcripts([tmp_path / "I1.txt"], participants=tmp_path / "people.csv")
        at = project.transcript("I1").text.index("First")
        end = project.transcript("I1").text.index("that.")
        project.code("I1", code="mih.theme.workload", coder="ann <x>", at=(at, end + 5), valence="-")
        project.code("I1", code="mih.theme.motivation", coder="ben", at=(at, at + 5), valence="+")
        yield project


def elements(shown: Any, path: str) -> list[Any]:
    return list(html.fromstring(shown._repr_html_()).xpath(path))


def classed(name: str) -> str:
    return f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"


def test_nothing_of_a_study_is_markup(study: Project) -> None:
    quotes = study.codings()
    for shown in (show_study(study), show_transcript(study, "I1"), show_quotes(quotes)):
        assert not elements(shown, "//script | //b | //i | //x | //*[@onclick]")
        assert "<script" not in shown._repr_html_()


def test_a_transcript_shows_speakers_and_every_word(study: Project) -> None:
    shown = show_transcript(study, "I1")
    said = [
        "".join(one.xpath(".//text()[not(parent::span[@class='code'])]"))
        for one in elements(shown, classed("said"))
    ]
    text = study.transcript("I1")
    assert said == [turn.span.quote(text.text) for turn in text.turns]
    who = ["".join(one.xpath("./text()")) for one in elements(shown, classed("who"))]
    assert who == ["Interviewer", "P1", "P2"]
    assert len(elements(shown, classed("asks"))) == 1
    assert repr(shown) == "<transcript I1: 3 turns, 2 codings>"


def test_codings_have_a_number_a_colour_a_line_and_their_valence(study: Project) -> None:
    shown = show_transcript(study, "I1")
    chips = [one.text for one in elements(shown, classed("code"))]
    assert sorted(chips) == ["1−", "2+"]
    first, second = elements(shown, "//div[contains(@class, 'said')]//mark")[:2]
    assert first.text == "First"
    assert first.get("style") != second.get("style")
    assert "border-bottom:2px solid" in first.get("style")
    assert "Workload and time (-), ann <x>" in first.get("title")
    assert len(elements(shown, "//ol/li")) == 2


def test_codes_coders_and_turns_are_chosen(study: Project) -> None:
    assert repr(show_transcript(study, "I1", coders=["ben"])).endswith("1 coding>")
    assert repr(show_transcript(study, "I1", codes=["mih.theme"])).endswith("2 codings>")
    assert repr(show_transcript(study, "I1", turns=(2, 3))) == "<transcript I1: 1 turn, 0 codings>"
    with pytest.raises(NotFoundError, match="I7"):
        show_transcript(study, "I7")
    with pytest.raises(NotFoundError, match="nobody"):
        show_transcript(study, "I1", coders=["nobody"])


def test_quotes_say_who_where_and_how_many_more_there_are() -> None:
    frame = theme_quotes(small_study(), ["role"])
    shown = show_quotes(frame, most=2)
    assert len(elements(shown, "//blockquote")) == 2
    assert f"and {len(frame) - 2} more quotes" in shown._repr_html_()
    assert "(P2, S3)" in elements(shown, "//blockquote")[0].text_content()
    assert "0:00:" in elements(shown, "//blockquote")[0].text_content()
    assert "There are no quotes" in show_quotes(frame.head(0))._repr_html_()
    assert "only this" in show_quotes(pd.DataFrame({"quote": ["only this"]}))._repr_html_()


def test_a_table_of_a_report_shows_its_cells_and_notes() -> None:
    table = build_report(small_study())["T4"]
    assert isinstance(table, ReportTable)
    assert "3/7" in show_table(table)._repr_html_()
    assert table.notes[0][:20] in show_table(table)._repr_html_()


def test_the_extension_shows_studies_transcripts_tables_figures_and_drawings(study: Project) -> None:
    shell = InteractiveShell()
    load_ipython_extension(shell)
    report = build_report(small_study())

    def shown(thing: Any) -> dict[str, Any]:
        data: dict[str, Any] = shell.display_formatter.format(thing)[0]
        return data

    assert "codings" in shown(study)["text/html"].lower()
    assert "First this" in shown(study.transcript("I1"))["text/html"]
    assert "<table" in shown(report["T4"])["text/html"]
    assert "<svg" in shown(report["F1"])["text/html"]
    assert "image/png" in shown(draw_heat(theme_table(small_study())))


def test_outside_a_notebook_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    with pytest.raises(InputError, match="Jupyter"):
        enable()
