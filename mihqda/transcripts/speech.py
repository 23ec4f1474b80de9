"""What counts as a word, and which turns only show that somebody listens."""

from __future__ import annotations

import unicodedata

_LONGEST = 40  # characters; two listening sounds are shorter, so that long turns need no look

_SOUNDS = """
h hm hmm hmmm mm mmm mhm mhmm mm-hm mm-hmm mmhm mmhmm hm-hm uh-huh uhuh uh-hu aha ah oh uh um eh ehm
yeah yes yep yup right ok okay sure exactly absolutely indeed true
ja jaja jawel precies oke oké klopt inderdaad juist zeker goed tuurlijk
genau stimmt richtig klar jawohl gut
oui ouais voilà d'accord exact sí si claro vale exacto
"""
_BACKCHANNELS = frozenset(_SOUNDS.split())


def count_words(text: str) -> int:
    """Return the number of words: stretches without white space that hold a letter or a digit.

    Examples
    --------
    >>> count_words("Yeah — that’s 2 e-mails …")
    4
    """
    words = text.split()
    return len(words) - sum(not _is_word(word) for word in words if not word[0].isalnum())


def is_backchannel(text: str) -> bool:
    """Tell whether a turn is only a listening sound of at most two words ("hm", "ja, ja", "right").

    "No" and "nee" are answers, not backchannels.

    Examples
    --------
    >>> is_backchannel("Mm-hm."), is_backchannel("Ja, precies!"), is_backchannel("Geen tijd.")
    (True, True, False)
    """
    if len(text) > _LONGEST:
        return False
    words = [word for word in text.split() if _is_word(word)]
    return 0 < len(words) <= 2 and all(_bare(word) in _BACKCHANNELS for word in words)


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token))


def _bare(word: str) -> str:
    folded = unicodedata.normalize("NFC", word).casefold().replace("’", "'")
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]
