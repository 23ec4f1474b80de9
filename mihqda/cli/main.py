"""The `mihqda` command: the commands in the order of the work, and one place where errors become messages."""

from __future__ import annotations

import errno
import os
import sys

import click

import mihqda
from mihqda.cli import (
    codebook,
    codings,
    demo,
    evaluate,
    importing,
    keywords,
    report,
    review,
    serve,
    stop,
    study,
    suggest,
    themes,
)  # fmt: skip
from mihqda.errors import MihqdaError


class InFlowOrder(click.Group):
    """A group that lists its commands in the order in which they were added, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(self.commands)


@click.group(
    cls=InFlowOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(mihqda.__version__, prog_name="mihqda")
def cli() -> None:
    """Qualitative data analysis of interview and focus-group transcripts.

    One study is one file, NAME.mihqda. A first study:

    \b
      mihqda demo                                  see the whole flow on an invented study
      mihqda init study.mihqda --codebook mih      make a study
      mihqda import study.mihqda interviews/       read transcripts (.docx .txt .md .vtt .srt)
      mihqda participants study.mihqda --template people.xlsx
      mihqda code study.mihqda --from codings.csv  apply codes
      mihqda suggest study.mihqda                  codes that might fit, with the reasons
      mihqda review study.mihqda --coder anna      accept or reject them, one by one
      mihqda themes study.mihqda --by group        who said what, of how many
      mihqda report study.mihqda --out report      Word, Excel, HTML and CSV

    Every change can be undone with `mihqda undo`. Nothing leaves this machine.
    """


for command in (
    demo.demo, study.init, study.settings, importing.import_, importing.participants, importing.transcripts, importing.show,
    importing.segments, codebook.codebook, serve.serve, codings.code, codings.uncode, codings.codings, suggest.suggest, review.review, review.finish,
    study.undo, study.redo,
    study.history, themes.theme, themes.themes, themes.frequencies, themes.cooccurrence, report.report, study.verify,
):  # fmt: skip
    cli.add_command(command)
for command in (evaluate.evaluate, stop.stop, keywords.keywords):
    suggest.suggest.add_command(command)


def main() -> None:
    """Run the command line and exit: 0 fine, 1 the study has faults, 2 an error, 3 some files failed."""
    for stream in (sys.stdout, sys.stderr):
        # Transcripts hold any script; a Windows console would otherwise stop at the first curly quote.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = cli.main(prog_name="mihqda", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.Abort:
        click.echo("stopped; nothing was changed", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except MihqdaError as error:
        fail(str(error))
    except BrokenPipeError:
        # The reader of a pipe went away (mihqda … | head): not an error, and no more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        what = (
            "the disk is full: make room and try again"
            if error.errno == errno.ENOSPC
            else error.strerror or error
        )
        fail(f"{error.filename}: {what}" if error.filename else str(what))
    except RecursionError:
        fail("the input is nested too deeply")


def fail(message: str) -> None:
    """Print an error and exit with 2."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(2)
