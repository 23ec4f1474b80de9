"""Text in XML. The standard library's own module for it loads its whole network stack, for 40 ms of start-up."""

from __future__ import annotations

from html import escape as _escape


def escape(text: str) -> str:
    """Return a text with ``&``, ``<`` and ``>`` written as XML wants them."""
    return _escape(text, quote=False)


def quoteattr(text: str) -> str:
    """Return a text as the value of an attribute, in double quotes; line ends and tabs survive."""
    value = _escape(text).replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
    return f'"{value}"'
