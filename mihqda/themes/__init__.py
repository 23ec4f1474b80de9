"""Stage 4: themes, patterns over codes, and who voiced them.

One statistic per module; each takes a Snapshot (selected or whole), leaves it as it is, and returns a frame:

==================== ==========================================================
`table`              theme × group: participants of N, +, −, mentions, rates
`phases`             theme × phase
`frequencies`        codes one by one
`cooccurrence`       code × code, by overlap or by any unit
`several`            codings over the words of several people
`exclusions`         codings that no count holds, with the reason
`quotes`             the text behind every number
==================== ==========================================================

What the numbers mean stands in `RULES`.
"""

from mihqda.themes.query import Theme, parse
from mihqda.themes.rules import RULES

__all__ = ["RULES", "Theme", "parse"]
