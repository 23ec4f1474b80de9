from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.themes.several import COLUMNS, codings_over_several

PEOPLE = "g: P1 P2 P3"


def people_of(talk: str) -> list[tuple[int, str]]:
    found = codings_over_several(make_study({"F1": talk}, people=PEOPLE))
    return list(found[["participants", "people"]].itertuples(index=False, name=None))


def test_codings_over_the_words_of_several_people_are_listed() -> None:
    assert people_of("P2: It <a>was.\n\nP1: It was.\n\nP2: Yes it was.</a>") == [(2, "P1, P2")]
    assert people_of("P1 & P2: <a>Together.</a>") == [(2, "P1, P2")]
    assert people_of("P1: <a>One.\n\nSpeaker 3: Two.\n\n: Three.</a>") == [
        (1, "P1, Speaker 3 (unassigned), (unassigned)")
    ]


def test_backchannels_interviewers_and_labels_are_nobodys_words() -> None:
    assert people_of("P1: <a>One.\n\nP2: Hm.\n\nP1: Two.</a>") == []
    assert people_of("Interviewer: <a>Why?\n\nP1: Because.</a>") == []
    assert people_of("P1: <a>One.\n\nP2: </a>Two.") == []


def test_interviewers_do_not_make_a_coding_one_of_several_even_if_they_are_data() -> None:
    study = make_study({"F1": "Interviewer: <a>Why?\n\nP1: Because.</a>"}, people=PEOPLE)
    assert codings_over_several(study.select(Filter(with_interviewer=True))).empty


def test_rows_say_where_in_the_order_of_the_codings() -> None:
    found = codings_over_several(small_study())
    assert tuple(found.columns) == COLUMNS
    assert list(found["coding"]) == ["c14", "c18", "c19"]
    study = small_study()
    for row in found.itertuples():
        coding = study.codings.set_index("coding").loc[row.coding]
        assert (row.transcript, row.start, row.end) == (coding.transcript, coding.start, coding.end)
