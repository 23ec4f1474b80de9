"""Suggestions of a project: making and listing them, and what they are worth; `decisions` decides on them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mihqda.codebook import Code
from mihqda.codebook.model import descendants
from mihqda.errors import InputError, MihqdaError, NotFoundError
from mihqda.project.codings import study_codes
from mihqda.project.lists import choose_lists, join
from mihqda.project.settings import approach_of, floor_of, folder_of
from mihqda.store import Store
from mihqda.store import suggestions as stored
from mihqda.store.database import now
from mihqda.suggest.model import Suggestion, check_seed

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.segments import Unit
    from mihqda.snapshot import Snapshot
    from mihqda.suggest.evaluation import Evaluation
    from mihqda.suggest.stop import Unread

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What making suggestions did.

    Parameters
    ----------
    suggestions
        What was proposed, in reading order; those that a coder decided before stand in the ledger as they were.
    suggester, version, settings, state
        Who proposed, how it was set, and a hash of what it learned from.
    coded
        How many coded segments it learned from; 0 where the codebook was all there was.
    segments
        How many segments it looked at.
    kept
        How many suggestions stay from before because somebody decided on them.
    notes
        What a coder should know, one sentence each: too little to learn from, a fallback, codes never used.
    """

    suggestions: tuple[Suggestion, ...]
    suggester: str
    version: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""
    coded: int = 0
    segments: int = 0
    kept: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that making suggestions takes, read from the study: the work itself needs no store."""

    snapshot: Snapshot
    codes: tuple[Code, ...]
    unit: Unit
    suggester: str
    transcripts: tuple[str, ...]
    coders: tuple[str, ...]
    folder: str
    is_folder_needed: bool
    seed: int
    jobs: int = 1


def plan_suggestions(
    store: Store,
    snapshot: Snapshot,
    *,
    unit: Unit = "turn",
    suggester: str = "default",
    transcripts: Sequence[str] = (),
    coders: Sequence[str] = (),
    folder: str | Path | None = None,
    seed: int = 0,
    jobs: int = 1,
) -> Plan:
    """Read what making suggestions takes; see `Project.suggest`."""
    check_seed(seed)
    _check_coders(snapshot, coders)
    _check_transcripts(snapshot, transcripts)
    codes = offered_codes(store)
    kept = folder_of(store) if suggester == "default" else ""
    return Plan(
        snapshot, codes, unit, suggester, tuple(transcripts), tuple(sorted(set(coders))), str(folder or kept),
        bool(folder), seed, jobs,
    )  # fmt: skip


def learn(plan: Plan, *, progress: Progress = lambda what, done, total: None) -> Suggested:
    """Return what a suggester proposes after learning from the study; nothing is written."""
    import numpy as np

    from mihqda.suggest.material import labels_of, segments_of, state_of
    from mihqda.suggest.propose import propose
    from mihqda.suggest.suggesters import make

    segments = segments_of(plan.snapshot, plan.unit)
    if segments.empty:
        raise InputError(
            "there is nothing to suggest codes for: no participant says anything yet; see: mihqda import, "
            "mihqda participants STUDY"
        )
    labels = labels_of(plan.snapshot, segments, plan.codes, coders=plan.coders)
    settings, notes = _embeddings(plan.folder, is_needed=plan.is_folder_needed)
    model = make(plan.suggester, plan.codes, seed=plan.seed, **settings)
    progress("learning", 0, 1)
    model.fit(segments, labels)
    progress("learning", 1, 1)
    chosen = np.ones(len(segments), bool)
    if plan.transcripts:
        chosen = segments["transcript"].isin(plan.transcripts).to_numpy()
    # Who was learned from is part of how it was set, for a refit to be the same.
    whose = {"coders": list(plan.coders)} if plan.coders else {}
    described = {**model.settings, **whose}
    state = str(getattr(model, "state", "")) or state_of(
        segments, labels, plan.codes, suggester=model.name, version=model.version, settings=described
    )
    proposed = propose(
        model, segments[chosen].reset_index(drop=True), plan.codes, plan.snapshot, labels=labels[chosen],
        jobs=plan.jobs, coders=plan.coders, state=state, progress=progress,
    )  # fmt: skip
    if not np.isnan(labels[chosen]).any():
        notes.append("all of this is read and coded: nothing is left to suggest")
    return Suggested(
        tuple(dataclasses.replace(one, settings=described) for one in proposed) if whose else proposed,
        model.name, model.version, described, state, int((labels == 1).any(axis=1).sum()), int(chosen.sum()), 0,
        (*notes, *getattr(model, "messages", ())),
    )  # fmt: skip


def keep(store: Store, plan: Plan, made: Suggested) -> Suggested:
    """Put what was proposed into the ledger; what somebody decided on stays as it was, and so do other lists."""
    lists = stored.lists_of(store, made.suggester)
    _, kept = stored.put_suggestions(
        store, made.suggestions, suggester=made.suggester, transcripts=plan.transcripts, coders=plan.coders
    )
    return dataclasses.replace(
        made, kept=kept, notes=(*made.notes, *_tell_lists(plan, made.suggester, lists))
    )


def _tell_lists(plan: Plan, suggester: str, lists: Mapping[tuple[str, ...], set[str]]) -> list[str]:
    """Say what a new list takes the place of, and what is shown instead of it."""
    said = []
    others = sorted(lists.get(plan.coders, set()) - {plan.unit})
    if others:
        whose = f" learned from {join(plan.coders)}" if plan.coders else ""
        where = f" in {', '.join(plan.transcripts)}" if plan.transcripts else ""
        said.append(
            f"these replace the suggestions of {suggester}{whose} by {' and '.join(others)} that nobody decided on{where}: "
            "there is one list, whatever the unit"
        )
    own = [coders[0] for coders in sorted(lists) if len(coders) == 1]
    if own and not plan.coders:
        said.append(
            f"a list learned from one coder alone stays, and she is shown that: {', '.join(own)} (renew it with --coder)"
        )
    return said


def offered_codes(store: Store) -> tuple[Code, ...]:
    """Return the codes that may be suggested.

    Raises
    ------
    InputError
        If there is none.
    """
    from mihqda.suggest.material import codes_to_suggest

    codes = codes_to_suggest(study_codes(store).values())
    if not codes:
        raise InputError(
            "the study has no code that could be suggested: load a codebook (mihqda codebook load STUDY FILE), "
            "or add codes that are no containers"
        )
    return codes


def list_suggestions(
    store: Store,
    snapshot: Snapshot,
    *,
    coder: str = "",
    order: str = "rare",
    pending: bool = True,
    hidden: bool = False,
    transcripts: Sequence[str] = (),
    codes: Sequence[str] = (),
    suggester: str = "",
    taught_by: Sequence[str] | None = None,
    is_blind: bool = False,
    seed: int = 0,
) -> pd.DataFrame:
    """Return suggestions in the order of review; see `Project.suggestions`.

    `suggester` keeps those of one, and `taught_by` those of the list learned from these coders (none: everybody).
    """
    import pandas as pd

    from mihqda.suggest.order import queue

    check_seed(seed)
    whose = cache(lambda settings: join(stored.coders_of(settings)))
    frame = pd.DataFrame(
        [(*row, whose(settings)) for *row, settings in stored.live_rows(store)],
        columns=[
            "suggestion", "transcript", "start", "end", "unit", "code", "probability", "score", "strength",
            "suggester", "version", "learned_from", "taught_by",
        ],
    )  # fmt: skip
    if frame.empty:
        frame = frame.astype("str")
    frame = frame.astype({
        "start": "int64", "end": "int64", "probability": "float64", "score": "float64", "learned_from": "int64",
    })  # fmt: skip
    if suggester:
        frame = frame[frame["suggester"] == suggester]
    if taught_by is not None:
        frame = frame[frame["taught_by"] == join(taught_by)]
    frame = choose_lists(frame, coder, is_blind=is_blind)
    _check_transcripts(snapshot, transcripts)
    if transcripts:
        frame = frame[frame["transcript"].isin(list(transcripts))]
    known = study_codes(store)
    if codes:
        frame = frame[frame["code"].isin(_with_below(codes, known))]
    measured = measured_precision(store)
    places = list(zip(frame["suggester"], frame["version"], frame["code"], strict=True))
    frame = frame.assign(
        measured=pd.Series(
            [measured.get(one, math.nan) for one in places], index=frame.index, dtype="float64"
        )
    )
    if not hidden:
        frame = frame[~(frame["measured"] < floor_of(store))]
    if is_blind:
        frame = frame.assign(measured=math.nan)  # it was measured on everybody's codings
    decided = _Decided(store, snapshot, coder)
    frame = frame.assign(
        decision=pd.Series([decided.on(*row) for row in _identity(frame)], index=frame.index, dtype="str")
    )
    if pending:
        frame = frame[frame["decision"].isin(["", "skipped"])]  # skipped is left for later, not decided
        frame = frame[
            pd.Series(
                [decided.is_open(*row[1:]) for row in _identity(frame)], index=frame.index, dtype="bool"
            )
        ]
    if not coder:
        frame = frame.assign(decision="")  # whose decisions is for their coders to see
    codings = snapshot.codings if not coder else snapshot.codings[snapshot.codings["coder"] == coder]
    counts = codings["code"].value_counts()
    frame = frame.reset_index(drop=True)
    frame = frame.assign(
        name=pd.Series([known[one].name for one in frame["code"]], dtype="str"),
        coded=frame["code"].map(counts).fillna(0).astype("int64"),
        speaker=_speakers(snapshot, frame),
        quote=pd.Series(
            [
                snapshot.texts[transcript][start:end]
                for transcript, start, end in zip(frame["transcript"], frame["start"], frame["end"], strict=True)
            ],
            dtype="str",
        ),
        is_outdated=[
            version != (installed_version(name) or version)
            for name, version in zip(frame["suggester"], frame["version"], strict=True)
        ],
    )  # fmt: skip
    ordered = queue(frame.astype({"is_outdated": "bool"}), by=order, seed=seed)  # type: ignore[arg-type]
    first = [
        "suggestion", "transcript", "start", "end", "code", "name", "probability", "score", "strength", "speaker",
        "quote", "suggester", "measured", "decision", "position",
    ]  # fmt: skip
    return ordered[[*first, *(column for column in ordered.columns if column not in first)]]


@cache
def installed_version(suggester: str) -> str:
    """Return the version of a suggester as it is installed here; "" if it is not."""
    from mihqda.suggest.suggesters import make

    try:
        return str(make(suggester, ()).version)
    except MihqdaError:
        return ""


def evaluate(
    store: Store,
    snapshot: Snapshot,
    *,
    unit: Unit = "turn",
    suggester: str = "default",
    coders: Sequence[str] = (),
    folds: int | None = None,
    folder: str | Path | None = None,
    seed: int = 0,
    jobs: int = 1,
    with_curve: bool = True,
    who: str = "",
    progress: Progress = lambda what, done, total: None,
) -> Evaluation:
    """Measure a suggester on the study's own codings and keep the result; see `Project.evaluate`."""
    from mihqda.suggest.evaluate import evaluate as measure

    plan = plan_suggestions(
        store, snapshot, unit=unit, suggester=suggester, coders=coders, folder=folder, seed=seed
    )
    settings, _ = _embeddings(plan.folder, is_needed=plan.is_folder_needed)

    def tell(done: int, total: int) -> None:
        progress("measuring", done, total)

    result = measure(
        snapshot, plan.codes, suggester=suggester, unit=unit, coders=coders, folds=folds, seed=seed,
        settings=settings, jobs=jobs, with_curve=with_curve, progress=tell,
    )  # fmt: skip
    stored.add_evaluation(store, at=now(), who=who, state=result.state, result=result.to_json())
    return result


def last_evaluation(store: Store) -> Evaluation | None:
    """Return the evaluation that was made last; None if there is none.

    Raises
    ------
    InputError
        If what is stored cannot be read.
    """
    from mihqda.suggest.evaluation import Evaluation

    found = stored.last_evaluation(store)
    if found is None:
        return None
    try:
        return Evaluation.from_json(found[1])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError(
            f"evaluation {found[0]} of the study cannot be read by this mihqda: make a new one with "
            "mihqda suggest evaluate STUDY"
        ) from None


def measured_precision(store: Store) -> dict[tuple[str, str, str], float]:
    """Return (suggester, version, code) -> precision when last evaluated.

    Codes without figures, or with fewer than `FEWEST_PROPOSED` suggestions in the evaluation, are left out.
    """
    from mihqda.suggest.evaluation import FEWEST_PROPOSED, Evaluation

    out: dict[tuple[str, str, str], float] = {}
    done: set[tuple[str, str]] = set()
    for *_, result in reversed(stored.get_evaluations(store)):
        try:
            one = Evaluation.from_json(result)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # of another version; `last_evaluation` says so
        key = (one.suggester, one.version)
        if key not in done:
            done.add(key)
            columns = (one.codes[name] for name in ("code", "precision", "proposed"))
            for code, precision, proposed in zip(*columns, strict=True):
                if precision == precision and proposed >= FEWEST_PROPOSED:
                    out[(*key, str(code))] = float(precision)
    return out


def estimate_unread(
    store: Store, snapshot: Snapshot, code: str, *, coders: Sequence[str] = (), **sample: Any
) -> Unread:
    """Estimate how many segments with a code are still unread; see `Project.estimate_unread`."""
    from mihqda.suggest.stop import estimate_unread as estimate

    codes = study_codes(store)
    _check_coders(snapshot, coders)
    return estimate(
        snapshot,
        list(codes.values()),
        _code_id(code, codes),
        coders=coders,
        approach=approach_of(store),
        **sample,
    )


def _embeddings(folder: str, *, is_needed: bool) -> tuple[dict[str, Any], list[str]]:
    """Return the setting that a model folder gives, and notes; only a folder named just now may stop the work."""
    if not folder:
        return {}, []
    from mihqda.suggest.embeddings import load_encoder

    try:
        return {"encoder": load_encoder(folder)}, []
    except MihqdaError as error:
        if is_needed:
            raise
        return {}, [f"made without sentence embeddings: {error}"]


def _check_coders(snapshot: Snapshot, coders: Sequence[str]) -> None:
    there = {
        str(one)
        for frame in (snapshot.codings, snapshot.decisions, snapshot.finished)
        for one in frame["coder"]
    }
    for coder in coders:
        if coder not in there:
            known = ", ".join(sorted(there)[:12]) or "none"
            raise NotFoundError(f"the study has no coder {coder!r}; there are: {known}")


def _check_transcripts(snapshot: Snapshot, transcripts: Sequence[str]) -> None:
    there = list(snapshot.transcripts["transcript"])
    for name in transcripts:
        if name not in there:
            known = ", ".join(there[:12]) or "none"
            raise NotFoundError(f"the study has no transcript {name!r}; there are: {known}")


def _with_below(wanted: Sequence[str], codes: Mapping[str, Code]) -> set[str]:
    """Return the codes that are meant, given by id or name, and all below them."""
    below = descendants(codes.values())
    return {one for word in wanted for one in below[_code_id(word, codes)]}


def _code_id(word: str, codes: Mapping[str, Code]) -> str:
    """Return the id of a code, container or not, given by id or by a name that only one has."""
    found = (
        [word]
        if word in codes
        else [one.id for one in codes.values() if one.name.casefold() == word.casefold()]
    )
    if len(found) != 1:
        what = "several codes are called" if found else "the study has no code"
        raise NotFoundError(f"{what} {word!r}; see: mihqda codebook list STUDY")
    return found[0]


def _identity(frame: pd.DataFrame) -> list[tuple[str, str, int, int, str]]:
    columns = ("suggestion", "transcript", "start", "end", "code")
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))


class _Decided:
    """What a coder (everybody, for "") has decided, coded and finished."""

    def __init__(self, store: Store, snapshot: Snapshot, coder: str) -> None:
        self._by_id: dict[str, str] = {}
        self._by_place: dict[tuple[str, int, int, str], str] = {}
        for suggestion, transcript, start, end, code, decision in stored.decisions_of(store, coder):
            self._by_id[suggestion] = decision
            self._by_place[transcript, start, end, code] = decision
        self._finished = {name for name, who in stored.get_finished(store) if coder in ("", who)}
        self._texts = snapshot.texts
        codings = snapshot.codings if not coder else snapshot.codings[snapshot.codings["coder"] == coder]
        self._coded: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for transcript, code, start, end in zip(
            codings["transcript"], codings["code"], codings["start"], codings["end"], strict=True
        ):
            self._coded.setdefault((transcript, code), []).append((start, end))

    def on(self, suggestion: str, transcript: str, start: int, end: int, code: str) -> str:
        """Return the decision on a suggestion, or on one of another suggester for the same; "" for none."""
        return self._by_id.get(suggestion) or self._by_place.get((transcript, start, end, code), "")

    def is_open(self, transcript: str, start: int, end: int, code: str) -> bool:
        """Tell whether the code is not coded there by hand, and the transcript not read to the end."""
        if transcript in self._finished:
            return False
        return not any(
            self._texts[transcript][max(low, start) : min(high, end)].strip()
            for low, high in self._coded.get((transcript, code), ())
            if low < end and start < high
        )


def _speakers(snapshot: Snapshot, frame: pd.DataFrame) -> pd.Series[str]:
    """Return who speaks in each suggestion: ids, or labels of unknown voices, joined by ", "."""
    import pandas as pd

    from mihqda.codings.overlap import overlapping_turns

    turns = overlapping_turns(frame.rename(columns={"suggestion": "coding"}), snapshot.turns, snapshot.texts)
    voices = snapshot.voices[snapshot.voices["kind"].isin(["participant", "unknown"])]
    heard = turns[~turns["is_backchannel"]].merge(voices, on=["transcript", "turn"], how="inner")
    who: dict[str, dict[str, None]] = {}
    for suggestion, person, label in zip(
        heard["coding"], heard["participant"], heard["speaker"], strict=True
    ):
        who.setdefault(suggestion, {})[person or label] = None
    return pd.Series([", ".join(filter(None, who.get(one, ()))) for one in frame["suggestion"]], dtype="str")
