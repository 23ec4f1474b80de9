import re
from pathlib import Path

import mihqda
from mihqda.codebook.model import CODE_FIELDS, HEAD_FIELDS
from mihqda.codebook.yaml import read_yaml

PAGE = (Path(mihqda.__file__).parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_codebooks_on_the_page_are_valid():
    small, full = (read_yaml(text, source="own.yaml") for text in blocks("yaml"))
    assert small["time.evenings"].parent == "time"
    assert full["own.time"].keywords_in("nl") == ("geen tijd", "uur per week", "avond*")
    assert full["own.time"].attributes["decided_on"] == "2026-01-31"


def test_programs_on_the_page_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for program in blocks("python"):
        exec(program, {})


def test_every_field_is_on_the_page():
    for field in CODE_FIELDS + HEAD_FIELDS:
        assert f"`{field}`" in PAGE, field
