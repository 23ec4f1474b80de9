import pytest

from mihqda.transcripts.names import (
    clean,
    is_id,
    is_known,
    is_name_like,
    is_possible,
    names_voice,
    split_voices,
)

LABELS = """
I|P1|p1|P 12|IM3 (manager)|FG1-P3|3M|S01|SPEAKER_00|B.|I1|Resp. 3
Interviewer|INTERVIEWER 2|Interviewer Anna|Co-moderator|Gespreksleider|Befragte|Enquêtrice|Entrevistador
Speaker 1|Speaker two|Female speaker 2|Unknown Speaker|Onbekende vrouw|Deelnemer 8|Project lead 1|Participant
Anna|Zoë|Jean-Pierre|O'Brien|Anna de Vries|De Vries|van Dijk|El Amrani|A. de Vries|J.P. de Boer|Dr. Smith
Jansen, L. (Lot)|Ashlee Kupor (SL)|Ana María López|Arts-assistent|Mother of P3
Ben|Ton|An|Will|Q|A|Vraag|Antwoord|Question|Answer|Several|All|Allen
P1 and P2|P1, P2|P3 & P4|PL3/PL4|P1 en P2|Zoë & Ben
"""
SPEECH = """
he said|And then she said|The problem is this|the patient|De verpleegkundige|My question is|What I mean|Let op
So|But|Ja|Nee|Yes|Dus|Maar|Kijk|Honestly|First|Okay, next|Well, honestly|I agree. Note|At 10|In 2019|Bijvoorbeeld|OK|OH|JA
Note|NB|P.S.|Date|Date of interview|Interview date|Interview 3|Participants|Participant ID|Start time|https
Q1|Vraag 3|Week 3|Step 2|laughs|Zum Beispiel|Par exemple|Por ejemplo|12|#|...|
"""


@pytest.mark.parametrize("label", LABELS.replace("\n", "|").strip("|").split("|"))
def test_what_transcribers_use_as_a_label_is_possible(label: str) -> None:
    assert is_possible(label)


@pytest.mark.parametrize("phrase", SPEECH.replace("\n", "|").split("|"))
def test_speech_remarks_and_particulars_are_no_label(phrase: str) -> None:
    assert not is_possible(phrase)


def test_a_label_has_at_most_five_words_and_forty_characters() -> None:
    assert is_possible("Anna Maria Louise van Dijk")
    assert not is_possible("Anna Maria Louise van der Dijk")
    assert not is_possible("Anna" + "x" * 40)


@pytest.mark.parametrize(
    "label", ["P1", "I", "Interviewer", "Speaker 2", "Onbekende vrouw", "All", "P1 & Interviewer"]
)
def test_codes_and_words_for_people_are_known_without_a_vote(label: str) -> None:
    assert is_known(label)


@pytest.mark.parametrize("label", ["Anna", "Honestly", "Question", "Q1", "The patient", ""])
def test_names_and_other_words_need_a_vote(label: str) -> None:
    assert not is_known(label)


def test_a_code_is_letters_and_a_number_or_a_capital_or_two() -> None:
    assert all(map(is_id, ["P3", "IM 12", "P001a", "B", "LR", "i"]))
    assert not any(map(is_id, ["Anna", "At 10", "In 2019", "Q1", "123", "COVID19"]))


def test_a_name_has_capitals_but_for_its_particles() -> None:
    assert is_name_like("Anna de Vries")
    assert not is_name_like("Patients who are satisfied")


def test_cleaning_takes_off_what_cannot_be_seen_and_emphasis() -> None:
    assert clean("\u200b**Jordan \u00a0 Lee**:") == "Jordan Lee"
    assert clean("SPEAKER_00") == "SPEAKER_00"


@pytest.mark.parametrize(
    ("label", "known", "speakers"),
    [
        ("P3 & P4", (), ("P3", "P4")),
        ("PL3/PL4", (), ("PL3", "PL4")),
        ("P1 and P2", (), ("P1", "P2")),
        ("P1 en P2", (), ("P1", "P2")),
        ("P1, P2 und P3", (), ("P1", "P2", "P3")),
        ("Speaker 1 & Speaker 2", (), ("Speaker 1", "Speaker 2")),
        ("Anna and Ben", ("anna", "ben"), ("Anna", "Ben")),
        ("Anna and Ben", ("anna",), ("Anna and Ben",)),
        ("Jansen, Lot", ("interviewer",), ("Jansen, Lot",)),
        ("P1 & P1", (), ("P1 & P1",)),
        ("Several", (), ("Several",)),
        ("Allen", (), ("Allen",)),
        ("Anderson", (), ("Anderson",)),
        ("Rik en Co", (), ("Rik en Co",)),
    ],
)
def test_a_shared_label_is_split_only_if_its_parts_are_speakers(
    label: str, known: tuple[str, ...], speakers: tuple[str, ...]
) -> None:
    assert split_voices(label, known) == speakers


def test_a_shared_label_is_one_as_soon_as_one_part_is_a_speaker() -> None:
    assert names_voice("Anna and P3", ())
    assert not names_voice("bread and butter", ())
    assert not names_voice("P3", ())
