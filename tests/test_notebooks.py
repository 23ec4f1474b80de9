"""The notebooks run, in a kernel of their own, and their outputs are what one may publish."""

from __future__ import annotations

import warnings
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_without_an_error_or_a_warning(path: Path) -> None:
    with warnings.catch_warnings():
        # Of the kernel's own libraries, which choose an event loop and warn of what they will change.
        warnings.simplefilter("ignore")
        from nbclient import NotebookClient

        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        NotebookClient(notebook, timeout=300, kernel_name="python3", record_timing=False).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [
        output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"
    ]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_with_its_outputs_and_without_traces_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), (
        "run scripts/run_notebooks.py"
    )
    assert any(cell.outputs for cell in code)
    assert path.stat().st_size < 1_500_000
    folders = [f"/{name}/" for name in ("home", "root", "tmp", "Users")]
    for trace in (*folders, "C:\\\\", "site-packages", "0x7f", "Traceback"):
        assert trace not in text, trace


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_worth_reading(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert len(prose.split()) > 400
    for target in [part.split(")")[0] for part in prose.split("](")[1:]]:
        assert "://" in target or (path.parent / target).exists(), target
