"""Draw the pictures of docs/figures.md from the example study: `python scripts/draw_figures.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from mihqda import Filter, Project
from mihqda.reports.figures import (
    draw_cooccurrence,
    draw_dots,
    draw_frequencies,
    draw_heat,
    draw_portrait,
    draw_valence,
    save_figure,
    with_names,
)
from mihqda.shipped import shipped

IMAGES = Path(__file__).parent.parent / "docs" / "images"


def example_study(folder: str | Path) -> Project:
    sample = shipped("data", "sample_transcripts")
    study = Project.create(Path(folder) / "example.mihqda", codebooks=["mih", "cfir2022"])
    study.import_transcripts(
        [sample / "transcripts"],
        participants=sample / "participants.csv",
        sessions=sample / "sessions.csv",
        asked=sample / "asked.csv",
    )
    study.code_from(sample / "codings.csv")
    return study


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, example_study(folder) as study:
        snapshot = study.snapshot()
        table, codes = study.themes(), study.frequencies()
        themes = with_names(table[table["theme"].str.startswith("mih.theme.")], snapshot)
        phases = with_names(table[table["theme"].str.match(r"mih\.(phase|appraisal)")], snapshot)
        coded = with_names(codes[codes["code"].str.startswith("mih.theme.")], snapshot)
        pairs = with_names(study.cooccurrence(), snapshot)
        talk = study.portrait("FG1", chosen=Filter(codes=("mih.phase", "mih.theme")))
        drawings = {
            "dots": draw_dots(themes),
            "valence": draw_valence(themes),
            "heat": draw_heat(phases),
            "frequencies": draw_frequencies(coded),
            "cooccurrence": draw_cooccurrence(pairs, most=15),
            "portrait": draw_portrait(talk),
        }
    for name, drawing in drawings.items():
        path = save_figure(drawing, IMAGES / f"{name}.png", dpi=130)
        with Image.open(path) as image:
            small = image.convert("RGB").quantize(64, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
        print(f"{path.name}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
