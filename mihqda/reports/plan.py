"""Plan: what a report shows, of whom, in which language; what `report.yaml` and the command line become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from mihqda.errors import InputError
from mihqda.filters import Filter

Language = Literal["en", "nl"]
Attribution = Literal["id", "role", "group"]
Order = Literal["codebook", "name"]

SECTIONS = (
    "findings", "themes", "participants", "sources", "phases", "frequencies", "cooccurrence", "quotes", "several",
    "codebook", "method", "suggestions", "portraits",
)  # fmt: skip
"""What a report can show, in the order in which it is shown by default."""

PRESETS = ("themes",)
"""Plans that have a name: ``themes`` is the one with all defaults."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a report shows.

    Parameters
    ----------
    title
        Stands above it; by default the study's name.
    language
        Of everything that is not the study's own: ``en`` or ``nl``. Codes have their name in it, if they have one.
    by
        The column of the register that makes the groups.
    k
        How many quotes of one person a theme shows where not all are shown.
    attribution
        How a quote names who said it: by ``id`` and role, by ``role`` alone, or by ``group`` alone.
    sections
        Of `SECTIONS`, in the order in which they are to be shown. Without ``quotes`` no file has any.
    order
        Of the themes: ``codebook``, or ``name`` for the alphabet.
    filter
        Which part of the study.

    Raises
    ------
    InputError
        If a value is none of those allowed.
    """

    title: str | None = None
    language: Language = "en"
    by: str = "group"
    k: int = 2
    attribution: Attribution = "id"
    sections: tuple[str, ...] = SECTIONS
    order: Order = "codebook"
    filter: Filter = field(default_factory=Filter)

    def __post_init__(self) -> None:
        if self.k < 1:
            raise InputError(f"a report shows at least 1 quote of a person, got k = {self.k}")
        for name, allowed in (
            ("language", get_args(Language)),
            ("attribution", get_args(Attribution)),
            ("order", get_args(Order)),
        ):
            if getattr(self, name) not in allowed:
                raise InputError(f"{name} is one of {', '.join(allowed)}, got {getattr(self, name)!r}")
        object.__setattr__(self, "sections", tuple(self.sections))
        unknown = [name for name in self.sections if name not in SECTIONS]
        if unknown:
            raise InputError(f"a report has no section {unknown[0]!r}; there are: {', '.join(SECTIONS)}")
        if len(set(self.sections)) < len(self.sections):
            raise InputError(f"a section is named twice: {', '.join(self.sections)}")
        if not self.sections:
            raise InputError(f"a report has at least one section; there are: {', '.join(SECTIONS)}")
