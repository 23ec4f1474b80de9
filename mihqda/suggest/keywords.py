"""Keyword rules as a suggester: a code's keywords and the researcher's own patterns.

It learns nothing and knows no probability: where a keyword of a code stands, the code is proposed, and the segments in which more
and longer ones stand come first. How often that is right on a study, `precision_of_keywords` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from mihqda.codebook import Code
from mihqda.errors import InputError
from mihqda.spans import Span
from mihqda.suggest.inflection import lemma_version
from mihqda.suggest.matching import Hit
from mihqda.suggest.model import Evidence, Scores
from mihqda.suggest.rules import Rules, languages_of, parse_for, source_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


HIT_COLUMNS = ("code", "transcript", "start", "end", "pattern", "negated")
PRECISION_COLUMNS = ("code", "language", "hits", "right", "precision", "low", "high")
ANY_HIT = 1e-9
"""The threshold: below the weight of whatever hit."""
VERSION = "1"

Patterns = Mapping[str, Sequence[str]]


def make(
    codes: Sequence[Code],
    *,
    seed: int = 0,
    patterns: Patterns | None = None,
    languages: Sequence[str] | None = None,
    is_inflected: bool = True,
    lemmas: bool = False,
) -> Keywords:
    """Make the suggester.

    Parameters
    ----------
    codes
        Whose keywords to look for. Of a code that is not codable or is retired, none is.
    seed
        Not used: nothing here is drawn by lot.
    patterns
        The researcher's own: code id -> patterns (see `mihqda.suggest.patterns`), looked for in every language.
    languages
        Whose keywords to look for in every segment, for talk in which languages are mixed; without, those
        of the segment's own language, and in a segment of unknown language those of all.
    is_inflected
        False: a word meets only itself.
    lemmas
        Whether words with the same lemma in the tables of spacy-lookups-data meet. On the example study what this
        added was seldom right, and a study would give other hits where the package is missing: so only if asked.

    Raises
    ------
    InputError
        If a pattern cannot be read (naming code, pattern and place), or is for a code that does not exist.
    """
    return Keywords(
        codes, patterns=patterns or {}, languages=languages, is_inflected=is_inflected, lemmas=lemmas
    )


class Keywords:
    """Proposes a code wherever one of its patterns stands; see `make`."""

    name = "keywords"
    version = VERSION

    def __init__(
        self,
        codes: Sequence[Code],
        *,
        patterns: Patterns | None = None,
        languages: Sequence[str] | None = None,
        is_inflected: bool = True,
        lemmas: bool = False,
    ) -> None:
        own = {code: tuple(texts) for code, texts in (patterns or {}).items()}
        unknown = sorted(own.keys() - {code.id for code in codes})
        if unknown:
            raise InputError(f"patterns for unknown codes: {', '.join(unknown)}; see: mihqda codebook list")
        version = lemma_version() if lemmas else ""
        if lemmas and not version:
            raise InputError("lemmas need tables that are not here: pip install spacy-lookups-data")
        self._lemmas = lemmas and is_inflected
        self._sources = tuple(source_of(code, own.get(code.id, ())) for code in codes)
        self._languages = None if languages is None else tuple(languages)
        self._is_inflected = is_inflected
        self.settings: Mapping[str, Any] = {
            "patterns": {code: list(texts) for code, texts in sorted(own.items())},
            "languages": None if languages is None else list(languages),
            "is_inflected": is_inflected,
            "lemmas": version if self._lemmas else "",
        }
        self._rules: dict[str, Rules] = {}
        for language in {"en", *languages_of(self._sources)}:
            self._rules_for(
                language
            )  # a pattern that cannot be read is told of now, not in the midst of the work

    def fit(self, segments: pd.DataFrame, labels: NDArray[np.float64]) -> Self:
        """Learn nothing."""
        return self

    def score(self, segments: pd.DataFrame) -> Scores:
        """Return the weight of the distinct patterns of each code in each segment.

        A pattern weighs as much as it has words, shared among the codes that have it. Where a code has no keywords
        for a segment's language the ranking is NaN; the probability always is.
        """
        shape = (len(segments), len(self._sources))
        ranking = np.zeros(shape)
        texts = segments["text"].tolist()
        languages = segments["language"].tolist()
        for language in dict.fromkeys(languages):
            rules = self._rules_for(language)
            rows = [row for row, one in enumerate(languages) if one == language]
            if rules.silent:
                ranking[np.ix_(rows, rules.silent)] = np.nan
            for row in rows:
                for pattern in {hit.pattern for hit in rules.find(texts[row])}:
                    for code, weight in rules.weights[pattern]:
                        ranking[row, code] += weight
        # Sums of the same weights in another order may differ in the last digit.
        return Scores(np.full(shape, np.nan), np.round(ranking, 9), np.full(len(self._sources), ANY_HIT))

    def explain(self, segments: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[Evidence]:
        """Return what was found of a code in a segment: the words, the negations near them, the keyword."""
        starts = segments["start"].tolist()
        texts = segments["text"].tolist()
        languages = segments["language"].tolist()
        found: dict[int, list[Hit]] = {}
        out = []
        for row, code in pairs:
            rules = self._rules_for(languages[row])
            if row not in found:
                found[row] = rules.find(texts[row])
            out.append(_evidence(found[row], rules, code, int(starts[row])))
        return out

    def hits(self, segments: pd.DataFrame) -> Iterator[tuple[int, int, str, Hit]]:
        """Yield every hit as (row, code, pattern as it was written, where in the segment's text)."""
        texts = segments["text"].tolist()
        for row, language in enumerate(segments["language"].tolist()):
            rules = self._rules_for(language)
            for hit in rules.find(texts[row]):
                for code, _ in rules.weights[hit.pattern]:
                    yield row, code, rules.patterns[hit.pattern].text, hit

    def _rules_for(self, language: str) -> Rules:
        rules = self._rules.get(language)
        if rules is None:
            asked = self._languages or ((language,) if language != "und" else languages_of(self._sources))
            rules = self._rules[language] = Rules(
                self._sources, asked, is_inflected=self._is_inflected, lemmas=self._lemmas
            )
        return rules


def find_hits(
    segments: pd.DataFrame,
    codes: Sequence[Code] | Patterns,
    *,
    patterns: Patterns | None = None,
    languages: Sequence[str] | None = None,
    is_inflected: bool = True,
    lemmas: bool = False,
) -> pd.DataFrame:
    """Return every hit of codes' keywords, or of patterns not yet given to a code: the preview of a rule.

    Parameters
    ----------
    segments
        See `mihqda.suggest.model`.
    codes
        Codes, or a mapping of any name -> patterns.
    patterns, languages, is_inflected, lemmas
        As in `make`.

    Returns
    -------
    DataFrame
        ``code``, ``transcript``, ``start``, ``end`` (code points of the transcript, from the first to the last
        word found), ``pattern`` as it was written, ``negated``; in the order of the segments.

    Raises
    ------
    InputError
        As `make`.
    """
    if isinstance(codes, Mapping):
        names = list(codes)
        own = [[parse_for(text, name).text for text in codes[name]] for name in names]
        patterns = {f"rule.{at}": texts for at, texts in enumerate(own)}
        codes = [Code(id=rule, name=rule) for rule in patterns]
    else:
        names = [code.id for code in codes]
    rules = make(codes, patterns=patterns, languages=languages, is_inflected=is_inflected, lemmas=lemmas)
    transcripts, starts = segments["transcript"].tolist(), segments["start"].tolist()
    rows = [
        (
            names[code],
            transcripts[row],
            starts[row] + hit.start,
            starts[row] + hit.end,
            text,
            bool(hit.negations),
        )
        for row, code, text, hit in rules.hits(segments)
    ]
    frame = pd.DataFrame(rows, columns=list(HIT_COLUMNS))
    return frame.astype({"start": "int64", "end": "int64", "negated": "bool"})


def precision_of_keywords(
    segments: pd.DataFrame, labels: NDArray[np.float64], codes: Sequence[Code], **settings: Any
) -> pd.DataFrame:
    """Return how often the keywords of a code were right, per language of the segments.

    Parameters
    ----------
    segments
        See `mihqda.suggest.model`.
    labels
        Shape (segments, codes): 1 coded, 0 read and not coded, NaN unread, which does not count.
    codes
        In the order of the labels.
    **settings
        As in `make`.

    Returns
    -------
    DataFrame
        ``code``, ``language``, ``hits`` (segments in which a keyword stands), ``right`` (those that are coded),
        ``precision`` with its 95 % interval of Wilson (1927, doi 10.1080/01621459.1927.10502953) as ``low`` and
        ``high``; a code without hits has no row. The row of code "" counts all of a language.
    """
    scores = make(codes, **settings).score(segments)
    is_hit = (scores.ranking >= ANY_HIT) & ~np.isnan(labels)
    spoken = segments["language"].to_numpy()
    rows: list[tuple[str, str, int, int, float, float, float]] = []
    for language in sorted(set(spoken.tolist())):
        here = is_hit & (spoken == language)[:, None]
        counts = here.sum(axis=0)
        right = (here & (labels == 1)).sum(axis=0)
        named = [("", int(counts.sum()), int(right.sum()))]
        named += [(code.id, int(counts[at]), int(right[at])) for at, code in enumerate(codes)]
        rows += [
            (code, language, hits, good, good / hits, *wilson(good, hits))
            for code, hits, good in named
            if hits
        ]
    frame = pd.DataFrame(rows, columns=list(PRECISION_COLUMNS))
    return frame.astype(
        {"hits": "int64", "right": "int64", "precision": "float64", "low": "float64", "high": "float64"}
    )


def wilson(right: int, hits: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Return the interval of a share after Wilson (1927); NaN, NaN of nothing.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if hits == 0:
        return float("nan"), float("nan")
    share = right / hits
    middle = share + z * z / (2 * hits)
    half = z * (share * (1 - share) / hits + z * z / (4 * hits * hits)) ** 0.5
    whole = 1 + z * z / hits
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _evidence(hits: Sequence[Hit], rules: Rules, code: int, offset: int) -> Evidence:
    weighed: dict[Span, float] = {}
    negations: dict[Span, None] = {}
    heaviest: tuple[float, str] = (0.0, "")
    for hit in hits:
        weight = dict(rules.weights[hit.pattern]).get(code)
        if weight is None:
            continue
        if weight > heaviest[0]:
            heaviest = (weight, rules.patterns[hit.pattern].text)
        for start, end in hit.pieces:
            span = Span(offset + start, offset + end)
            weighed[span] = max(weight, weighed.get(span, 0.0))
        negations.update((Span(offset + start, offset + end), None) for start, end in hit.negations)
    words = sorted(weighed, key=lambda span: (-weighed[span], span))
    return Evidence(
        words=tuple(words),
        weights=tuple(weighed[span] for span in words),
        negated=tuple(sorted(negations)),
        field="keyword" if words else "",
        matched=heaviest[1],
    )
