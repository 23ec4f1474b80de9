from collections.abc import Iterable

from mihqda.cli.choose_code import choose_code, find_codes
from mihqda.codebook import Code

CODES = (
    Code("t", "Themes", codable=False),
    Code("t.load", "Workload and time"),
    Code("t.load.under", "Effort and workload underestimated"),
    Code("t.old", "Workload, old", retired=True),
    Code("t.role", "Role clarity", attributes={"name_nl": "Duidelijke rol"}),
    *(Code(f"t.x{i}", f"Extra {i}") for i in range(12)),
)


class Script:
    """Keys from a text, as if typed."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = list(keys)

    def key(self) -> str:
        return self.keys.pop(0) if self.keys else ""

    def line(self, prompt: str, begun: str = "") -> str | None:
        typed = begun
        while (key := self.key()) not in ("\n", "\x1b", ""):
            typed += key
        return typed.strip() if key == "\n" else None


def ids(typed: str) -> list[str]:
    return [code.id for code in find_codes(CODES, typed)]


def chosen(keys: str) -> tuple[str | None, list[str]]:
    said: list[str] = []
    code = choose_code(CODES, Script(keys), said.append)
    return (code.id if code else None), said


def test_a_code_is_found_by_parts_of_its_name_in_either_language_or_its_id() -> None:
    assert ids("WORKLOAD") == ["t.load", "t.load.under"]
    assert ids("time work") == ["t.load"]
    assert ids("duidelijk") == ["t.role"]
    assert ids("t.role") == ["t.role"]
    assert ids("t.load") == ["t.load"]
    assert ids("nothing") == []


def test_containers_and_retired_codes_are_never_found() -> None:
    assert ids("themes") == []
    assert "t.old" not in ids("old")


def test_one_match_is_taken_several_are_numbered() -> None:
    assert chosen("clarity\n")[0] == "t.role"
    assert chosen("workload\n2")[0] == "t.load.under"
    assert chosen("workload\n\n")[0] == "t.load"
    assert chosen("extra\n9")[0] == "t.x8"
    assert "  … and 3 more" in chosen("extra\n1")[1]


def test_any_other_key_searches_again_and_nothing_gives_up() -> None:
    assert chosen("workload\nclarity\n")[0] == "t.role", "that key is the first letter"
    assert chosen("workload\nxclarity\n") == (
        None,
        [*chosen("workload\n")[1], "no code has 'xclarity' in its name or id"],
    )
    assert chosen("workload\n\x1bclarity\n")[0] == "t.role"
    assert chosen("zzz\nclarity\n") == ("t.role", ["no code has 'zzz' in its name or id"])
    assert chosen("\n")[0] is None
    assert chosen("work\x1b")[0] is None
    assert chosen("workload\n")[0] is None
