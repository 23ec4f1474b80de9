"""The documents keep up with the commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mihqda.cli.main import cli

ROOT = Path(__file__).parent.parent


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(cli))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_an_example_of_itself_in_its_help(path: tuple[str, ...]) -> None:
    text = ALL[path].help or ""
    assert "Example" in text, "no Examples: section"
    assert f"mihqda {' '.join(path)}" in text


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_option_is_documented(path: tuple[str, ...]) -> None:
    command = ALL[path]
    assert command.get_short_help_str()
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{option.name} has no help"


@pytest.mark.parametrize("name", sorted({path[0] for path in ALL}))
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", (ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted({path[0] for path in ALL}))
def test_the_command_reference_names_every_command(name: str) -> None:
    assert f"## `mihqda {name}`" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_readme_marks_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "mihqda demo" in text
    assert text.count("<!-- tests:start -->") == text.count("<!-- tests:end -->") == 1


def test_the_changelog_has_an_unreleased_section() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_counting_page_holds_the_rules_as_the_code_has_them() -> None:
    from mihqda.themes.rules import RULES

    page = (ROOT / "docs" / "counting.md").read_text(encoding="utf-8")
    missing = [name for name, sentence in RULES.items() if sentence not in page]
    assert not missing, "run: python scripts/write_counting_rules.py"
