"""The suggesters themselves through Project, on a study small enough to look at."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from mihqda import Project
from mihqda.codebook import Code
from mihqda.errors import NotFoundError, PluginError

SAID = {
    "load": "We had no time for it, the hours were never there in week",
    "role": "Nobody knew who was in charge or who decided in month",
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("study")
    for name in ("A", "B", "C", "D"):
        turns = []
        for at in range(6):
            turns += ["Interviewer: How was that?", *(f"P{name}: {text} {at}." for text in SAID.values())]
        (folder / f"{name}.txt").write_text("\n\n".join(turns), encoding="utf-8")
    with Project.create(folder / "s.mihqda") as project:
        project.add_code(
            Code("load", "Workload", definition="Too little time.", keywords=("no time", "hours"))
        )
        project.add_code(Code("role", "Role clarity", definition="Who decides.", keywords=("in charge",)))
        project.import_transcripts([folder])
        yield project


def code_by_hand(study: Project) -> None:
    """Code three transcripts as a coder would, and finish them."""
    segments = study.segments("turn")
    rows = [
        (one.transcript, one.start, one.end, code)
        for one in segments.itertuples(index=False)
        for code, text in SAID.items()
        if one.transcript != "D" and one.text.startswith(text)
    ]
    frame = pd.DataFrame(rows, columns=["transcript", "start", "end", "code"]).assign(
        coder="anna", origin="hand"
    )
    study.code_from(frame)
    for name in ("A", "B", "C"):
        study.finish(name, coder="anna")


def test_a_study_is_suggested_for_measured_and_estimated_from_the_first_minute_on(study: Project) -> None:
    first = study.suggest()
    assert first.coded == 0
    assert any("unmeasured" in note for note in first.notes)
    assert all(one.probability is None for one in first.suggestions)
    code_by_hand(study)
    second = study.suggest()
    assert second.coded == 36
    assert {one.transcript for one in second.suggestions} == {"D"}
    right = sum(
        study.transcript("D").text[one.span.start :].startswith(SAID[one.code]) for one in second.suggestions
    )
    assert right == len(second.suggestions) == 12
    assert second.suggestions[0].evidence.words
    assert second.suggestions[0].evidence.quotes
    ids = [one.id for one in study.suggest().suggestions]
    assert ids == [one.id for one in second.suggestions]

    measured = study.evaluate(who="anna")
    found = study.evaluation()
    assert found is not None
    assert found.to_json() == measured.to_json()
    assert measured.of_code("load") == 1.0
    assert set(study.suggestions()["measured"]) == {1.0}

    keywords = study.suggest(suggester="keywords")
    assert keywords.suggestions
    assert all(one.probability is None for one in keywords.suggestions)
    shown = study.accept_all(0.9, coder="anna")
    assert isinstance(shown, pd.DataFrame)
    assert set(shown["suggester"]) <= {"default"}

    said = study.estimate_unread("Workload", coders="anna")
    assert said.bounds.unread == 12
    with pytest.raises(NotFoundError, match="no code 'Money'"):
        study.estimate_unread("Money")
    with pytest.raises(PluginError, match="no plug-in 'oracle'"):
        study.suggest(suggester="oracle")
    assert study.verify() == ()


def test_a_study_survives_a_plug_in_that_is_gone(study: Project, tmp_path: Path) -> None:
    study._store.db.execute("UPDATE suggestions SET suggester = 'oracle'")
    frame = study.suggestions(hidden=True)
    assert not frame["is_outdated"].any()
    assert frame["measured"].isna().all()
