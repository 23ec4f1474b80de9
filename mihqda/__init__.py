"""Qualitative data analysis of interview and focus-group transcripts.

The research method is the architecture; each stage is a package of its own:

1. ``mihqda.transcripts``  a file becomes a Transcript: turns, speakers, times
2. ``mihqda.segments``     a Transcript becomes Segments: turns, exchanges, paragraphs, sentences, windows
3. ``mihqda.codings``      Segments and a Codebook become Codings: a code on a span, by a coder
4. ``mihqda.themes``       a Snapshot of the study becomes themes: who said what, of how many
5. ``mihqda.reports``      a Snapshot becomes tables, figures and documents

``Project`` ties them to one study file::

    from mihqda import Project

    study = Project.create("study.mihqda", codebooks=["mih"])
    study.import_transcripts(["interviews/"], participants="people.csv")
    study.themes(by="group")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mihqda.codebook import Code, Codebook
    from mihqda.codings import Coding
    from mihqda.errors import MihqdaError
    from mihqda.filters import Filter
    from mihqda.project import Project
    from mihqda.snapshot import Snapshot
    from mihqda.spans import Span
    from mihqda.transcripts import Transcript, Turn

__version__ = "0.1.0"

_HOMES = {
    "Code": "mihqda.codebook",
    "Codebook": "mihqda.codebook",
    "Coding": "mihqda.codings",
    "Filter": "mihqda.filters",
    "MihqdaError": "mihqda.errors",
    "Project": "mihqda.project",
    "Snapshot": "mihqda.snapshot",
    "Span": "mihqda.spans",
    "Transcript": "mihqda.transcripts",
    "Turn": "mihqda.transcripts",
}

__all__ = [
    "Code",
    "Codebook",
    "Coding",
    "Filter",
    "MihqdaError",
    "Project",
    "Snapshot",
    "Span",
    "Transcript",
    "Turn",
    "__version__",
]


def __getattr__(name: str) -> Any:
    # The public names load on first use, so that `import mihqda` stays light.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'mihqda' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
