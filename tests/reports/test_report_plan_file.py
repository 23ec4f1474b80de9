"""report.yaml: what it says, and what it may not."""

import re
from pathlib import Path

import pytest
from studies import make_study, small_study

from mihqda.errors import InputError, NotFoundError
from mihqda.filters import Filter
from mihqda.reports.batch import EACH, folder_names, plan_each
from mihqda.reports.plan import SECTIONS, Plan
from mihqda.reports.plan_file import folder_name, parse_plan, read_plan

ROOT = Path(__file__).parent.parent.parent


def parse(text: str) -> Plan:
    (one,) = parse_plan(text, source="report.yaml")
    return one.plan()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "preset: themes", "title:\nfilter:\n"])
def test_what_a_plan_does_not_say_is_as_it_is_by_default(text: str) -> None:
    assert parse(text) == Plan()


def test_every_key_of_a_plan_can_be_written() -> None:
    plan = parse(
        "title: 'Leads: what they say'\nlanguage: nl\nby: role\nk: 3\nattribution: role\norder: name\n"
        "sections: [method, themes]\nfilter:\n  groups: client\n  roles: [project lead, 'no']\n  with_interviewer: true"
    )
    assert plan == Plan(
        title="Leads: what they say", language="nl", by="role", k=3, attribution="role", order="name",
        sections=("method", "themes"),
        filter=Filter(groups=("client",), roles=("project lead", "no"), with_interviewer=True),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("k: 2\nsection: [themes]", 2, "no key 'section'; there are: preset, title, language"),
        ("filter:\n  grups: [a]", 2, "the filter has no key 'grups'; there are: groups, roles"),
        ("\nlanguage: de", 2, "language: 'de' is none of en, nl"),
        ("k: 0", 1, "k is a whole number from 1 on, got 0"),
        ("k: many", 1, "k is a whole number from 1 on, got 'many'"),
        ("k: true", 1, "k is a whole number"),
        ("sections:\n  - themes\n  - them", 3, "'them' is none of findings, themes"),
        ("sections:\n  - themes\n  - themes", 3, "'themes' stands there twice"),
        ("sections: []", 1, "sections is empty"),
        ("sections: themes", 1, "a list is wanted"),
        ("attribution: name", 1, "attribution: 'name' is none of id, role, group"),
        ("preset: all", 1, "'all' is none of themes"),
        ("by: [group]", 1, "by: a text is wanted"),
        ("title: ''", 1, "title is empty"),
        ("filter: [groups]", 1, "a mapping"),
        ("filter: {with_interviewer: 2}", 1, "true or false"),
        ("- themes", 1, "a mapping"),
        ("k: 1\nk: 2", 2, "occurs twice"),
        ("title: a: b", 1, "this is no YAML"),
        ("reports: []", 1, "reports is empty"),
        ("reports:\n  - language: nl", 2, "has no name"),
        ("reports:\n  - {name: a}\n  - {name: A}", 3, "two reports have the name 'A'"),
        ("reports:\n  - {name: a/b}", 2, "cannot be that of a folder; 'a-b' can"),
        ("reports:\n  - {name: a, reports: []}", 2, "a report has no key 'reports'"),
    ],
)
def test_what_means_nothing_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_plan(text, source="my.yaml")
    assert str(caught.value).startswith(f"my.yaml, line {line}")
    assert said in str(caught.value)


def test_several_reports_share_what_stands_at_the_top() -> None:
    plans = parse_plan(
        "language: nl\nfilter: {coders: [anna], groups: [client]}\nreports:\n"
        "  - {name: leads, filter: {roles: [project lead], groups: [provider]}}\n  - {name: short, k: 1, language: en}",
        source="report.yaml",
    )
    leads, short = (one.plan() for one in plans)
    assert [one.name for one in plans] == ["leads", "short"]
    assert leads == Plan(
        language="nl", filter=Filter(coders=("anna",), roles=("project lead",), groups=("provider",))
    )
    assert short == Plan(language="en", k=1, filter=Filter(coders=("anna",), groups=("client",)))


def test_the_command_line_goes_before_the_file() -> None:
    (one,) = parse_plan("language: nl\nk: 3\nfilter: {coders: [anna]}", source="report.yaml")
    plan = one.plan(language="en", k=None, filter=Filter(groups=("g",)), sections=None)
    assert plan == Plan(language="en", k=3, filter=Filter(coders=("anna",), groups=("g",)))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read the plan .*report\.yaml: No such file"):
        read_plan(tmp_path / "report.yaml")
    (tmp_path / "report.yaml").write_bytes("title: Één\n".encode("utf-16"))
    assert read_plan(tmp_path / "report.yaml")[0].plan().title == "Één"


def test_the_example_in_the_documentation_is_read() -> None:
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 2
    for example in examples:
        assert parse_plan(example, source="report.yaml")
    for section in SECTIONS:
        assert f"`{section}`" in page


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("a/b\\c", "a-b-c"),
        ("..", "_"),
        ("COM1", "COM1_"),
        ("  x.  ", "x"),
        ("x" * 99, "x" * 80),
        ("é ü", "é ü"),
    ],
)
def test_folder_names_can_be_had_on_every_system(name: str, folder: str) -> None:
    assert folder_name(name) == folder
    assert folder_name(folder) == folder


def test_folder_names_are_not_the_same_where_case_does_not_count() -> None:
    assert folder_names(["A", "a", "a-2", "a"]) == ("A", "a-2", "a-2-2", "a-3")


def test_a_plan_for_each_group_names_it_and_selects_it() -> None:
    plans = plan_each(small_study(), Plan(title="Report"), "group")
    assert [(folder, plan.title, plan.filter.groups) for folder, plan in plans] == [
        ("provider", "Report, provider", ("provider",)), ("client", "Report, client", ("client",)),
    ]  # fmt: skip


def test_a_plan_for_each_keeps_to_the_filter() -> None:
    study = small_study()
    chosen = Plan(filter=Filter(transcripts=("I1",)))
    assert [plan.filter for _, plan in plan_each(study, chosen, "coder")] == [
        Filter(transcripts=("I1",), coders=(coder,)) for coder in ("ann", "ben")
    ]
    for each in EACH:
        if each not in ("role", "site"):  # nobody has one
            assert plan_each(study, Plan(), each)


def test_a_report_for_each_of_nothing_is_refused() -> None:
    study = make_study({"I1": "P1: <a>No time.</a>"}, people="g: P1")
    with pytest.raises(NotFoundError, match="for each site"):
        plan_each(study, Plan(), "site")
    with pytest.raises(InputError, match="for each group, role"):
        plan_each(study, Plan(), "gruop")  # type: ignore[arg-type]
