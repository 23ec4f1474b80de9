"""What the architecture promises beyond the import contract, which `lint-imports` checks."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {
    "sklearn",
    "fastapi",
    "uvicorn",
    "jinja2",
    "spacy",
    "matplotlib",
    "docx",
    "pandas",
    "openpyxl",
    "lxml",
    "rich",
}


def modules_after(code: str) -> set[str]:
    out = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return {name.partition(".")[0] for name in out.stdout.splitlines()[-1].split()}


def test_import_mihqda_is_light() -> None:
    assert not modules_after("import mihqda") & HEAVY


def test_help_loads_nothing_heavy() -> None:
    code = (
        "from mihqda.cli.main import cli\n"
        "try: cli.main(['--help'], standalone_mode=False)\n"
        "except SystemExit: pass"
    )
    assert not modules_after(code) & (HEAVY - {"rich"})


def test_project_loads_neither_models_nor_drawing_nor_documents() -> None:
    assert not modules_after("from mihqda import Project; import mihqda.themes.table") & {
        "sklearn", "fastapi", "uvicorn", "jinja2", "spacy", "matplotlib", "docx",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(__import__("mihqda").__all__))
def test_every_public_name_exists_and_is_documented(name: str) -> None:
    import mihqda

    thing = getattr(mihqda, name)
    assert name == "__version__" or thing.__doc__


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import mihqda

    with pytest.raises(AttributeError, match="no attribute 'Projekt'"):
        _ = mihqda.Projekt  # type: ignore[attr-defined]


def test_the_version_is_the_packages() -> None:
    import mihqda

    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == mihqda.__version__


def test_the_tests_mirror_the_source_tree() -> None:
    # A folder of tests is named after the package that it tests.
    packages = {path.parent.name for path in (ROOT / "mihqda").glob("*/__init__.py")}
    folders = {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and list(path.glob("test_*.py"))
    }
    assert folders <= packages
    assert packages <= folders
