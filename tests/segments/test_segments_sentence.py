from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mihqda.segments import segment
from mihqda.segments.sentence import split
from mihqda.spans import Span
from mihqda.transcripts import Speech, Transcript, Turn, compose


def sentences(text, language="en"):
    turns = (Turn(Span(0, len(text)), ("P1",)),)
    transcript = Transcript("T1", text, turns, language, "T1.txt", "")
    return [one.span.quote(text) for one in segment(transcript, "sentence")]


# " | " shows where a sentence ends, "¦" where it does without a space
ENGLISH = [
    "We tried it. | It failed. | Nobody knew why.",
    "Dr. Smith and Prof. Jones came. | They left.",
    "I asked Mr. and Mrs. Brown, e.g. The Browns from No. 5. | They said no. | We went on.",
    "So I don't... I can't... we never had the time.",
    "Hmm… I wonder… | Yes.",
    "The team... Management decided it for us. | And then… the nurse left.",
    "We had support from the... The manager was for it.",
    "It never worked as they had planned... | Nobody asked us.",
    "well . . . I suppose . . . we could.",
    "Really?! | No way!!! | Fine.",
    '"Why would I?" she said. | "No time."',
    "“It works.” | “Does it?” | He laughed.",
    "(We had tried that before.) | Then it stopped.",
    "He (laughs) left. | (laughs) We stayed.",
    "the cohort (?) Meeting went well [...] And so on.",
    "it was hard. | we had no time. | so we stopped",
    "was it good? | yes it was! | and then",
    "It was good.¦It was new. | E.g.The pilot ran in v1.2.Beta at mihqda.org and the U.S.A.",
    "We start at 9 a.m. on Monday. | We end at 5 p.m. | Then we rest.",
    "Costs rose by 3.5 percent, to 1,234.50 in all. | Good.",
    "J. P. Morgan and J. van der Berg came. | So did I. | Management did.",
    "She works in the U.S. Army. | He is in the U.S. | They met.",
    "That was plan B. | We never used it. | Management did.",
    "He has a Ph.D. in nursing, etc. | We know.",
    "1. First we met. | 2. Then we talked.",
    "It took us 5. | Then it took 12. | fine",
    "How many... 3 or 4?",
    "It's theirs. | That's ours. | O'Brien's.",
    "Ask HR. | They know. | Or IT. | maybe not",
    "It works. | 😀 We are happy. 😀",
    "We came Jan. 5 and left. | Ask Jan. | He knows.",
    '"We go." | – "No." | Then we went.',
    "No end in sight",
    "...and then it stopped. ?!",
]  # fmt: skip
DUTCH = [
    "Drs. De Vries en mevr. Jansen waren er, bijv. De week erna. | Toen niet.",
    "We beginnen om 10.30 uur. | Dat is vroeg.",
    "Dat is o.a. door de werkdruk, d.w.z. te weinig tijd. | M.b.t. ICT weet ik het niet.",
    "Ik weet niet… Ik dacht van wel. | Nou ja.",
    "Ja… nee… dat was niet zo. | Dank u. | We gaan.",
    "'s Avonds is er niemand. | 's Ochtends wel. | 't Was druk.",
    "De kosten zijn ca. 1.234,50 euro, zgn. overhead, enz. | Meer niet.",
    "Zij zei: „Dat doen we niet.” | En toen ging ze.",
    "Ing. bank is geen bank. | ING. | Wel een bank.",
    "dat weten we al. | we gaan door. | dus ja",
    "Dat is bijv.De Hoven, op 3. Mai in Duitsland. | Ja.",
    "Het gaat om art. 5 en blz. 12. | Art. | Kunst dus.",
]
GERMAN = [
    "Das ist z.B. Zeit, d.h. Geld. | Und u. a. Personal.",
    "Das war am 3. Mai, im 2. Jahr, in der 12. Woche. | Dann kam der 1. Test.",
    "Wir waren 12. | Dann waren es 13.",
    "Frau Dr. Müller, Hr. Prof. Meier und Fr. Schulz. | Sie kamen.",
    "»Komm!« sagte sie. | Er ging. | »Nein.«",
    "Das kostet 5 Mio. Euro bzw. Franken, usw. Zeit fehlt. | Wir wissen es.",
    "z. B. Wir, o. Ä. Leute, i. d. R. morgens. | Gut.",
    "ich ... ich weiß nicht. | Das war ... das war schwer.",
    "Sie sagte: „Das geht nicht.“ | Dann ging sie.",
]
FRENCH = ["« Oui ! » | Et puis non. | Voilà !"]


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        (language, marked)
        for language, cases in (("en", ENGLISH), ("nl", DUTCH), ("de", GERMAN), ("fr", FRENCH))
        for marked in cases
    ],
)
def test_sentences_end_where_a_reader_ends_them(language, marked):
    plain = marked.replace(" | ", " ").replace("¦", "")
    assert sentences(plain, language) == marked.replace("¦", " | ").split(" | ")


@pytest.mark.parametrize("language", ["en", "nl", "und"])
def test_german_rules_hold_in_german_only(language):
    assert sentences("Wir waren 12. Gespräche folgten.", language) == ["Wir waren 12.", "Gespräche folgten."]
    assert sentences("Wir waren 12. Gespräche folgten.", "de") == ["Wir waren 12. Gespräche folgten."]


def test_the_language_of_a_turn_goes_before_that_of_the_transcript():
    text = "Im 2. Jahr."
    for of_turn, of_transcript, expected in (("de", "nl", 1), ("nl", "de", 2), ("und", "de", 1)):
        turn = Turn(Span(0, len(text)), language=of_turn)
        transcript = Transcript("T1", text, (turn,), of_transcript, "T1.txt", "")
        assert len(segment(transcript, "sentence")) == expected


def test_sentences_do_not_cross_paragraphs_or_turns():
    text, turns = compose([Speech(("P1",), "We tried\n\nand tried."), Speech(("P2",), "with them. Yes")])
    transcript = Transcript("T1", text, turns, "en", "T1.docx", "")
    found = [one.span.quote(text) for one in segment(transcript, "sentence")]
    assert found == ["We tried", "and tried.", "with them.", "Yes"]


def test_lines_of_one_paragraph_run_on():
    assert sentences("We tried\nand tried. Then\nwe stopped.") == [
        "We tried\nand tried.",
        "Then\nwe stopped.",
    ]


PIECES = ["...", "…", ".", "?", "!", " ", " ", "\n", "\n\n", '"', "”", "«", "»", "(", ")", "I", "we", "The", "Dr",
          "e.g", "z", "B", "u", "5", "12", "Mai", "-", "😀", "'s", "\u00a0", "x" * 90]  # fmt: skip
TEXTS = st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(TEXTS, st.sampled_from(["en", "de"]), st.sampled_from(["sentence", "paragraph"]))
def test_segments_are_trimmed_disjoint_in_order_and_lose_nothing(text, language, unit):
    if not text.strip():
        return
    text = text.strip()
    middle = len(text) // 2
    halves = [half for half in ((0, middle), (middle, len(text))) if text[slice(*half)].strip()]
    turns = tuple(Turn(Span(*half), ("P1",)) for half in halves)
    found = [one.span for one in segment(Transcript("T1", text, turns, language, "T1.txt", ""), unit)]
    end = 0
    for span in found:
        assert span.start >= end
        assert not text[end : span.start].strip()
        assert span.quote(text) == span.quote(text).strip()
        end = span.end
    assert not text[end:].strip()
    for span in found:
        assert any(turn.span.covers(span) for turn in turns)


@pytest.mark.parametrize(
    "text", ["e.g. ", "1. ", ". ", "… ", "x", "!!! ", ") ", "\n \n", "We go. ", "a.", "A.B "]
)
def test_no_text_takes_quadratic_time(text):
    long = (text * 100_000)[:60_000] + "end"
    start = process_time()
    found = list(split(long, Span(0, len(long))))
    assert process_time() - start < 1
    assert found[-1].end == len(long)


def test_half_a_million_words_are_cut_in_two_seconds():
    text = "We had no time, and Dr. Smith (our manager) knew it... But then, e.g. in May, it worked. " * 2_500
    turns = tuple(Turn(Span(at, at + 890)) for at in range(0, len(text), 890))
    transcript = Transcript("T1", text, turns, "en", "T1.txt", "")
    start = process_time()
    segment(transcript, "sentence")
    seconds = process_time() - start
    assert seconds / len(text.split()) * 500_000 < 2 * 3  # three times slack for a busy machine
