"""The counts of themes again, slowly and straight from the definitions, character by character.

Nothing here comes from `mihqda.themes`, `mihqda.codings.overlap` or `Snapshot.select`: a filter is applied by its
description as well. A query is a nested tuple: ("code", id), ("or", part, …) or ("and", (part, …), (part, …)), the
last for what `not` drops.
"""

from __future__ import annotations

from math import nan
from typing import Any

from mihqda.filters import Filter
from mihqda.snapshot import Snapshot

Person = tuple[str, ...]
Piece = dict[str, Any]


def write(query: tuple) -> str:
    """Return a query as a researcher would type it."""
    if query[0] == "code":
        return query[1]
    if query[0] == "or":
        return " or ".join(f"({write(part)})" for part in query[1:])
    kept = " AND ".join(f"({write(part)})" for part in query[1])
    return kept + "".join(f" not ({write(part)})" for part in query[2])


class Count:
    def __init__(self, study: Snapshot, chosen: Filter) -> None:
        self.chosen = chosen
        self._own: dict[str, list[Piece]] = {}
        self.codes = _rows(study.codes)
        self.parents = {row["code"]: row["parent"] for row in self.codes}
        self.asked = _rows(study.asked)
        self.transcripts = {
            row["transcript"]: row
            for row in _rows(study.transcripts)
            if not chosen.transcripts or row["transcript"] in chosen.transcripts
        }
        self.texts = study.texts
        self.people = [
            row
            for row in _rows(study.participants)
            if (not chosen.groups or row["group"] in chosen.groups)
            and (not chosen.sites or row["site"] in chosen.sites)
        ]
        ids = {row["participant"] for row in self.people}
        on_people = bool(chosen.groups or chosen.sites)
        self.turns: list[dict[str, Any]] = []
        voices = _rows(study.voices)
        for turn in _rows(study.turns):
            if turn["transcript"] not in self.transcripts:
                continue
            turn["people"], turn["is_heard"] = set(), False
            for voice in voices:
                if (voice["transcript"], voice["turn"]) != (turn["transcript"], turn["turn"]):
                    continue
                if voice["kind"] == "participant" and voice["participant"] in ids:
                    turn["people"].add(("participant", voice["participant"]))
                elif voice["kind"] == "unknown" and not on_people:
                    turn["people"].add(("unknown", voice["transcript"], voice["speaker"]))
                elif voice["kind"] == "interviewer" and chosen.with_interviewer:
                    turn["people"].add(("interviewer", voice["transcript"], voice["speaker"]))
                if voice["kind"] != "interviewer" or chosen.with_interviewer:
                    turn["is_heard"] = True
            self.turns.append(turn)
        self.codings = [
            row
            for row in _rows(study.codings)
            if row["transcript"] in self.transcripts and (not chosen.coders or row["coder"] in chosen.coders)
        ]
        self.named = {
            row["coding"]
            for row in self.codings
            if (not chosen.codes or any(self.is_below(row["code"], code) for code in chosen.codes))
            and (not chosen.valences or (row["valence"] or "none") in chosen.valences)
        }

    # Who speaks, and what a theme is made of

    def is_below(self, code: str, top: str) -> bool:
        while code:
            if code == top:
                return True
            code = self.parents[code]
        return False

    def turns_in(self, transcript: str, start: int, end: int) -> list[dict[str, Any]]:
        text = self.texts[transcript]
        return [
            turn
            for turn in self.turns
            if turn["transcript"] == transcript
            and not turn["is_backchannel"]
            and any(not text[at].isspace() for at in range(max(start, turn["start"]), min(end, turn["end"])))
        ]

    def speakers(self, transcript: str, start: int, end: int) -> set[Person]:
        return set().union(*(turn["people"] for turn in self.turns_in(transcript, start, end)))

    def is_heard(self, transcript: str, start: int, end: int) -> bool:
        return any(turn["is_heard"] for turn in self.turns_in(transcript, start, end))

    def all_pieces(self, query: tuple) -> list[Piece]:
        if query[0] == "code":
            found = [
                _piece(row["transcript"], row["start"], row["end"], {row["coding"]}, {row["valence"]} - {""})
                for row in self.codings
                if self.is_below(row["code"], query[1])
            ]
        elif query[0] == "or":
            found = [piece for part in query[1:] for piece in self.all_pieces(part)]
        else:
            found = self.all_pieces(query[1][0])
            for part in query[1][1:]:
                found = self.both(found, self.all_pieces(part))
            for part in query[2]:
                dropped = self.all_pieces(part)
                found = [
                    piece for piece in found if not any(self.do_overlap(piece, other) for other in dropped)
                ]
        return found

    def do_overlap(self, one: Piece, other: Piece) -> bool:
        start, end = max(one["start"], other["start"]), min(one["end"], other["end"])
        return (
            one["transcript"] == other["transcript"]
            and start < end
            and self.is_heard(one["transcript"], start, end)
        )

    def both(self, ones: list[Piece], others: list[Piece]) -> list[Piece]:
        return [
            _piece(
                one["transcript"], max(one["start"], other["start"]), min(one["end"], other["end"]),
                one["codings"] | other["codings"], one["valences"] | other["valences"],
            )
            for one in ones for other in others if self.do_overlap(one, other)
        ]  # fmt: skip

    def counted(self, pieces: list[Piece]) -> list[Piece]:
        for piece in pieces:
            piece["people"] = self.speakers(piece["transcript"], piece["start"], piece["end"])
        return [piece for piece in pieces if piece["people"] and piece["codings"] & self.named]

    def mentions(self, pieces: list[Piece]) -> list[set[Person]]:
        components = [[piece] for piece in pieces]
        merged = True
        while merged:
            merged = False
            for one in components:
                for other in components:
                    if one is not other and any(self.belong(a, b) for a in one for b in other):
                        one += other
                        components.remove(other)
                        merged = True
                        break
                if merged:
                    break
        return [set().union(*(piece["people"] for piece in component)) for component in components]

    def belong(self, one: Piece, other: Piece) -> bool:
        if one["transcript"] != other["transcript"] or not one["people"] & other["people"]:
            return False
        text = self.texts[one["transcript"]]
        between = range(min(one["end"], other["end"]), max(one["start"], other["start"]))
        return not any(
            turn["start"] <= at < turn["end"] and not text[at].isspace()
            for at in between
            for turn in self.turns
            if turn["transcript"] == one["transcript"] and not turn["is_backchannel"]
        )

    # The tables

    def theme_rows(self, theme: str, query: tuple, by: str) -> list[dict[str, Any]]:
        """Return the rows of a theme, or none if nobody is coded; ``(unassigned)`` is always among them."""
        pieces = self.counted(self.all_pieces(query))
        if not pieces:
            return []
        mentions = self.mentions(pieces)
        names = list(dict.fromkeys(row[by] or "(none)" for row in self.people))
        if "(none)" in names:
            names.remove("(none)")
            names.append("(none)")
        rows = [
            self._group(theme, name, [row["participant"] for row in self.people if (row[by] or "(none)") == name],
                        pieces, mentions)
            for name in names
        ]  # fmt: skip
        everybody = self._group(theme, "(all)", [row["participant"] for row in self.people], pieces, mentions)
        everybody |= self._talk(pieces, mentions, lambda person: True)
        kinds = ["unknown", "interviewer"] if self.chosen.with_interviewer else ["unknown"]
        rest = [
            {
                "theme": theme, "group": "(unassigned)" if kind == "unknown" else "(interviewer)",
                **dict.fromkeys(("participants", "N", "plus", "minus", "mixed", "N_asked")),
                **dict.fromkeys(("rate", "rate_low", "rate_high"), nan),
                **self._talk(pieces, mentions, lambda person, kind=kind: person[0] == kind),
            }
            for kind in kinds
        ]  # fmt: skip
        return [*rows, everybody, *rest]

    def _talk(self, pieces: list[Piece], mentions: list[set[Person]], is_one: Any) -> dict[str, int]:
        heard = [piece for piece in pieces if any(is_one(person) for person in piece["people"])]
        return {
            "mentions": sum(any(is_one(person) for person in mention) for mention in mentions),
            "codings": len(set().union(*(piece["codings"] for piece in heard))),
            "sessions": len({self.transcripts[piece["transcript"]]["session"] for piece in heard}),
        }

    def _group(
        self, theme: str, name: str, ids: list[str], pieces: list[Piece], mentions: list[set[Person]]
    ) -> dict[str, Any]:
        people = {("participant", one) for one in ids}

        def having(valence: str) -> set[Person]:
            return (
                set().union(*(piece["people"] for piece in pieces if valence in piece["valences"])) & people
            )

        def rate(some: set[Person]) -> float:
            words = sum(turn["words"] for turn in self.turns if turn["people"] & some)
            return 1000 * sum(bool(mention & some) for mention in mentions) / words if words else nan

        own = [one for one in (rate({person}) for person in people) if one == one]
        talk = self._talk(pieces, mentions, lambda person: person in people)
        return {
            "theme": theme, "group": name,
            "participants": len(set().union(*(piece["people"] for piece in pieces)) & people), "N": len(people),
            "plus": len(having("+")), "minus": len(having("-")),
            "mixed": len((having("+") & having("-")) | having("mixed")),
            **talk, "rate": rate(people), "rate_low": min(own, default=nan), "rate_high": max(own, default=nan),
            "N_asked": self._asked(theme, ids),
        }  # fmt: skip

    def _asked(self, theme: str, ids: list[str]) -> int | None:
        rows = [
            row for row in self.asked
            if row["topic"] == theme or (theme in self.parents and self.is_below(theme, row["topic"]))
        ]  # fmt: skip
        if not rows:
            return None
        asked = {row["participant"] for row in rows}
        for row in rows:
            for turn in self.turns:
                if row["session"] and self.transcripts[turn["transcript"]]["session"] == row["session"]:
                    asked |= {person[1] for person in turn["people"] if person[0] == "participant"}
        return len(asked & set(ids))

    def phase_rows(self, theme: str, query: tuple) -> list[tuple[str, str, int, int, int]]:
        rows = []
        pieces = self.counted(self.all_pieces(query))
        for phase in [row["code"] for row in self.codes if row["kind"] == "phase"]:
            shared = self.both(pieces, self.all_pieces(("code", phase)))
            for piece in shared:
                piece["people"] = self.speakers(piece["transcript"], piece["start"], piece["end"])
            shared = [piece for piece in shared if piece["people"]]
            people = {person for piece in shared for person in piece["people"] if person[0] == "participant"}
            rows.append((theme, phase, len(people), len(self.people), len(self.mentions(shared))))
        return rows if any(row[-1] for row in rows) else []

    def own_codings(self, code: str) -> list[Piece]:
        if code not in self._own:
            self._own[code] = self._own_codings(code)
        return self._own[code]

    def _own_codings(self, code: str) -> list[Piece]:
        mine = {row["coding"] for row in self.codings if row["code"] == code}
        return [piece for piece in self.counted(self.all_pieces(("code", code))) if piece["codings"] <= mine]

    def together(self, code: str, other: str) -> tuple[int, int, int] | None:
        """Return segments, participants and sessions of two codes, by overlap."""
        count, people, sessions = 0, set(), set()
        for transcript, text in self.texts.items():
            covered = [
                {at for piece in self.own_codings(one) if piece["transcript"] == transcript
                 for at in range(piece["start"], piece["end"])}
                for one in (code, other)
            ]  # fmt: skip
            shared = covered[0] & covered[1]
            for start in sorted(at for at in shared if at - 1 not in shared):
                end = next(at for at in range(start, len(text) + 1) if at not in shared)
                speakers = self.speakers(transcript, start, end)
                if speakers:
                    count += 1
                    people |= {person for person in speakers if person[0] == "participant"}
                    sessions.add(self.transcripts[transcript]["session"])
        return (count, len(people), len(sessions)) if count else None

    def in_same(
        self, code: str, other: str, units: dict[str, list[tuple[int, int]]]
    ) -> tuple[int, int, int] | None:
        """Return segments, participants and sessions of two codes, by unit."""
        count, people, sessions = 0, set(), set()
        for transcript in self.transcripts:
            for start, end in units[transcript]:
                speakers = [
                    set().union(*(
                        self.speakers(transcript, max(start, piece["start"]), min(end, piece["end"]))
                        for piece in self.own_codings(one)
                        if piece["transcript"] == transcript
                    ))
                    for one in (code, other)
                ]  # fmt: skip
                if all(speakers):
                    count += 1
                    people |= {person for person in speakers[0] & speakers[1] if person[0] == "participant"}
                    sessions.add(self.transcripts[transcript]["session"])
        return (count, len(people), len(sessions)) if count else None


def _piece(transcript: str, start: int, end: int, codings: set[str], valences: set[str]) -> Piece:
    return {
        "transcript": transcript, "start": start, "end": end, "codings": frozenset(codings),
        "valences": frozenset(valences), "people": set(),
    }  # fmt: skip


def _rows(frame: Any) -> list[dict[str, Any]]:
    return frame.to_dict("records")
