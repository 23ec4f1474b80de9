"""The command line: a thin layer over `mihqda.project`, one module per stage of the flow."""

from mihqda.cli.main import main

__all__ = ["main"]
