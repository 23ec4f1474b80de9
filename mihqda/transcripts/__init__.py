"""Stage 1: a file becomes a Transcript, an unchanging text with turns, speakers and times.

The readers are plug-ins (one file per format); nothing here imports them.
"""

from mihqda.transcripts.model import Reader, Reading, Speech, Transcript, Turn, compose

__all__ = ["Reader", "Reading", "Speech", "Transcript", "Turn", "compose"]
