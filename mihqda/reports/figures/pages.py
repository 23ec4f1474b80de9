"""Cut what is drawn into pages."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import pandas as pd

from mihqda.reports.figures.sheet import TALLEST
from mihqda.reports.wording import Wording


def cut_pages(frame: pd.DataFrame, key: str, height: Callable[[pd.DataFrame], float]) -> list[pd.DataFrame]:
    """Cut a frame into as few parts as fit on pages, of about as many values of `key` each."""
    values = list(dict.fromkeys(frame[key]))
    pages = [frame]
    for number in range(1, len(values) + 1):
        length = ceil(len(values) / number)
        parts = [set(values[start : start + length]) for start in range(0, len(values), length)]
        pages = [frame[frame[key].isin(part)].reset_index(drop=True) for part in parts]
        if all(height(page) <= TALLEST for page in pages):
            break
    return pages


def page_id(figure: str, number: int, pages: int) -> str:
    """Return the id of a page: ``F1``, or ``F1.2`` if there are several."""
    return figure if pages == 1 else f"{figure}.{number}"


def page_title(title: str, number: int, pages: int, words: Wording) -> str:
    """Return the title of a page, with its number if there are several."""
    return title if pages == 1 else words.say("figure_part", title=title, number=number, all=pages)
