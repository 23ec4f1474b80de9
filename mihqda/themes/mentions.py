"""Mentions: a statement counts once, however many codings mark it."""

from __future__ import annotations

from collections.abc import Sequence

from mihqda.themes.pieces import Piece


def mentions(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Join the pieces of a theme that belong together.

    Two pieces belong together if they overlap or touch, with nothing but white space, labels or backchannels
    between them, and share a person::

        P1  [---a---) [--b--)
        P2                    [--c--)     P1's a and b are one mention, P2's c is another
        P3                            [--d--)  hm  [--e--)     d and e are one

    A mention is a connected component of this relation, so it may hold the codings of several coders and
    people who share none of its pieces.

    Returns
    -------
    list of list of Piece
        The mentions, and the pieces in each, by transcript and place.
    """
    order = sorted(
        pieces, key=lambda piece: (piece.transcript, piece.low, piece.high, piece.start, piece.codings)
    )
    leader = list(range(len(order)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    # Going through the text, it is enough to know how far each person's last run of pieces reaches.
    runs: dict[int, tuple[str, int, int]] = {}
    for place, piece in enumerate(order):
        for person in piece.people:
            transcript, reach, member = runs.get(person, ("", -1, place))
            if transcript == piece.transcript and piece.low <= reach:
                first, second = sorted((lead(member), lead(place)))
                leader[second] = first
                runs[person] = (transcript, max(reach, piece.high), place)
            else:
                runs[person] = (piece.transcript, piece.high, place)
    found: dict[int, list[Piece]] = {}
    for place, piece in enumerate(order):
        found.setdefault(lead(place), []).append(piece)
    return list(found.values())
