"""Who said it, as it stands behind a quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mihqda.reports.plan import Attribution
from mihqda.reports.prose import unique
from mihqda.reports.wording import Wording
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import NONE
from mihqda.themes.people import Person


class Attributions:
    """Says who said a quote: by id and role, by role alone, or by group alone.

    ==============  ======================================  ==========================
    session         id                                      role
    ==============  ======================================  ==========================
    interview       (P07, project lead)                     (project lead)
    focus group     (FG1, IM2)                              (FG1, account manager)
    focus group     (FG1, speaker not identified)           the same
    joint           (PL3/PL4)                               (project lead/project lead)
    ==============  ======================================  ==========================
    """

    def __init__(self, snapshot: Snapshot, words: Wording, *, by: str, level: Attribution) -> None:
        register = snapshot.participants
        ids = list(register["participant"])
        self._words = words
        self._level = level
        self._role: Mapping[str, str] = dict(zip(ids, register["role"], strict=True))
        values = [str(value) if str(value).strip() else NONE for value in register[by]]
        self.group: Mapping[str, str] = dict(zip(ids, values, strict=True))

    @property
    def is_by_id(self) -> bool:
        """Whether ids, and with them transcripts and times, may stand beside a quote."""
        return self._level == "id"

    def name(self, person: str) -> str:
        """Return how a participant is called: the id, the role or the group."""
        if self._level == "id":
            return person
        known = self._role.get(person, "") if self._level == "role" else self.group.get(person, NONE)
        return known if known and known != NONE else self._words.say("a_participant")

    def voice(self, kind: str, person: str) -> str:
        """Return how somebody who speaks is called."""
        if kind == "participant":
            return self.name(person)
        return self._words.say("interviewer" if kind == "interviewer" else "speaker_not_identified")

    def of(self, people: Sequence[Person], *, kind: str, session: str) -> str:
        """Return what stands behind a quote.

        Parameters
        ----------
        people
            Who speaks in it.
        kind, session
            Of the session: the id of a focus group goes before the names.
        """
        known = [person.name for person in people if person.kind == "participant"]
        others = unique([self.voice(person.kind, "") for person in people if person.kind != "participant"])
        names = "/".join([*map(self.name, known), *others]) or self._words.say("speaker_not_identified")
        if kind == "focus group" or (self.is_by_id and not known):
            return f"({session}, {names})"
        role = self._role.get(known[0], "") if self.is_by_id and len(known) == 1 and not others else ""
        return f"({names}, {role})" if role else f"({names})"
