"""What a step did, in plain words: which action, in which transcript, with which code; never what anybody said."""

from __future__ import annotations

import json
from typing import Any

from mihqda.project.desk import Desk
from mihqda.store.history import Operation

_DECIDED = {
    "accepted": "acceptance of a suggestion",
    "changed": "acceptance of a changed suggestion",
    "rejected": "rejection of a suggestion",
    "skipped": "skipping of a suggestion",
}
_FIELDS = (
    (("code",), "recoding"), (("start", "end"), "new bounds of a coding"), (("valence",), "valence of a coding"),
    (("memo",), "memo of a coding"),
)  # fmt: skip
_OF_CODES = (
    ("name", "renaming of a code"),
    ("parent", "move of a code"),
    ("retired", "retirement of a code"),
)


def tell_deed(desk: Desk, operation: Operation) -> tuple[str, str]:
    """Return what a step of the coder's own did, as the part of a sentence, and the transcript it did it in.

    A step that touched something else is told as the history has it; "" stands for no transcript, or several.
    """
    rows: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for table, before, after in desk.store.read(
        "SELECT tbl, before, after FROM changes WHERE step = ? ORDER BY n", (operation.step,)
    ):
        rows.setdefault(table, []).append((json.loads(before or "{}"), json.loads(after or "{}")))
    for table in ("decisions", "codings", "finished"):  # an accepted suggestion makes a coding too
        if table in rows and set(rows) <= {table, "codings", "contents"}:
            places = {str((after or before)["transcript"]) for before, after in rows[table]}
            place = places.pop() if len(places) == 1 else ""
            return _tell_layer(desk, table, rows[table], place), place
    if set(rows) <= {"codes", "codebooks", "contents"} and len(rows.get("codes", ())) == 1:
        before, after = rows["codes"][0]
        return f"{_what_of_code(before, after)} ({(after or before)['name']})", ""
    return operation.what, ""


def _tell_layer(desk: Desk, table: str, rows: list[tuple[dict[str, Any], dict[str, Any]]], place: str) -> str:
    where = f" in {place}" if place else ""
    before, after = rows[0]
    if table == "finished":
        return f"“{'finished' if after else 'not finished'}”{where}"
    if len(rows) > 1:
        return f"{len(rows):,} {'codings' if table == 'codings' else 'decisions on suggestions'}{where}"
    what = _what_of_coding(before, after) if table == "codings" else _DECIDED[(after or before)["decision"]]
    return f"{what}{where} ({_name(desk, (after or before)['code'])})"


def _what_of_coding(before: dict[str, Any], after: dict[str, Any]) -> str:
    if not before:
        return "coding"
    if not after:
        return "removal of a coding"
    changed = [what for names, what in _FIELDS if any(before.get(name) != after.get(name) for name in names)]
    return changed[0] if len(changed) == 1 else "change of a coding"


def _what_of_code(before: dict[str, Any], after: dict[str, Any]) -> str:
    if not before:
        return "new code"
    if not after:
        return "removal of a code"
    changed = [what for name, what in _OF_CODES if before.get(name) != after.get(name)]
    return changed[0] if len(changed) == 1 else "change of a code"


def _name(desk: Desk, code: str) -> str:
    codes = desk.content.codes()
    return codes[code].name if code in codes else code
