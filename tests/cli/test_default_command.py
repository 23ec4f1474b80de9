import click
import pytest
from click.testing import CliRunner

from mihqda.cli.default_command import DefaultGroup


@click.group(cls=DefaultGroup, default="run")
def group() -> None:
    """Do it."""


@group.command()
@click.argument("study")
@click.option("--often", type=int, default=1, help="How often.")
def run(study: str, often: int) -> None:
    """Run."""
    click.echo(f"run {study} {often}")


@group.command()
@click.argument("study")
def evaluate(study: str) -> None:
    """Evaluate."""
    click.echo(f"evaluate {study}")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["s.mihqda"], "run s.mihqda 1"),
        (["s.mihqda", "--often", "3"], "run s.mihqda 3"),
        (["--often", "3", "s.mihqda"], "run s.mihqda 3"),
        (["evaluate", "s.mihqda"], "evaluate s.mihqda"),
        (["run", "evaluate"], "run evaluate 1"),
        (["evaluate.mihqda"], "run evaluate.mihqda 1"),
        (["./evaluate"], "run ./evaluate 1"),
    ],
)
def test_what_is_no_command_is_a_study(arguments: list[str], says: str) -> None:
    done = CliRunner().invoke(group, arguments)
    assert (done.exit_code, done.output.strip()) == (0, says)


def test_help_shows_the_options_of_the_default_and_the_commands() -> None:
    said = CliRunner().invoke(group, ["--help"]).output
    assert "--often" in said
    assert "evaluate" in said
    assert "[OPTIONS] STUDY | COMMAND" in said


def test_a_wrong_option_is_explained_by_the_default() -> None:
    done = CliRunner().invoke(group, ["s.mihqda", "--oftem", "3"])
    assert done.exit_code == 2
    assert "--often" in done.output
