"""What a plan allows."""

import pytest
from studies import small_study

from mihqda.errors import InputError, NotFoundError
from mihqda.filters import Filter
from mihqda.reports.build import build_report
from mihqda.reports.plan import SECTIONS, Plan


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"k": 0}, "at least 1 quote"),
        ({"language": "de"}, "language is one of en, nl"),
        ({"attribution": "name"}, "attribution is one of id, role, group"),
        ({"order": "size"}, "order is one of codebook, name"),
        ({"sections": ("themes", "colours")}, "no section 'colours'"),
        ({"sections": ("themes", "themes")}, "named twice"),
        ({"sections": ()}, "at least one section"),
    ],
)
def test_what_no_report_can_do_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Plan(**options)  # type: ignore[arg-type]


def test_a_plan_shows_everything_unless_it_says_otherwise() -> None:
    assert Plan().sections == SECTIONS
    assert Plan() == Plan()
    assert Plan(sections=["method"]).sections == ("method",)  # type: ignore[arg-type]


def test_the_filter_of_a_plan_is_applied() -> None:
    built = build_report(small_study(), Plan(filter=Filter(groups=("client",))))
    assert built.facts["Filtered"] == "groups: client"
    with pytest.raises(NotFoundError, match="no group 'nobody'"):
        build_report(small_study(), Plan(filter=Filter(groups=("nobody",))))
