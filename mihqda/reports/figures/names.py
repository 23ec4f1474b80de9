"""Names and depths: what a drawing writes beside its rows."""

from __future__ import annotations

import pandas as pd

from mihqda.reports.counts import Counts
from mihqda.reports.grid import rows_of
from mihqda.snapshot import Snapshot
from mihqda.themes.groups import ALL, INTERVIEWER, UNASSIGNED

_NAMED = {"theme": "name", "code": "name", "code_a": "name_a", "code_b": "name_b"}


def with_names(frame: pd.DataFrame, snapshot: Snapshot) -> pd.DataFrame:
    """Return a statistic's frame with the names of its themes and codes, and with how deep they stand.

    Parameters
    ----------
    frame
        With a column ``theme`` or ``code``, or with ``code_a`` and ``code_b``.
    snapshot
        Where it comes from.

    Returns
    -------
    DataFrame
        The same rows with ``name`` and ``depth`` (how many of the frame's codes stand above it), or with
        ``name_a`` and ``name_b``, ``place_a`` and ``place_b`` (among all codes); an id that the study does not have is its own name.
    """
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, name, parent in rows_of(snapshot.codes, "code", "name", "parent"):
        names[code], parents[code] = name or code, parent
    for theme, name in rows_of(snapshot.themes, "theme", "name"):
        names[theme] = name or theme
    own = set(snapshot.themes["theme"])
    out = frame.copy()
    for column, target in _NAMED.items():
        if column in frame.columns:
            out[target] = [names.get(one, one) for one in frame[column]]
    places = {code: at for at, code in enumerate(snapshot.codes["code"])}
    for column in ("code_a", "code_b"):
        if column in frame.columns:
            out[column.replace("code", "place")] = [places.get(one, len(places)) for one in frame[column]]
    for column in ("theme", "code"):
        if column in frame.columns:
            here = set(frame[column])

            def depth(code: str, here: set[str] = here) -> int:
                above, found = "" if code in own else parents.get(code, ""), 0
                while above:
                    found += above in here
                    above = parents.get(above, "")
                return found

            out["depth"] = pd.Series([depth(one) for one in frame[column]], index=out.index, dtype="int64")
    return out


def named_rows(frame: pd.DataFrame, column: str) -> dict[str, tuple[str, int]]:
    """Return id -> name and depth, in the frame's order; without these columns the id itself, at depth 0."""
    names = frame["name"] if "name" in frame.columns else frame[column]
    depths = frame["depth"].tolist() if "depth" in frame.columns else [0] * len(frame)
    return {
        one: (str(name), int(depth)) for one, name, depth in zip(frame[column], names, depths, strict=True)
    }


def named_counts(counts: Counts) -> pd.DataFrame:
    """Return the numbers of a report's themes by group of people, with the names that the report gives them."""
    names = {one.theme: one.name for one in counts.entries}
    depths = {one.theme: one.depth for one in counts.entries}
    frame = of_groups(counts.frame)
    return frame.assign(
        name=frame["theme"].map(names).astype("str"), depth=frame["theme"].map(depths).astype("int64")
    )


def of_groups(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of groups of people: not everybody together, no strangers, no interviewers."""
    return frame[~frame["group"].isin((ALL, UNASSIGNED, INTERVIEWER))]
