"""Stage 5: a Snapshot becomes tables, figures and documents.

Compute first, then draw, then write::

    build.build_report(snapshot)           -> Report    numbers, quotes and words; no file, no picture
    figures.to_svg(figure), .to_png        -> picture
    write.write_report(report, directory)  -> files     html, docx, xlsx, csv, and whatever a plug-in adds

One file per table (`participants`, `sources`, `codebook`, `themes`, `several`, `method`) and one per format
(`html`, `docx`, `xlsx`, `csv`). A table is a tidy frame and a grid: the frame goes to Excel and CSV, with n and
N in columns of their own; the grid is what people read on a page, where 2/7 is no date.
"""

from mihqda.reports.model import Figure, Report, ReportTable, ReportWriter

__all__ = ["Figure", "Report", "ReportTable", "ReportWriter"]
