"""A group of commands of which one goes without its name."""

from __future__ import annotations

from typing import Any

import click


class DefaultGroup(click.Group):
    """A group that gives arguments which do not begin with a command's name to one of its commands.

    ``mihqda suggest study.mihqda`` is ``mihqda suggest run study.mihqda``; ``mihqda suggest evaluate STUDY`` is the
    command *evaluate*. For a study that is called like a command, write the default out: ``mihqda suggest run
    evaluate``.

    Parameters
    ----------
    default
        The name of the command that may be left out.
    """

    def __init__(self, *arguments: Any, default: str, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default's name in front where no command is named."""
        own = ctx.help_option_names
        if args and args[0] not in self.commands and args[0] not in own:
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Say both ways to call it."""
        return ["[OPTIONS] STUDY", "|", "COMMAND ..."]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of the default, then the commands."""
        self.commands[self.default].format_options(ctx, formatter)
        self.format_commands(ctx, formatter)
