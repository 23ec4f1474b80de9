"""Segments that are exchanges: a question with its answer."""

from __future__ import annotations

from collections.abc import Callable

from mihqda.spans import Span
from mihqda.transcripts import Transcript, Turn
from mihqda.transcripts.speech import is_backchannel


def cut(transcript: Transcript, *, is_interviewer: Callable[[Turn], bool], size: int) -> list[Span]:
    """Return the exchanges, each from the start of its first turn to the end of its last.

    An exchange begins at an interviewer's turn that follows somebody else's, unless it is a backchannel
    ("hm"); so several questions in a row stay with the answer to them, and talk before the first question is
    an exchange of its own. `size` makes no difference::

        P1  I  I  P1  I(hm)  P1  P2  I  P1
        [)  [----------------------) [---)
    """
    out: list[Span] = []
    is_answered = False
    for turn in transcript.turns:
        asks = is_interviewer(turn)
        is_new = asks and is_answered and not is_backchannel(turn.span.quote(transcript.text))
        if is_new or not out:
            out.append(turn.span)
            is_answered = False
        else:
            out[-1] |= turn.span
        is_answered = is_answered or not asks
    return out
