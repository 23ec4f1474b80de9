"""What the report opens on."""

from reading_reports import (
    large_codebook,
    study_of_nothing,
    study_of_one,
    study_without_codings,
    study_without_register,
)
from studies import make_study, small_study

from mihqda.filters import Filter
from mihqda.reports.build import build_report
from mihqda.reports.model import Finding
from mihqda.reports.plan import Plan
from mihqda.snapshot import Snapshot


def lines(study: Snapshot, title: str, plan: Plan | None = None) -> list[Finding]:
    findings = build_report(study, plan).findings
    assert findings is not None
    return [line for block in findings.blocks if block.title == title for line in block.lines]


def texts(study: Snapshot, title: str, plan: Plan | None = None) -> list[str]:
    return [line.text for line in lines(study, title, plan)]


def unequal(**more: object) -> Snapshot:
    """Return a study in which six of seven and two of eleven speak of roles."""
    said = [f"P{n}: <role +>Clear to me.</role>" for n in range(1, 7)]
    said += [
        "C1: <role ->Not to me.</role> <load ->No time.</load>",
        "C2: <role ->Nor to me.</role>",
        "P1: <role ->But no.",
    ]
    return make_study(
        {"I1": "\n\n".join(said) + "</role>"},
        people="provider: P1 P2 P3 P4 P5 P6 P7\nclient: C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11",
        codes="role\nload\nnever",
        **more,  # type: ignore[arg-type]
    )


def test_who_was_heard_is_said_of_every_group() -> None:
    heard = lines(small_study(), "Who was heard")
    assert [line.text for line in heard] == [
        "provider: 3 of 7 heard", "client: 4 of 11 heard",
        "4 sessions (2 interviews, 1 focus group, 1 joint interview), 108 words of participants",
        "19 codings by 2 coders in 4 transcripts",
    ]  # fmt: skip
    assert [(strip.n, strip.N) for line in heard[:2] for strip in line.strips] == [(3, 7), (4, 11)]


def test_themes_at_the_top_have_n_of_n_of_each_group_and_lead_to_quotes() -> None:
    shown = {line.text: line for line in lines(small_study(), "What they spoke about")}
    assert list(shown) == ["start", "strain", "Role", "Load", "Motivation"]  # neither phases nor headings
    assert [(strip.group, strip.n, strip.N) for strip in shown["Role"].strips] == [
        ("provider", 3, 7),
        ("client", 3, 11),
    ]
    (role,) = (theme for theme in build_report(small_study()).quotes.themes if theme.theme == "role")
    assert shown["Role"].target == role.anchor


def test_of_a_large_codebook_the_headings_are_shown() -> None:
    assert texts(large_codebook(), "What they spoke about") == ["A"]


def test_a_difference_is_said_in_words_of_n_and_n() -> None:
    assert texts(unequal(), "Where the groups differ") == ["Role: 6 of 7 provider, 2 of 11 client."]
    assert texts(unequal(), "Waar de groepen verschillen", Plan(language="nl")) == [
        "Role: 6 van 7 provider, 2 van 11 client."
    ]


def test_small_groups_are_a_caution_and_nothing_is_called_significant() -> None:
    findings = build_report(unequal()).findings
    assert findings is not None
    (block,) = (one for one in findings.blocks if one.title == "Where the groups differ")
    assert any(note.startswith("Chosen by rule") for note in block.notes)
    assert any("groups are small" in note for note in block.notes)
    assert "%" not in str(findings)
    assert "significant" not in str(findings)


def test_a_group_that_was_not_asked_is_no_difference() -> None:
    asked = [("role", f"P{n}", "") for n in range(1, 8)]
    assert texts(unequal(asked=asked), "Where the groups differ") == [
        "In no theme do the groups lie far apart."
    ]
    asked += [("role", "C1", ""), ("role", "C2", "")]
    assert texts(unequal(asked=asked), "Where the groups differ") == [
        "Role: 6 of 7 provider (7 asked), 2 of 11 client (2 asked)."
    ]


def test_one_group_or_no_register_is_no_comparison() -> None:
    assert texts(study_of_one(), "Where the groups differ") == ["There is only one group to look at."]
    assert "register" in texts(study_without_register(), "Where the groups differ")[0]


def test_both_sides_and_lone_critics_are_heard() -> None:
    assert texts(unequal(), "Two-sided and critical voices") == [
        "Role: 6 with +, 3 with −, 1 with both or mixed.", "Load: 1 with −, none with +.",
    ]  # fmt: skip


def test_what_is_left_out_is_said() -> None:
    left = "\n".join(texts(small_study(), "What the numbers leave out"))
    for phrase in (
        "11 participants of the register not heard: P4",
        "1 speaker with 10 words",
        "1 coding left out",
        "3 codings over",
    ):
        assert phrase in left
    assert "1 code of the codebook without codings" in "\n".join(
        texts(unequal(), "What the numbers leave out")
    )
    chosen = Plan(filter=Filter(groups=("client",)))
    assert "groups: client" in "\n".join(texts(small_study(), "What the numbers leave out", chosen))


def test_a_study_with_little_in_it_says_so() -> None:
    assert "There are no codings yet." in texts(study_without_codings(), "Who was heard")
    assert texts(study_of_nothing(), "Who was heard") == ["There are no transcripts yet."]
