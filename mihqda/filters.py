"""Filter: the one selection that the command line, the web app and Python share."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What to look at. An empty tuple selects everything; several values of one field are alternatives.

    Filters on people (groups, roles, sites, participants) narrow the group sizes N as well; the others
    narrow the codings and, for transcripts, sessions and kinds, the words, but never N.

    Parameters
    ----------
    groups, roles, sites, participants
        Which people.
    sessions, kinds, transcripts
        Which talk; kinds are interview, joint interview, focus group.
    coders
        Whose layers; several are united.
    codes
        Which codes, each with its descendants.
    valences
        ``+``, ``-``, ``mixed``, ``neutral``, or ``none`` for codings without one.
    with_interviewer
        Count the interviewer's turns as data.
    """

    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    valences: tuple[str, ...] = ()
    with_interviewer: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "with_interviewer":
                continue
            if isinstance(value, str):
                value = (value,)
            object.__setattr__(self, field.name, tuple(dict.fromkeys(value)))

    @property
    def is_on_people(self) -> bool:
        """Whether the filter narrows the register."""
        return bool(self.groups or self.roles or self.sites or self.participants)

    def describe(self) -> dict[str, str]:
        """Return the fields that are set, name -> values in words; empty if nothing is filtered."""
        out = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                out[field.name] = "yes" if value is True else ", ".join(value)
        return out
