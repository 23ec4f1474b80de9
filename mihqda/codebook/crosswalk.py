"""From one codebook's codes to another's, by their ``maps_`` fields, with what a person has to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mihqda.codebook.model import Code, Codebook


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Where each codable code of one codebook goes in another.

    Parameters
    ----------
    ways
        Code -> codable codes of the other codebook, in that one's order; none, one or several.
    """

    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ways", MappingProxyType(dict(self.ways)))

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """Codes with several ways: to be decided by hand, or one coding would become several."""
        return {code: ways for code, ways in self.ways.items() if len(ways) > 1}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Codes with no way: to be decided by hand, or their codings would be lost."""
        return tuple(code for code, ways in self.ways.items() if not ways)


def cross(source: Codebook, target: Codebook) -> Crosswalk:
    """Return the crosswalk from one codebook to another.

    Both codebooks' fields are read (``maps_2022`` of the one, ``maps_2009`` of the other): a way that only
    one of them names counts. Containers and retired codes are left out on both sides.
    """
    goals = {code.id: targets(code) for code in target if code.codable and not code.retired}
    return Crosswalk({
        code.id: tuple(goal for goal, back in goals.items() if goal in targets(code) or code.id in back)
        for code in source
        if code.codable and not code.retired
    })  # fmt: skip


def targets(code: Code) -> tuple[str, ...]:
    """Return the codes of other codebooks that a code's ``maps_`` fields name; empty if there are none."""
    return tuple(
        str(to)
        for name, value in code.attributes.items()
        if name.startswith("maps_") and isinstance(value, list)
        for to in value
    )
