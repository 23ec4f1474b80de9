"""Project: the thin façade that command line, web and notebooks share; one module per stage."""

from mihqda.project.project import Project

__all__ = ["Project"]
