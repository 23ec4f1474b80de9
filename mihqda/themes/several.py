"""Codings over the words of several people, for the researcher to decide on."""

from __future__ import annotations

import pandas as pd

from mihqda.codings.frame import rows_of
from mihqda.snapshot import Snapshot
from mihqda.themes.people import cast_of

COLUMNS = ("coding", "transcript", "start", "end", "code", "coder", "participants", "people")


def codings_over_several(snapshot: Snapshot) -> pd.DataFrame:
    """List the codings in which several people speak, backchannels and interviewers aside.

    Such a coding is no evidence that each of them said it. Until it is split it counts for each.

    Returns
    -------
    DataFrame
        coding, transcript, start, end, code, coder; participants (``Int64``), how many of them are in the
        register; people, who they are, joined by ``", "``: ids in the register's order, then the labels of
        speakers who are not in it, as ``LABEL (unassigned)``. In the order of the codings frame; a turn that
        two people share is among them.
    """
    cast = cast_of(snapshot)
    rows = []
    for row in rows_of(snapshot.codings, "coding", "transcript", "start", "end", "code", "coder"):
        _, transcript, start, end, _, _ = row
        people = sorted(cast.talks[transcript].people(start, end))
        persons = [cast.persons[place] for place in people if cast.persons[place].kind != "interviewer"]
        if len(persons) > 1:
            registered = sum(person.kind == "participant" for person in persons)
            rows.append((*row, registered, ", ".join(person.described() for person in persons)))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    text = dict.fromkeys(("coding", "transcript", "code", "coder", "people"), "str")
    return frame.astype({**text, "start": "int64", "end": "int64", "participants": "Int64"})
