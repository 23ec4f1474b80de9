"""Read Markdown (.md): as plain text, but headings, rules and front matter belong to no turn."""

from __future__ import annotations

from mihqda.transcripts.txt import TextReader

reader = TextReader("md", (".md", ".markdown"), has_headings=True)
