"""Write the table of shortcuts into docs/coding.md, from mihqda/web/static/keys.js: `python scripts/write_shortcuts.py`."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEYS = ROOT / "mihqda" / "web" / "static" / "keys.js"
TARGET = ROOT / "docs" / "coding.md"
ENTRY = re.compile(
    r'^  \{ group: "(.+?)", where: "(.+?)", keys: (\[.+?\]|NINE), .*text: "(.+?)" \},$', re.MULTILINE
)
BETWEEN = re.compile(r"(<!-- shortcuts:start -->\n).*?(<!-- shortcuts:end -->)", re.DOTALL)
SIGNS = {
    "ArrowDown": "↓",
    "ArrowUp": "↑",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "Escape": "Esc",
    "Delete": "Del",
}


def read_shortcuts() -> list[tuple[str, list[str], str]]:
    """Return (group, keys, text) in the order of the code; what does one thing is one row, as on the help sheet."""
    rows: dict[tuple[str, str], list[str]] = {}
    for group, _, keys, text in ENTRY.findall(KEYS.read_text(encoding="utf-8")):
        some = [str(at) for at in range(1, 10)] if keys == "NINE" else json.loads(keys)
        rows.setdefault((group, text), []).extend(map(name_key, some))
    return [(group, keys, text) for (group, text), keys in rows.items()]


def name_key(key: str) -> str:
    """Name a key as it is printed on a keyboard."""
    *modifiers, last = re.split(r"(?<=.)\+(?=.)", key)
    return "+".join([*modifiers, SIGNS.get(last, last)])


def say_keys(keys: list[str]) -> str:
    """Say which keys: all of them, or the first to the last of the nine digits."""
    if len(keys) == 9:
        return f"`{keys[0]}` to `{keys[-1]}`"
    return " or ".join(f"`{key}`" for key in keys)


def write_table() -> str:
    """Return the table as Markdown."""
    lines = ["| | keys | what they do |", "|---|---|---|"]
    before = ""
    for group, keys, text in read_shortcuts():
        lines.append(f"| {group if group != before else ''} | {say_keys(keys)} | {text} |")
        before = group
    return "\n".join(lines)


if __name__ == "__main__":
    page = TARGET.read_text(encoding="utf-8")
    TARGET.write_text(
        BETWEEN.sub(lambda found: f"{found[1]}{write_table()}\n{found[2]}", page), encoding="utf-8"
    )
