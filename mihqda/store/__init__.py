"""The study file: one SQLite database, written only through `mihqda.project`."""

from mihqda.store.database import Store

__all__ = ["Store"]
