from brute_force import Count
from hypothesis import given, settings
from hypothesis import strategies as st
from random_studies import CODABLE, filters, studies
from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.themes.frequencies import COLUMNS, frequencies

PEOPLE = "g: P1 P2 P3"


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_counts_equal_the_brute_force_count(data: st.DataObject) -> None:
    study = data.draw(studies())
    chosen = data.draw(filters(study))
    count = Count(study, chosen)
    coder_of = dict(zip(study.codings["coding"], study.codings["coder"], strict=True))
    expected = []
    for code in CODABLE:
        pieces = count.own_codings(code)
        if pieces:
            people = {one for piece in pieces for one in piece["people"] if one[0] == "participant"}
            transcripts = {piece["transcript"] for piece in pieces}
            coders = {coder_of[coding] for piece in pieces for coding in piece["codings"]}
            sessions = {count.transcripts[one]["session"] for one in transcripts}
            expected.append((code, len(pieces), len(people), len(sessions), len(transcripts), len(coders)))
    found = frequencies(study.select(chosen))
    assert sorted(found[list(COLUMNS[:-1])].itertuples(index=False, name=None)) == sorted(expected)


def test_codes_below_are_not_rolled_up() -> None:
    found = frequencies(small_study()).set_index("code")["codings"].to_dict()
    assert found["role"] == 6
    assert found["role.lead"] == 1
    assert "themes" not in found


def test_words_count_once_and_only_those_of_data() -> None:
    study = make_study(
        {
            "F1": """
                Interviewer: And <a>what then?
                P1: We tried <a @ben>it</a @ann> once.
                P2: Ja, precies.
                P1: Twice</a @ben> even.
            """
        },
        people=PEOPLE,
    )
    assert frequencies(study).loc[0, ["codings", "coders", "words"]].to_list() == [2, 2, 5]
    asked = frequencies(study.select(Filter(with_interviewer=True)))
    assert asked.loc[0, "words"] == 7


def test_zeros_show_uncoded_codes_in_the_codebooks_order() -> None:
    shown = frequencies(small_study(), zeros=True)
    assert list(shown["code"]) == [
        "phase.onboarding", "phase.training", "role", "role.lead", "load", "motivation", "other",
    ]  # fmt: skip
    assert shown.iloc[-1, 1:].to_list() == [0] * 6


def test_a_broken_theme_does_not_hinder_the_frequencies_of_codes() -> None:
    study = make_study({"I1": "P1: <a>One.</a>"}, people=PEOPLE, themes={"mine": "gone"})
    assert list(frequencies(study)["code"]) == ["a"]
