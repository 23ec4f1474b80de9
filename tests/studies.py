"""Small studies for tests, in a notation that can be read.

A talk is written as a transcript with its codings marked in it::

    Interviewer: Why did it stall?

    P1: <role - @ben>Nobody knew who did what.</role> Honestly.

`<CODE [+|-|±|0] [@coder]>` opens a coding (the coder is ann if not named), `</CODE>` or `</CODE @coder>`
closes the one opened last; marks may cross each other and the ends of turns. The marks are taken out, the
rest is the transcript's text. A line `Label: speech` begins a turn, `A & B: speech` a shared one, `: speech`
one without a label; any other line continues the turn, except that lines beginning with `#` belong to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import dedent

import pandas as pd

from mihqda.codings.frame import to_frame
from mihqda.codings.model import Coding, parse_valence
from mihqda.snapshot import COLUMNS, Snapshot
from mihqda.spans import Span
from mihqda.transcripts.speech import count_words, is_backchannel

INTERVIEWERS = ("Interviewer", "Moderator")

_MARK = re.compile(r"<(/?)([^<>\s]+)((?:\s+[^<>\s]+)*)>")
_LABEL = re.compile(r"^([^:#\n]{0,24}):[ ]?(?=\S)")


def make_study(
    talks: Mapping[str, str],
    *,
    people: str = "",
    codes: str = "",
    attributes: Mapping[str, Mapping[str, str]] | None = None,
    sessions: Mapping[str, tuple[str, Sequence[str]]] | None = None,
    themes: Mapping[str, str] | None = None,
    asked: Iterable[tuple[str, str, str]] = (),
    mapped: Mapping[tuple[str, str], str] | None = None,
    ignored: Sequence[str] = (),
    interviewers: Sequence[str] = INTERVIEWERS,
    codings: Iterable[Coding] = (),
    study: str = "test",
) -> Snapshot:
    """Return a Snapshot of a small study.

    Parameters
    ----------
    talks
        Transcript id -> talk in the notation above.
    people
        Lines (or parts between semicolons) `group: id id …`; a line `: id id` has no group.
    codes
        An indented tree, a code a line: `id[!] [kind]`; `!` makes a container, the kind is `theme` if not
        given. Empty: the codes that occur, without parents.
    attributes
        Participant -> role, site and any other column of the register.
    sessions
        Session -> (kind, transcripts); by default each transcript is an interview of its own, `S-ID`.
    themes
        Theme -> query.
    asked
        Rows (topic, participant, session).
    mapped
        (transcript, label) -> participant, beside the labels that equal an id.
    ignored, interviewers
        Labels.
    codings
        More codings, by position.
    """
    texts: dict[str, str] = {}
    marked: list[Coding] = []
    for transcript, talk in talks.items():
        texts[transcript], found = _unmark(transcript, dedent(talk).strip() + "\n", len(marked))
        marked += found
    everything = [*marked, *codings]
    sessions = sessions or {f"S-{one}": ("interview", (one,)) for one in talks}
    session_of = {one: session for session, (_, held) in sessions.items() for one in held}
    register = _register(people, attributes or {})
    known = {str(one).casefold(): str(one) for one in register["participant"]}
    turns: list[tuple[object, ...]] = []
    voices: list[tuple[object, ...]] = []
    for transcript, text in texts.items():
        for number, (start, end, labels) in enumerate(_turns(text)):
            said = text[start:end]
            turns.append((
                transcript, number, start, end, number * 10.0, number * 10.0 + 9, "en", count_words(said),
                is_backchannel(said),
            ))  # fmt: skip
            for label in labels:
                person = (mapped or {}).get((transcript, label), known.get(label.casefold(), ""))
                if label in ignored:
                    kind, person = "ignored", ""
                elif label in interviewers:
                    kind, person = "interviewer", ""
                else:
                    kind = "participant" if person else "unknown"
                voices.append((transcript, number, label, kind, person))
    return Snapshot(
        participants=register,
        sessions=_frame("sessions", [(one, kind, "", "", "", "") for one, (kind, _) in sessions.items()]),
        transcripts=_frame("transcripts", [
            (one, session_of.get(one, ""), f"{one}.txt", "", 1, "en", "txt", "utf-8", len(text))
            for one, text in texts.items()
        ]),
        turns=_frame("turns", turns).astype({
            "turn": "int64", "start": "int64", "end": "int64", "starts_at": "float64", "ends_at": "float64",
            "words": "int64", "is_backchannel": "bool",
        }),
        voices=_frame("voices", voices).astype({"turn": "int64"}),
        codes=_codes(codes, everything),
        codings=to_frame(everything),
        themes=_frame("themes", [(one, one, "", query, "") for one, query in (themes or {}).items()]),
        asked=_frame("asked", list(asked)),
        texts=texts,
        study=study,
        as_of="2026-01-31T14:05:00Z",
        versions={"mihqda": "0"},
    )  # fmt: skip


_SMALL_TALKS = {
    "I1": """
        # Interview 1

        Interviewer: What was it like when you started?

        P1: <phase.onboarding>Well, <role - @ann>nobody told us who was in charge.
        <role.lead - @ben>I thought the project lead was.</role></role.lead></phase.onboarding>
        We laughed about it 🙂 afterwards.

        Interviewer: And the work itself?

        P1: <load - @ann><load - @ben>I had no time, none.</load> Evenings, weekends.</load>

        Interviewer: Mm-hm.

        P1: <load - @ann>And it all came on top of my own clients.</load>
    """,
    "I2": """
        Interviewer: Who decided?

        C2: <phase.onboarding><role + @ann>Our manager wrote it down, so the roles were clear.</role>
        </phase.onboarding>

        Interviewer: <load @ann>Was there time?</load>

        C2: <phase.training @ann><load + @ann>Enough, for once. The café meeting replaced
        a training day.</load></phase.training>
    """,
    "F1": """
        Moderator: Let us talk about roles.

        P2: <role - @ann>Every week somebody else answered the phone.</role>

        P1: Ja, precies.

        P3: <role + @ann>For me it was clear from the start.</role>
        <motivation + @ann>And we wanted it,

        Speaker 3: we all wanted it,</motivation>

        P2: <load - @ann>but the hours were never there.</load>

        Speaker 3: <role - @ann>I never knew whom to call 🙂.</role>

        P1: <motivation + @ann>Still, I liked it.</motivation>
    """,
    "J1": """
        Interviewer: How did the two of you share the work?

        C3 & C4: <role + @ann>We did everything together.</role>

        C3: <load - @ann>It was a lot.

        C4: A lot, yes, it was.</load>

        C1: I only came in to bring the coffee.
    """,
}


def small_study() -> Snapshot:
    """Return a study of 7 + 11 people: two interviews, a focus group, a joint interview, coders ann and ben.

    P1 speaks in an interview and in the focus group; C3 and C4 share a turn; "Speaker 3" of the focus
    group is unknown; P1's interview was coded by both coders; C1 is heard but never coded.
    """
    return make_study(
        _SMALL_TALKS,
        people="""
            provider: P1 P2 P3 P4 P5 P6 P7
            client: C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11
        """,
        attributes={
            **{f"P{i}": {"role": "implementation manager"} for i in range(1, 5)},
            **{f"P{i}": {"role": "account manager"} for i in range(5, 8)},
            **{f"C{i}": {"role": "project lead", "site": "North"} for i in range(1, 6)},
            **{f"C{i}": {"role": "project lead", "site": "South"} for i in range(6, 12)},
        },
        codes="""
            phases! domain
              phase.onboarding phase
              phase.training phase
            themes! domain
              role
                role.lead subtheme
              load
              motivation
            other
        """,
        sessions={
            "S1": ("interview", ("I1",)), "S2": ("interview", ("I2",)), "S3": ("focus group", ("F1",)),
            "S4": ("joint interview", ("J1",)),
        },
        themes={"start": "phase.onboarding and role", "strain": "load or role not motivation"},
        asked=[
            ("role", "", "S3"), ("role", "P1", ""), ("load", "P1", ""), ("load", "C2", ""),
            ("load", "", "S4"),
        ],
        study="small",
    )  # fmt: skip


def _unmark(transcript: str, talk: str, counted: int) -> tuple[str, list[Coding]]:
    parts: list[str] = []
    opened: list[tuple[str, str, str, int, int]] = []
    codings: list[tuple[int, Coding]] = []
    position = last = number = 0
    for mark in _MARK.finditer(talk):
        parts.append(talk[last : mark.start()])
        position += len(parts[-1])
        last = mark.end()
        closes, code, rest = mark.groups()
        words = rest.split()
        coder = next((word[1:] for word in words if word.startswith("@")), "")
        if not closes:
            number += 1
            valence = next((word for word in words if not word.startswith("@")), "")
            opened.append((code, coder or "ann", valence, position, number))
            continue
        at = max((i for i, one in enumerate(opened) if one[0] == code and coder in ("", one[1])), default=-1)
        assert at >= 0, f"{transcript}: {mark[0]} closes nothing"
        code, coder, valence, start, which = opened.pop(at)
        name = f"c{counted + which}"
        codings.append((which, Coding(
            name, transcript, Span(start, position), code, coder, parse_valence(valence), "",
            "2026-01-31T14:05:00Z", "import",
        )))  # fmt: skip
    assert not opened, f"{transcript}: not closed: {opened}"
    return "".join(parts) + talk[last:], [coding for _, coding in sorted(codings, key=lambda pair: pair[0])]


def _turns(text: str) -> list[tuple[int, int, list[str]]]:
    out: list[tuple[int, int, list[str]]] = []
    position, is_open = 0, False
    for line in text.splitlines(keepends=True):
        label = _LABEL.match(line)
        end = position + len(line.rstrip())
        if line.startswith("#"):
            is_open = False
        elif label:
            out.append((position + label.end(), end, label[1].split(" & ")))
            is_open = True
        elif is_open and line.strip():
            out[-1] = (out[-1][0], end, out[-1][2])
        position += len(line)
    return out


def _register(people: str, attributes: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    named = dict.fromkeys(name for row in attributes.values() for name in row)
    more = [name for name in named if name not in ("role", "site")]
    rows = []
    for line in re.split(r"[;\n]", people):
        group, _, ids = line.partition(":")
        for one in ids.split():
            known = attributes.get(one, {})
            rows.append((one, group.strip(), *(known.get(name, "") for name in ("role", "site", *more))))
    return pd.DataFrame(rows, columns=["participant", "group", "role", "site", *more], dtype="str")


def _codes(tree: str, codings: Iterable[Coding]) -> pd.DataFrame:
    if not tree.strip():
        tree = "\n".join(dict.fromkeys(coding.code for coding in codings))
    rows = []
    above: list[tuple[int, str]] = []
    for position, line in enumerate(dedent(tree.strip("\n")).splitlines()):
        depth, words = len(line) - len(line.lstrip()), line.split()
        code, kind = words[0].removesuffix("!"), words[1] if len(words) > 1 else "theme"
        above = [one for one in above if one[0] < depth]
        parent = above[-1][1] if above else ""
        above.append((depth, code))
        rows.append((
            code, "test", code.capitalize(), kind, parent, position, not words[0].endswith("!"), False, True,
            "", "", "", "", "", "1", "",
        ))  # fmt: skip
    return _frame("codes", rows).astype(
        {"position": "int64", "codable": "bool", "retired": "bool", "valence_applicable": "bool"}
    )


def _frame(name: str, rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    columns = list(COLUMNS[name])
    frame = pd.DataFrame([list(row) for row in rows], columns=columns)
    return frame if rows else frame.astype("str")
