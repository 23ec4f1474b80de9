"""What can be a speaker's label, and what only looks like one.

Any short beginning of a line with a colon after it could be a label; speech has such lines too ("And then
she said:", "Note:"). Here the words of one label decide; `mihqda.transcripts.labels` lets a whole transcript
vote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise

from mihqda.participants import is_generic_label, is_interviewer_label
from mihqda.transcripts import words as lists
from mihqda.transcripts.language import WORDS

MAX_LENGTH = 40
MAX_WORDS = 5

_FUNCTION_WORDS = frozenset[str]().union(*WORDS.values())
_ID = re.compile(
    r"""(?: [^\W\d_]{1,4}[_.\-]?\d{1,5}[^\W\d_]?(?:[-_.][^\W\d_]{0,4}\d{1,4}[^\W\d_]?)*   # P3, IM12a, FG1-P3
          | [^\W\d_]{1,3}[ ]\d{1,4}                                                    # P 3
          | \d{1,3}[^\W\d_]{1,3}                                                       # 3M
          | [A-Z]{1,2} | [a-z]                                                         # B, LR
        )\.?""",
    re.VERBOSE,
)
_QUESTION_NUMBER = re.compile(r"(?:q|vraag|frage|question|pregunta|item)[ .]?\d+[a-z]?", re.IGNORECASE)
_QUESTION_OR_ANSWER = re.compile(
    r"(?:question|answer|vraag|antwoord|frage|antwort|pregunta|respuesta)", re.IGNORECASE
)
_SHAPE = re.compile(r"[\w(][\w\u0300-\u036f .,'’´`&/+()\-–·#@]*")
_JOINT = re.compile(r"\s*[&/+,;]\s*|\s+(?:and|en|und|et|y|e)\s+", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ue000-\ue002]")
_GENDER = re.compile(r"(?<=\w)[:*_](?:innen|in)\b")  # Teilnehmer:in
_PARENTHESIS = re.compile(r"\s*\([^()\d]*\)")
_TITLES = frozenset(
    {"dr", "mr", "mrs", "ms", "mx", "prof", "drs", "ir", "ing", "mw", "dhr", "st", "sr", "sra", "mme"}
)


def clean(label: str) -> str:
    """Return a label with single spaces, composed letters, and no invisible characters or emphasis around it.

    A label is a name and no part of the text: decomposed as a Mac writes it, it would be another than the one
    that a person types.
    """
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", label))
    return " ".join(visible.split()).strip(":*_ ")


def is_id(label: str) -> bool:
    """Tell whether a label is a code for a person: ``P3``, ``IM 12``, ``FG1-P3``, ``3M``, ``B``."""
    if not _ID.fullmatch(label) or _QUESTION_NUMBER.fullmatch(label):
        return False
    letters = label.partition(" ")[0]
    word = letters.casefold()
    if word in lists.REMARKS or word in lists.OPENERS:
        return False
    return (
        len(letters) == 1 or word not in _FUNCTION_WORDS or (letters != label and letters.isupper())
    )  # IM 3


def is_known(label: str) -> bool:
    """Tell whether a label is a speaker's by itself: a code, or words as in ``Speaker 2``, ``Vrouw 1``."""
    label = _GENDER.sub("", _PARENTHESIS.sub("", label))
    if is_id(label):
        return True
    if not label or _QUESTION_NUMBER.fullmatch(label) or _QUESTION_OR_ANSWER.fullmatch(label):
        return False
    if is_interviewer_label(label) or is_generic_label(label):
        return True
    parts = [part for part in _JOINT.split(label) if part]
    if len(parts) > 1:
        return all(is_known(part) for part in parts)
    words = [word for word in re.split(r"[\s_\-]+", label) if word.strip(".,#'’")]
    return any(_bare(word) in lists.PEOPLE for word in words) and all(_is_known_word(word) for word in words)


def is_possible(label: str) -> bool:
    """Tell whether a cleaned label could be a speaker's: short; no phrase, remark, particular or event."""
    label = _PARENTHESIS.sub("", _GENDER.sub("", label)) if len(label) <= MAX_LENGTH else ""
    words = label.split()
    if not words or len(words) > MAX_WORDS or not _SHAPE.fullmatch(label):
        return False
    if not any(ch.isalpha() for ch in label) or _QUESTION_NUMBER.fullmatch(label):
        return False
    if is_id(label):
        return True
    folded = [_bare(word) for word in words]
    if len(words) == 1:
        return folded[0] in lists.PEOPLE or not _is_other_word(words[0])
    if any(word in lists.REMARKS or word in lists.EVENTS for word in folded):
        return False
    if folded[0] in lists.DETAILS or folded[-1] in lists.DETAILS or _ends_inside(words):
        return False
    return not _is_phrase(words)


def is_account_name(label: str) -> bool:
    """Tell whether a cleaned label could be a name in a meeting program: ``de Vries, Anna``, ``+31 6 1234``.

    Wider than `is_possible`, as only a label stands alone with a time; but no sentence.
    """
    if is_possible(label):
        return True
    if not label or len(label.split()) > 2 * MAX_WORDS or label.endswith((".", "?", "!", "…", ",")):
        return False
    is_phone = re.fullmatch(r"\+?[\d ()\-]{6,20}", label) is not None
    return is_phone or (is_name_like(label.replace("|", " ")) and any(map(str.isalpha, label)))


def is_name_like(label: str) -> bool:
    """Tell whether all words but particles begin with a capital or digit: ``Anna de Vries``, ``Lot (GP)``."""
    words = _PARENTHESIS.sub("", label).split()
    return bool(words) and all(
        word.casefold() in lists.PARTICLES or word[0].isupper() or not word[0].isalpha() for word in words
    )


def split_voices(label: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the speakers of a shared turn, or the label alone if it is one.

    Parameters
    ----------
    label
        Cleaned.
    known
        The transcript's labels, case-folded.

    Examples
    --------
    >>> split_voices("PL3/PL4", ()), split_voices("Jansen, Lot", {"interviewer"})
    (('PL3', 'PL4'), ('Jansen, Lot',))
    >>> split_voices("Anna and Ben", {"anna", "ben"})
    ('Anna', 'Ben')
    """
    bare = _PARENTHESIS.sub("", label)
    if bare != label and bare.casefold() in known:
        return (bare,)  # "P3 (laughing)" where P3 speaks as well
    parts = tuple(dict.fromkeys(part for part in _JOINT.split(label) if part))
    if len(parts) > 1 and all(part.casefold() in known or _is_numbered(part) for part in parts):
        return parts
    return (label,)


def names_voice(label: str, known: Collection[str]) -> bool:
    """Tell whether one part of a shared label is a label of its own or a code ("Anna and P3")."""
    parts = [part for part in _JOINT.split(label) if part]
    return len(parts) > 1 and any(part.casefold() in known or _is_numbered(part) for part in parts)


def _bare(word: str) -> str:
    return word.strip(".,#()'’").casefold()


def _is_known_word(word: str) -> bool:
    bare = _bare(word)
    if bare in lists.PEOPLE or bare in lists.NUMBERS or len(bare) == 1 or bare.isdigit():
        return True
    return word[0].isupper() and bare not in _FUNCTION_WORDS


def _is_numbered(label: str) -> bool:
    return is_id(label) or (label[-1:].isdigit() and is_known(label))


def _is_other_word(word: str) -> bool:
    """Tell whether a single word is one of speech or of the transcriber, not a name."""
    bare = _bare(word)
    if bare in lists.GIVEN_NAMES and word[0].isupper():
        return False
    return any(
        bare in words
        for words in (_FUNCTION_WORDS, lists.DETAILS, lists.REMARKS, lists.EVENTS, lists.VERBS, lists.OPENERS)
    )


def _ends_inside(words: list[str]) -> bool:
    """Tell whether a sentence ends before the last word; initials and titles do not end one."""
    return any(
        word[-1] == "."
        and len(word) > 2
        and word[-3] != "."
        and _bare(word) not in _TITLES
        and after.isalpha()
        for word, after in pairwise(words)
    )


def _is_phrase(words: list[str]) -> bool:
    """Tell whether several words are part of a sentence, by the first and the last of them."""
    first, last = words[0].casefold().strip(","), _bare(words[-1])
    if last in lists.VERBS or (len(last) > 1 and last in _FUNCTION_WORDS and last not in lists.GIVEN_NAMES):
        return True
    if first in lists.PARTICLES or (first in lists.GIVEN_NAMES and words[0][0].isupper()):
        return not words[1][0].isupper()
    return first in _FUNCTION_WORDS or first in lists.VERBS or first in lists.OPENERS
