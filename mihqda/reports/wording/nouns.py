"""Nouns that are counted, one and many; and the months."""

from __future__ import annotations

NOUNS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "code": (("code", "codes"), ("code", "codes")),
    "coder": (("coder", "coders"), ("codeur", "codeurs")),
    "coding": (("coding", "codings"), ("codering", "coderingen")),
    "focus group": (("focus group", "focus groups"), ("focusgroep", "focusgroepen")),
    "interview": (("interview", "interviews"), ("interview", "interviews")),
    "joint interview": (("joint interview", "joint interviews"), ("duo-interview", "duo-interviews")),
    "mention": (("mention", "mentions"), ("uitspraak", "uitspraken")),
    "participant": (("participant", "participants"), ("deelnemer", "deelnemers")),
    "person": (("person", "people"), ("persoon", "personen")),
    "quote": (("quote", "quotes"), ("citaat", "citaten")),
    "session": (("session", "sessions"), ("sessie", "sessies")),
    "speaker": (("speaker", "speakers"), ("spreker", "sprekers")),
    "theme": (("theme", "themes"), ("thema", "thema's")),
    "topic": (("topic", "topics"), ("onderwerp", "onderwerpen")),
    "transcript": (("transcript", "transcripts"), ("transcript", "transcripten")),
    "unknown speaker": (("unknown speaker", "unknown speakers"), ("onbekende spreker", "onbekende sprekers")),
    "word": (("word", "words"), ("woord", "woorden")),
}
"""Noun -> (one, many) in English, and in Dutch."""

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
