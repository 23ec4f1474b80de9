"""Find the span of a quote in a transcript, and check a quote against its span."""

from __future__ import annotations

import re

from mihqda.errors import InputError
from mihqda.spans import Span

# Word processors and terminals exchange these silently; a search may, the stored text never does.
_ALIKE = {
    **dict.fromkeys("'’‘‛", "['’‘‛]"),
    **dict.fromkeys('"“”„«»', '["“”„«»]'),
    **dict.fromkeys("-‐‑–—−", "[-‐‑–—−]"),
    **dict.fromkeys("…", r"(?:…|\.\.\.)"),
}


def locate(text: str, quote: str) -> Span:
    """Return the span of a quote that occurs exactly once.

    The quote is searched as it stands; if it does not occur so, white space, quotation marks, apostrophes and
    dashes may differ in their form.

    Raises
    ------
    InputError
        If the quote is empty, does not occur, or occurs more than once.
    """
    if not quote.strip():
        raise InputError("the quote is empty")
    found = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]
    if len(found) == 1:
        return Span(found[0], found[0] + len(quote))
    if not found:
        pattern = r"\s+".join("".join(_ALIKE.get(ch, re.escape(ch)) for ch in word) for word in quote.split())
        spans = [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]
        if len(spans) == 1:
            return Span(*spans[0])
        found = [start for start, _ in spans]
    if not found:
        raise InputError(f"the quote of {len(quote)} characters does not occur in the transcript")
    raise InputError(
        f"the quote of {len(quote)} characters occurs {len(found)} times, at {', '.join(map(str, found[:5]))}: "
        "give its position (start:end) or a longer quote"
    )


def check_quote(text: str, span: Span, quote: str) -> None:
    """Check that the text under a span is the quote.

    Raises
    ------
    InputError
        With the first offset that differs, never with the text itself.
    """
    there = span.quote(text)
    if there == quote or there == quote.replace("\r\n", "\n"):
        return
    at = next(
        (n for n, (a, b) in enumerate(zip(there, quote, strict=False)) if a != b), min(len(there), len(quote))
    )
    raise InputError(
        f"the quote ({len(quote)} characters) is not the text at {span} ({len(there)} characters): "
        f"they differ from character {at} of the quote on"
    )
