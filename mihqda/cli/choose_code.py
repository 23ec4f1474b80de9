"""Find a code by what somebody types of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mihqda.cli.keys import ENTER, Typed
from mihqda.codebook import Code

MOST = 9


def find_codes(codes: Iterable[Code], typed: str) -> list[Code]:
    """Return the codes that can be applied and hold every typed word in id or name, the likeliest first.

    A code whose id or name is what was typed is the only one.
    """
    wanted = typed.casefold()
    words = wanted.split()
    found = []
    for code in codes:
        if not code.codable or code.retired:
            continue
        names = [code.name.casefold(), code.name_in("nl").casefold()]
        if wanted in (code.id.casefold(), *names):
            return [code]
        if words and all(any(word in text for text in (*names, code.id.casefold())) for word in words):
            found.append((not any(name.startswith(wanted) for name in names), len(code.name), code))
    return [code for *_, code in sorted(found, key=lambda one: one[:2])]


def choose_code(codes: Sequence[Code], typed: Typed, say: Callable[[str], None]) -> Code | None:
    """Ask for a code until one is found; None if the person gives up."""
    begun = ""
    while query := typed.line("code (part of its name or id, Enter; Escape gives up): ", begun):
        begun = ""
        found = find_codes(codes, query)
        if len(found) == 1:
            return found[0]
        if not found:
            say(f"no code has {query!r} in its name or id")
            continue
        for number, code in enumerate(found[:MOST], 1):
            say(f"  {number} {code.name}  {code.id}")
        if len(found) > MOST:
            say(f"  … and {len(found) - MOST} more")
        say("a number chooses, Enter the first, any other key searches again")
        key = typed.key()
        if key == "":
            return None
        if key == ENTER:
            return found[0]
        if key.isdecimal() and 1 <= int(key) <= min(MOST, len(found)):
            return found[int(key) - 1]
        begun = key if key.isprintable() else ""  # the first letter of another search
    return None
