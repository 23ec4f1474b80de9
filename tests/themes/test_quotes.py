from hypothesis import given, settings
from hypothesis import strategies as st
from random_studies import EVERY_CODE, filters, studies
from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.themes import Theme
from mihqda.themes.quotes import COLUMNS, theme_quotes
from mihqda.themes.table import theme_table


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_quotes_are_what_the_table_counts(data: st.DataObject) -> None:
    study = data.draw(studies())
    study = study.select(data.draw(filters(study)))
    quotes = theme_quotes(study, EVERY_CODE)
    for row in quotes.itertuples():
        assert row.quote == study.texts[row.transcript][row.start : row.end]
    table = theme_table(study, themes=EVERY_CODE)
    counted = table[table["group"] == "(all)"].set_index("theme")["codings"].to_dict()
    assert quotes.groupby("theme")["coding"].nunique().to_dict() == counted


def test_a_quote_knows_its_people_session_time_and_coder() -> None:
    quotes = theme_quotes(small_study(), ["load"])
    assert tuple(quotes.columns) == COLUMNS
    first, last = quotes.iloc[0], quotes.iloc[-1]
    assert (first.participants, first.groups, first.roles) == ("P2", "provider", "implementation manager")
    assert (first.transcript, first.session, first.starts_at, first.coder) == ("F1", "S3", 50.0, "ann")
    assert (first.quote, first.valence) == ("but the hours were never there.", "-")
    assert (last.participants, last.groups, last.roles) == ("C3, C4", "client", "project lead")


def test_the_time_is_that_of_the_first_turn_of_somebody_who_is_data() -> None:
    study = make_study({"I1": "Interviewer: <a>Why?\n\nP1: Hm.\n\nP1: Because.</a>"}, people="g: P1")
    assert theme_quotes(study).loc[0, "starts_at"] == 20.0


def test_who_is_not_registered_is_named_as_such() -> None:
    study = make_study(
        {"F1": "Interviewer: <a>Why?\n\nP1: I know.\n\nSpeaker 3: So do I.</a>"}, people=": P1"
    )
    found = theme_quotes(study).iloc[0]
    assert (found.participants, found.groups, found.roles) == ("P1, (unassigned)", "(unassigned)", "")
    found = theme_quotes(study.select(Filter(with_interviewer=True))).iloc[0]
    assert set(found.participants.split(", ")) == {"P1", "(unassigned)", "(interviewer)"}


def test_the_quote_of_and_is_the_text_that_both_cover() -> None:
    study = make_study({"I1": "P1: <a +>One <b - @ben>two.</a> Three.</b>"}, people="g: P1")
    found = theme_quotes(study, [Theme("both", query="a and b")]).iloc[0]
    assert (found.quote, found.coding, found.coder, found.valence) == ("two.", "c1, c2", "ann, ben", "+, -")


def test_a_coding_that_several_parts_of_a_query_find_is_quoted_once() -> None:
    study = make_study({"I1": "P1: <a.one>One.</a.one>"}, people="g: P1", codes="a\n  a.one")
    for query in ("a or a.one", "a and a.one", "(a or a.one) and a"):
        assert list(theme_quotes(study, [Theme("any", query=query)])["coding"]) == ["c1"]


def test_quotes_of_a_filtered_study_still_name_the_coder_of_the_other_side() -> None:
    study = make_study({"I1": "P1: <a +>One <b @ben>two.</a> Three.</b>"}, people="g: P1")
    study = study.select(Filter(valences=("+",)))
    assert theme_quotes(study, [Theme("both", query="a and b")]).iloc[0].coder == "ann, ben"


def test_themes_come_in_the_order_of_the_table_and_quotes_in_that_of_the_text() -> None:
    quotes = theme_quotes(small_study())
    assert list(dict.fromkeys(quotes["theme"])) == list(dict.fromkeys(theme_table(small_study())["theme"]))
    places = list(
        quotes[quotes["theme"] == "themes"][["transcript", "start", "end"]].itertuples(index=False, name=None)
    )
    assert places == sorted(places)


def test_a_study_without_codings_has_no_quotes() -> None:
    assert theme_quotes(make_study({"I1": "P1: Nothing."})).empty
