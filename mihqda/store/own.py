"""What one person did: undo and redo of her own last action, beside the work of others."""

from __future__ import annotations

from mihqda.errors import ConflictError
from mihqda.store.database import Store
from mihqda.store.history import LAST_WORD, SELECT, Operation, turn_back


def undo_own(store: Store, who: str, *, names_others: bool = True) -> Operation:
    """Take back the latest step of one person that is not taken back.

    Parameters
    ----------
    who
        Whose step, as the history writes her.
    names_others
        Whether the reason why it cannot be taken back may say who did what since then.

    Raises
    ------
    ConflictError
        If there is nothing of hers to undo, or later steps build on it; nothing was changed then.
    """
    rows = store.read(
        f"{SELECT} WHERE kind = 'do' AND who = ? AND coalesce({LAST_WORD}, '') <> 'undo'"
        " ORDER BY step DESC LIMIT 1",
        (who,),
    )
    if not rows:
        raise ConflictError("there is nothing of yours to undo")
    operation = Operation(*rows[0])
    turn_back(store, operation, "undo", who, names_others=names_others)
    return operation


def redo_own(store: Store, who: str, *, names_others: bool = True) -> Operation:
    """Do again what one person undid last; a new step of hers in between clears what could be redone.

    Raises
    ------
    ConflictError
        If there is nothing of hers to redo, or later steps build on what it would change.
    """
    rows = store.read(
        f"""{SELECT} WHERE step = (
            SELECT u.target FROM history u
            WHERE u.kind = 'undo' AND u.who = :who
              AND u.step = (SELECT max(m.step) FROM history m WHERE m.target = u.target)
              AND u.step > (SELECT coalesce(max(d.step), 0) FROM history d WHERE d.kind = 'do' AND d.who = :who)
            ORDER BY u.step DESC LIMIT 1)""",
        {"who": who},
    )
    if not rows:
        raise ConflictError("there is nothing of yours to redo")
    operation = Operation(*rows[0])
    turn_back(store, operation, "redo", who, names_others=names_others)
    return operation
