import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mihqda import Span
from mihqda.project.lists import choose_lists, choose_suggestions, join
from mihqda.suggest.model import Suggestion, suggestion_id

coders = st.lists(st.sampled_from(["anna", "bram"]), unique=True)


@given(
    st.lists(
        st.tuples(st.sampled_from(["default", "keywords"]), coders, st.integers(0, 2), st.sampled_from("AB")),
        unique_by=repr,
        max_size=14,
    ),
    st.sampled_from(["", "anna", "bram", "carla"]),
)
def test_values_and_frames_are_chosen_by_one_rule(
    drawn: list[tuple[str, list[str], int, str]], coder: str
) -> None:
    listed: dict[str, Suggestion] = {}
    for suggester, taught, start, code in drawn:
        span = Span(start, start + 1)
        name = suggestion_id("T", span, code, suggester, coders=taught)
        listed[name] = Suggestion(
            name, "T", span, "turn", code, 0.5, 0.0, "weak", suggester=suggester, coded=3,
            settings={"coders": sorted(taught)} if taught else {},
        )  # fmt: skip
    frame = pd.DataFrame(
        [
            (one.id, "T", one.span.start, one.span.end, one.code, one.suggester,
             join(one.settings.get("coders", ())), one.coded)
            for one in listed.values()
        ],
        columns=["suggestion", "transcript", "start", "end", "code", "suggester", "taught_by", "learned_from"],
    ).astype({"start": "int64", "end": "int64", "learned_from": "int64"})  # fmt: skip
    chosen = [one.id for one in choose_suggestions(listed.values(), coder)]
    assert chosen == choose_lists(frame, coder)["suggestion"].tolist()
