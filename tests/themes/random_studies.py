"""Random small studies that try the rules of counting: shared turns, backchannels, strangers, crossing spans."""

from __future__ import annotations

from hypothesis import strategies as st
from studies import make_study

from mihqda.codings.model import VALENCES, Coding
from mihqda.filters import Filter
from mihqda.snapshot import Snapshot
from mihqda.spans import Span

CODES = """
    area! domain
      a
        a.one
        a.two
      b
    phases! domain
      p1 phase
        p1.sub
      p2 phase
    lone
"""
CODABLE = ("a", "a.one", "a.two", "b", "p1", "p1.sub", "p2", "lone")
EVERY_CODE = ("area", "phases", *CODABLE)
LABELS = (
    "P1", "P2", "P4", "P1 & P2", "P2 & P4", "P6", "Interviewer", "Speaker 3", "", "P1 & Speaker 3",
    "P4 & Interviewer", "Noise",
)  # fmt: skip
SPEECH = (
    "Nobody knew.", "Hm.", "Ja, precies.", "No time 🙂 at all, none.", "Cafe\u0301, na\u00efve.", "Yes.",
    "We tried.\n\nAnd again.", "It was clear from the start.",
)  # fmt: skip
PEOPLE = "g1: P1 P2 P3; g2: P4 P5; : P6"
SITES = {"P1": {"site": "North"}, "P2": {"site": "South"}, "P4": {"site": "North"}, "P5": {"site": "South"}}


@st.composite
def studies(draw: st.DrawFn) -> Snapshot:
    """Return one to three transcripts with codings that begin and end anywhere, most of them at words."""
    talks, codings = {}, []
    for number in range(draw(st.integers(1, 3))):
        turns = draw(
            st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(SPEECH)), min_size=1, max_size=7)
        )
        talks[f"T{number}"] = "\n\n".join(f"{label}: {speech}" for label, speech in turns)
    for name, text in talks.items():
        edges = [
            0,
            *(at for at in range(1, len(text)) if text[at].isspace() != text[at - 1].isspace()),
            len(text),
        ]
        edge = st.sampled_from(edges) | st.integers(0, len(text))
        for _ in range(draw(st.integers(0, 9))):
            start, end = sorted((draw(edge), draw(edge)))
            if start < end:
                codings.append(Coding(
                    f"c{len(codings)}", name, Span(start, end), draw(st.sampled_from(CODABLE)),
                    draw(st.sampled_from(("ann", "ben"))), draw(st.none() | st.sampled_from(VALENCES)),
                ))  # fmt: skip
    sessions = {"S0": ("focus group", tuple(talks)[:2]), "S2": ("interview", tuple(talks)[2:])}
    topics = st.sampled_from((*EVERY_CODE, "mine", "elsewhere"))
    whom = st.sampled_from((("P1", ""), ("P3", ""), ("P4", ""), ("", "S0"), ("", "S2")))
    asked = draw(st.lists(st.tuples(topics, whom), max_size=3))
    return make_study(
        talks, people=PEOPLE, codes=CODES, attributes=SITES, sessions=sessions, ignored=("Noise",),
        codings=codings, asked=[(topic, *who) for topic, who in asked],
    )  # fmt: skip


def queries() -> st.SearchStrategy[tuple]:
    """Return queries as nested tuples; see `brute_force`."""
    return st.recursive(
        st.tuples(st.just("code"), st.sampled_from(EVERY_CODE)),
        lambda part: st.one_of(
            st.tuples(st.just("or"), part, part),
            st.tuples(st.just("and"), st.tuples(part, part), st.just(())),
            st.tuples(st.just("and"), st.tuples(part), st.tuples(part)),
            st.tuples(st.just("and"), st.tuples(part, part), st.tuples(part)),
        ),
        max_leaves=4,
    )


@st.composite
def filters(draw: st.DrawFn, study: Snapshot) -> Filter:
    """Return a filter that fits a study; often an empty one."""
    fields = {
        "groups": ("g1", "g2"), "sites": ("North", "South"), "transcripts": tuple(study.texts),
        "coders": study.coders, "codes": EVERY_CODE, "valences": ("+", "-", "mixed", "neutral", "none"),
    }  # fmt: skip
    chosen = {
        name: tuple(draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)))
        for name, values in fields.items()
        if values and draw(st.integers(0, 4)) == 0
    }
    return Filter(**chosen, with_interviewer=draw(st.integers(0, 4)) == 0)
