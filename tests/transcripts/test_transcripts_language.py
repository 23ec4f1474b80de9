import pytest

from mihqda.transcripts.language import WORDS, choose, detect


@pytest.mark.parametrize(
    ("language", "speech"),
    [
        ("en", "Nobody told me who was responsible for the follow-up calls."),
        ("en", "Could you tell me more about that?"),
        ("en", "I don’t think we had the time."),
        ("nl", "Niemand vertelde mij wie er verantwoordelijk was voor de nazorg."),
        ("nl", "Kunt u daar iets meer over vertellen?"),
        ("nl", "We hebben een implementation strategy nodig voor de workflow."),
        ("de", "Niemand hat mir gesagt, wer für die Nachsorge zuständig war."),
        ("de", "Und warum war das so?"),
        ("fr", "Personne ne m’a dit qui était responsable du suivi."),
        ("fr", "Oui, c’est ça, on n’a pas eu le temps."),
        ("fr", "Personne ne m’a dit qui e\u0301tait la\u0300."),
        ("es", "Nadie me dijo quién era responsable de las llamadas."),
        ("es", "¿Y por qué no se hizo?"),
    ],
)
def test_a_sentence_is_in_the_language_of_its_function_words(language: str, speech: str) -> None:
    assert detect(speech) == language


@pytest.mark.parametrize(
    "speech", ["", "Hm.", "Ja.", "Geen tijd.", "2019", "Utrecht, Amersfoort", "Ach so? Was?", "…"]
)
def test_a_turn_with_too_little_to_go_by_is_undetermined(speech: str) -> None:
    assert detect(speech) == "und"


def test_a_word_of_two_languages_decides_nothing_between_them() -> None:
    assert {"was", "in"} <= WORDS["nl"] & WORDS["de"]
    assert detect("in was in was") == "und"


def test_case_does_not_matter() -> None:
    assert detect("NIEMAND HEEFT HET ONS GEZEGD") == "nl"


def test_a_transcript_is_in_the_language_of_most_words_not_of_most_turns() -> None:
    turns = [("en", "yes it is"), ("en", "no it is not"), ("nl", "dat " * 20), ("und", "hm " * 100)]
    assert choose(turns) == "nl"


def test_a_transcript_without_a_language_or_with_a_tie_is_undetermined() -> None:
    assert choose([("und", "hm")]) == "und"
    assert choose([("en", "one two"), ("nl", "een twee")]) == "und"


def test_the_lists_are_of_lower_case_words() -> None:
    assert all(word == word.casefold() and word.strip() == word for words in WORDS.values() for word in words)
