"""Stage 2: a Transcript becomes Segments, views of its text in the unit that a coder reads."""

from mihqda.segments.model import UNITS, Segment, Unit, segment

__all__ = ["UNITS", "Segment", "Unit", "segment"]
