"""Tables as a Dutch or German office writes them, CSV, XLSX and JSONL: rows that know their number.

======================= ============================================================================
what                    rule
======================= ============================================================================
suffixes                ``.csv .tsv .txt``, ``.xlsx .xlsm``, ``.jsonl .ndjson``
row number              as Excel shows it: the head is row 1, blank rows count, a record over several
                        lines is one row, a ``sep=;`` line is none; in JSONL the line of the file
column name             stripped, lower case, white space inside becomes ``_``: ``Start at`` -> ``start_at``
column without a name   the first one is an index and is ignored; any other is ignored with a warning if
                        it holds something
cell                    text, ``""`` if empty, never stripped, as `mihqda.encoding.normalise` leaves it (line
                        ends are LF, other control characters but the tab are spaces); whole numbers without
                        ``.0``, dates in ISO 8601, ``true`` and ``false``
row without content     skipped
text like a formula     text that begins with ``= + - @`` or a tab is written with an apostrophe before it
                        (CSV) or as quoted text (XLSX); reading takes that apostrophe away. A lone sign
                        (a valence) and numbers are written as they are
======================= ============================================================================

So every text comes back from each of the three formats as it was written, once it is normalised as the text
of a transcript is.
"""

from mihqda.tables.model import Row, Table, pick
from mihqda.tables.read import read_head, read_table
from mihqda.tables.values import parse_number
from mihqda.tables.write import write_csv, write_jsonl, write_xlsx

__all__ = [
    "Row",
    "Table",
    "parse_number",
    "pick",
    "read_head",
    "read_table",
    "write_csv",
    "write_jsonl",
    "write_xlsx",
]
