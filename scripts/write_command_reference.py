"""Write docs/commands.md from the commands' own help.

python scripts/write_command_reference.py
"""

from __future__ import annotations

from pathlib import Path

import click

from mihqda.cli.main import cli

TARGET = Path(__file__).parent.parent / "docs" / "commands.md"


def render(command: click.Command, path: str, level: int) -> str:
    """Return the help of a command, and of those below it, as Markdown."""
    context = click.Context(command, info_name=path, terminal_width=96, max_content_width=96)
    parts = [f"{'#' * level} `{path}`\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        parts += [render(one, f"{path} {name}", level + 1) for name, one in command.commands.items()]
    return "\n".join(parts)


def reference() -> str:
    """Return the whole document."""
    head = "# Commands\n\nIn the order of the work; the same text as `mihqda COMMAND --help`.\n\n"
    return head + "\n".join(render(one, f"mihqda {name}", 2) for name, one in cli.commands.items())


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
