"""A plug-in is tested by being registered."""

import subprocess
import sys
from pathlib import Path

import pytest

from mihqda import registry
from mihqda.errors import PluginError

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", registry.names("mihqda.readers"))
def test_every_registered_reader_keeps_its_contract(name: str) -> None:
    reader = registry.load("mihqda.readers", name)
    assert reader.name == name
    assert reader.suffixes
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)


def test_no_two_readers_claim_one_suffix() -> None:
    claimed = [
        s for name in registry.names("mihqda.readers") for s in registry.load("mihqda.readers", name).suffixes
    ]
    assert len(claimed) == len(set(claimed))


@pytest.mark.parametrize("name", registry.names("mihqda.reports"))
def test_every_registered_report_format_keeps_its_contract(name: str) -> None:
    writer = registry.load("mihqda.reports", name)
    assert writer.name == name
    assert callable(writer.write)


def test_an_unknown_plugin_names_the_known_ones() -> None:
    with pytest.raises(PluginError, match="docx"):
        registry.load("mihqda.readers", "telepathy")


def test_the_demo_runs_from_an_installed_wheel_outside_the_clone(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, ROOT],
        check=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("mihqda-*.whl")
    site = tmp_path / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", site, wheel], check=True, timeout=300)
    run = subprocess.run(
        [sys.executable, "-m", "mihqda", "demo", "out"],
        cwd=tmp_path, env={"PYTHONPATH": str(site), "PATH": ""}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    where = subprocess.run(
        [sys.executable, "-c", "import mihqda; print(mihqda.__file__)"],
        cwd=tmp_path, env={"PYTHONPATH": str(site), "PATH": ""}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(site) in where.stdout
    assert (tmp_path / "out" / "report").is_dir()
