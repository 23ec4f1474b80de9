"""Project: one open study with a verb for every step of the work."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mihqda.codebook import Code, Codebook
from mihqda.errors import InputError, NotFoundError, StudyError, as_argument
from mihqda.filters import Filter
from mihqda.project import (
    codebooks,
    codings,
    decisions,
    registers,
    settings,
    suggestions,
    themes,
    transcripts,
)  # fmt: skip
from mihqda.project.codings import Coded
from mihqda.project.content import Content
from mihqda.project.desk import Desk
from mihqda.project.suggestions import Suggested
from mihqda.project.transcripts import FileReport, Progress
from mihqda.segments import Unit, segment
from mihqda.spans import Span
from mihqda.store import Store, history
from mihqda.store import codes as stored_codes
from mihqda.store.changes import Change, changes_since
from mihqda.store.history import Operation
from mihqda.store.suggestions import get_suggestion
from mihqda.store.transcripts import get_transcript
from mihqda.store.verify import find_faults
from mihqda.store.voices import Voice, list_voices
from mihqda.transcripts import Transcript, Turn

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.codebook.update import Update
    from mihqda.project.review import Review
    from mihqda.reports.plan import Plan
    from mihqda.snapshot import Snapshot
    from mihqda.suggest.evaluation import Evaluation
    from mihqda.suggest.model import Suggestion
    from mihqda.suggest.order import Order
    from mihqda.suggest.stop import Unread
    from mihqda.themes.query import Theme


class Project:
    """A study on disk, one SQLite file.

    Frames come out, values and paths go in. Every change is one step of the history and can be undone, also
    after a restart. Use it as a context manager, or close it when done.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Project.create(f"{folder.name}/study.mihqda", codebooks=["mih"]) as study:
    ...     len(study.codes())
    42
    >>> folder.cleanup()
    """

    def __init__(self, store: Store) -> None:
        if not isinstance(store, Store):
            raise TypeError("open a study with Project.open(path), make one with Project.create(path)")
        self._store = store
        self._snapshot: tuple[object, Snapshot] | None = None
        self._content = Content(store)

    @classmethod
    def create(cls, path: str | Path, *, codebooks: str | Path | Iterable[str | Path] = ()) -> Project:
        """Make a new study, with shipped codebooks by name or codebook files.

        Raises
        ------
        StudyError
            If the file exists or cannot be written; nothing is left behind.
        """
        path = Path(path)
        if path.suffix.lower() != ".mihqda":
            raise StudyError(
                f"a study is a file NAME.mihqda: call it {as_argument(path.with_suffix('.mihqda'))}"
            )
        study = cls(Store.create(path))
        try:
            for book in _listed(codebooks):
                study.add_codebook(book)
        except BaseException:
            study.close()
            path.unlink()
            raise
        return study

    @classmethod
    def open(cls, path: str | Path, *, patience: float = 5.0) -> Project:
        """Open a study.

        Parameters
        ----------
        patience
            Seconds that a write waits for another program that is writing to the study.

        Raises
        ------
        StudyError
            If it does not exist, is no study, is damaged, or is from a newer mihqda.
        """
        return cls(Store.open(Path(path), patience=patience))

    def close(self) -> None:
        """Close the study file; it can be copied or mailed then."""
        self._store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the study file lies."""
        return self._store.path

    def __repr__(self) -> str:
        return f"<Project {self.path.name}>"

    # ---- stage 1: transcripts and people

    def import_transcripts(
        self,
        paths: str | Path | Iterable[str | Path] = (),
        *,
        participants: str | Path | pd.DataFrame | None = None,
        sessions: str | Path | pd.DataFrame | None = None,
        asked: str | Path | pd.DataFrame | None = None,
        interviewers: str | Sequence[str] = (),
        id: str | None = None,
        encoding: str | None = None,
        progress: Progress = lambda what, done, total: None,
    ) -> tuple[FileReport, ...]:
        """Read transcripts, and registers, sessions and the like that lie beside them, as one step.

        Parameters
        ----------
        paths
            Files and folders; a folder is not searched recursively.
        participants, sessions, asked
            Tables to load with them: files or frames. A bad one stops the whole import.
        interviewers
            Labels of who asks in this study, besides the ones that are recognised.
        id
            For a single file: the transcript's id, instead of the file's name.
        encoding
            For text files that are not read rightly by themselves.
        progress
            Called for every file.

        Returns
        -------
        tuple of FileReport
            What became of each file; a bad one is reported and does not stop the others.

        Raises
        ------
        BulkError
            If a register, sessions or asked table has bad rows; nothing at all is imported then.
        """
        given: tuple[tuple[registers.PeopleKind, str | Path | pd.DataFrame | None], ...] = (
            ("participants", participants), ("sessions", sessions), ("asked", asked),
        )  # fmt: skip
        return transcripts.import_paths(
            self._store,
            [Path(path) for path in _listed(paths)],
            tables=[registers.read_people_table(kind, one) for kind, one in given if one is not None],
            interviewers=[str(label) for label in _listed(interviewers)],
            transcript_id=id,
            encoding=encoding,
            progress=progress,
        )

    def load_participants(self, source: str | Path | pd.DataFrame) -> FileReport:
        """Load a register, or the template that `write_template` made, from a file or a frame."""
        (report,) = self.import_transcripts(participants=source)
        return report

    def remove_participant(self, participant: str, *, why: str = "") -> None:
        """Take a person out of the register; what she says stays, as an unknown voice."""
        registers.remove_participant(self._store, participant, why=why)

    def remove_transcript(self, transcript: str, *, with_codings: bool = False, why: str = "") -> int:
        """Take a transcript out; its codings only if that is said. Returns how many codings went."""
        return transcripts.remove_transcript(self._store, transcript, with_codings=with_codings, why=why)

    def write_template(self, path: str | Path) -> int:
        """Write every speaker into a workbook to complete; returns how many rows want a participant."""
        from mihqda.project.people import write_template

        return write_template(self.snapshot(), self.voices(), Path(path))

    def participants(self) -> pd.DataFrame:
        """Return the register with sessions, turns and words of each person."""
        from mihqda.project.people import list_participants

        return list_participants(self.snapshot())

    def speakers(self) -> pd.DataFrame:
        """Return every voice: transcript, speaker, kind, participant, turns, words."""
        from mihqda.project.people import list_speakers

        return list_speakers(self.voices())

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice as a value, in order of transcript and first turn."""
        return list_voices(self._store)

    def transcripts(self) -> pd.DataFrame:
        """Return one row per transcript, with session, language, turns and words."""
        snapshot = self.snapshot()
        totals = snapshot.turns.groupby("transcript").agg(turns=("turn", "size"), words=("words", "sum"))
        coded = snapshot.codings.groupby("transcript").size().rename("codings")
        frame = snapshot.transcripts.merge(totals, left_on="transcript", right_index=True, how="left").merge(
            coded, left_on="transcript", right_index=True, how="left"
        )
        return frame.fillna({"turns": 0, "words": 0, "codings": 0}).astype(
            {"turns": "int64", "words": "int64", "codings": "int64"}
        )

    def transcript(self, transcript: str) -> Transcript:
        """Return one transcript with its text and turns."""
        return get_transcript(self._store, transcript)

    # ---- stage 2: segments

    def segments(self, unit: Unit, *, transcript: str | None = None, size: int = 3) -> pd.DataFrame:
        """Return transcripts cut into a unit: transcript, segment, start, end, speaker, words, text.

        `size` is the number of turns in a window.
        """
        import pandas as pd

        from mihqda.transcripts.speech import count_words

        snapshot = self.snapshot()
        names = [transcript] if transcript is not None else list(snapshot.transcripts["transcript"])
        asks = {
            (row.transcript, row.speaker)
            for row in snapshot.voices.itertuples(index=False)
            if row.kind == "interviewer"
        }
        rows = []
        for name in names:
            one = self.transcript(name)

            def is_interviewer(turn: Turn, name: str = name) -> bool:
                return any((name, speaker) in asks for speaker in turn.speakers)

            for part in segment(one, unit, is_interviewer=is_interviewer, size=size):
                heard = _speakers_within(one, part.span)
                text = part.span.quote(one.text)
                rows.append(
                    (
                        name,
                        part.number,
                        part.span.start,
                        part.span.end,
                        ", ".join(heard),
                        count_words(text),
                        text,
                    )
                )
        return pd.DataFrame(
            rows, columns=["transcript", "segment", "start", "end", "speaker", "words", "text"]
        )

    # ---- codebooks

    def add_codebook(self, name_or_path: str | Path) -> Codebook:
        """Load a codebook file, or a shipped one by name: mih, cfir2022, cfir2009."""
        return codebooks.add_codebook(self._store, name_or_path)

    def codebooks(self) -> tuple[Codebook, ...]:
        """Return the study's codebooks as values."""
        return stored_codes.get_codebooks(self._store)

    def codes(self) -> pd.DataFrame:
        """Return all codes with the number of their codings."""
        snapshot = self.snapshot()
        counts = snapshot.codings.groupby("code").size()
        return snapshot.codes.assign(codings=snapshot.codes["code"].map(counts).fillna(0).astype("int64"))

    def plan_update(self, path: str | Path) -> Update:
        """Return what `update_codebook` would do."""
        return codebooks.plan_update(self._store, path)

    def update_codebook(self, path: str | Path, *, why: str = "") -> Update:
        """Load an edited codebook file; the study's own edits are kept."""
        return codebooks.update_codebook(self._store, path, why=why)

    def add_code(self, code: Code, *, codebook: str | None = None, why: str = "") -> None:
        """Add a code."""
        codebooks.add_code(self._store, code, codebook=codebook, why=why)

    def rename_code(self, code: str, name: str, *, why: str = "") -> None:
        """Give a code another name; its id stays."""
        codebooks.rename_code(self._store, code, name, why=why)

    def move_code(self, code: str, parent: str | None, *, why: str = "") -> None:
        """Put a code under another parent, or at the top."""
        codebooks.move_code(self._store, code, parent, why=why)

    def merge_codes(self, codes: Sequence[str], into: str, *, why: str = "") -> tuple[int, int]:
        """Merge codes into another; returns how many codings followed, and how many stood there already."""
        return codebooks.merge_codes(self._store, codes, into, why=why)

    def retire_code(self, code: str, *, why: str = "") -> None:
        """Keep a code and its codings, but apply it no more."""
        codebooks.retire_code(self._store, code, why=why)

    # ---- stage 3: codings

    def code(
        self,
        transcript: str,
        *,
        code: str,
        coder: str,
        at: Span | tuple[int, int] | None = None,
        quote: str | None = None,
        valence: str | None = None,
        memo: str = "",
    ) -> Coded:
        """Apply a code to a span, given by position or by a quote that occurs exactly once.

        Raises
        ------
        InputError
            If the span leaves the text, the quote is not unique, or the code cannot be applied.
        ConflictError
            If this coder coded the same span with the same code already.
        """
        span = _as_span(at)
        return codings.code_span(
            self._store, transcript, code=code, coder=coder, at=span, quote=quote, valence=valence,
            memo=memo,
        )  # fmt: skip

    def code_from(self, source: str | Path | pd.DataFrame, *, coder: str = "") -> Coded:
        """Write the codings of a CSV, XLSX or JSONL file, or of a frame: all of them, or none.

        Raises
        ------
        BulkError
            Listing every bad row.
        """
        return codings.code_from(self._store, source, coder=coder)

    def uncode(self, ids: str | Sequence[str], *, who: str = "", why: str = "") -> int:
        """Remove codings by id, or by the beginning of an id; returns how many."""
        return len(codings.uncode(self._store, [ids] if isinstance(ids, str) else ids, who=who, why=why))

    def codings(self, chosen: Filter | None = None) -> pd.DataFrame:
        """Return codings with quote and speakers.

        Returns
        -------
        DataFrame
            The columns of `mihqda.codings.frame`, then participants (ids, or labels of unknown speakers,
            joined by ``", "``) and quote.
        """
        import pandas as pd

        snapshot = self.snapshot(chosen)
        heard = snapshot.speakers_of_codings()
        heard = heard[~heard["is_backchannel"]]
        heard = heard.assign(who=heard["participant"].where(heard["participant"] != "", heard["speaker"]))
        speakers: dict[str, dict[str, None]] = {}
        for coding, who in zip(heard["coding"], heard["who"], strict=True):
            speakers.setdefault(coding, {})[who] = None
        frame = snapshot.codings
        quotes = [
            snapshot.texts[transcript][start:end]
            for transcript, start, end in zip(frame["transcript"], frame["start"], frame["end"], strict=True)
        ]
        return frame.assign(
            participants=[", ".join(filter(None, speakers.get(one, ()))) for one in frame["coding"]],
            quote=pd.Series(quotes, dtype="str"),
        )

    def desk(self, coder: str = "", *, is_blind: bool = False) -> Desk:
        """Return one coder's place in the study: what she sees and does, one coding at a time and fast.

        Blind, she sees her own layer alone.
        """
        return Desk(self._store, self._content, coder.strip(), is_blind=is_blind)

    # ---- stage 3, with help: suggestions, which are no codings until a coder accepts them

    def suggest(
        self,
        unit: Unit = "turn",
        *,
        suggester: str = "default",
        transcripts: Sequence[str] = (),
        coders: Sequence[str] = (),
        folder: str | Path | None = None,
        seed: int = 0,
        jobs: int = 1,
        is_asked_for: bool = False,
        progress: Progress = lambda what, done, total: None,
    ) -> Suggested:
        """Let a suggester learn from the study and propose codes for what nobody has read.

        Its earlier suggestions learned from the same coders are replaced, but for those that somebody decided on.

        Parameters
        ----------
        unit
            What is put before a coder.
        suggester
            ``default``, ``keywords``, or a registered one.
        transcripts
            Propose for these only; it learns from all.
        coders
            Learn from their codings and decisions alone; none means everybody's.
        folder
            Of a model for sentence embeddings, instead of the study's own (`set_embeddings`).
        seed, jobs
            Same seed, same suggestions, on however many processes.
        is_asked_for
            In a reflexive study suggestions are off unless this is set.

        Raises
        ------
        InputError
            If there is no code to suggest, nobody says anything yet, or the study is reflexive.
        PluginError
            If there is no such suggester, or it needs an extra.
        """
        if self.approach == "reflexive" and not is_asked_for:
            raise InputError(
                "this study's approach is reflexive, so suggestions are off: ask for them with --anyway "
                "(in Python is_asked_for=True), or see: mihqda settings STUDY"
            )
        plan = suggestions.plan_suggestions(
            self._store, self.snapshot(), unit=unit, suggester=suggester, transcripts=_listed(transcripts),
            coders=_listed(coders), folder=folder, seed=seed, jobs=jobs,
        )  # fmt: skip
        return suggestions.keep(self._store, plan, suggestions.learn(plan, progress=progress))

    def suggestions(
        self,
        *,
        coder: str = "",
        order: Order = "rare",
        pending: bool = True,
        hidden: bool = False,
        transcripts: Sequence[str] = (),
        codes: Sequence[str] = (),
        suggester: str = "",
        taught_by: Sequence[str] | None = None,
        is_blind: bool = False,
        seed: int = 0,
    ) -> pd.DataFrame:
        """Return suggestions in the order of review, with the reasons for each as columns.

        Parameters
        ----------
        coder
            Who looks: she sees her own decisions alone.
        order
            ``rare`` codes first, most ``uncertain``, most ``likely``, or in ``reading`` order.
        pending
            Leave out what the coder (anybody, if none is named) decided, coded by hand or finished; skipped ones stay.
        hidden
            Also codes whose suggestions measured below `floor`.
        transcripts, codes
            Only these; codes by id or name, with those below them.
        suggester
            Only of this one.
        taught_by
            Only of the list learned from these coders alone, [] for everybody's. By default a place and code stands once
            for a suggester: from the list learned from `coder` alone if there is one, else from everybody's.
        is_blind
            Only what was learned from `coder` alone, or from the codebook alone; without what was measured.

        Returns
        -------
        DataFrame
            suggestion, transcript, start, end, code, name, probability (NaN: none), score, strength, speaker,
            quote, suggester, measured (precision of the code in the last evaluation; NaN: unmeasured), decision,
            position, unit, version, learned_from (coded segments), taught_by (from whom; "": everybody), coded (codings of the code so far),
            is_outdated (made by another version: refit), then the columns of `mihqda.suggest.order.REASONS`.
        """
        return suggestions.list_suggestions(
            self._store, self.snapshot(), coder=coder, order=order, pending=pending, hidden=hidden,
            transcripts=_listed(transcripts), codes=_listed(codes), suggester=suggester,
            taught_by=None if taught_by is None else _listed(taught_by), is_blind=is_blind, seed=seed,
        )  # fmt: skip

    def suggestion(self, suggestion: str) -> Suggestion:
        """Return one suggestion with its evidence, by its id or the beginning of it."""
        return get_suggestion(self._store, suggestion)

    def accept(
        self,
        suggestion: str,
        *,
        coder: str,
        at: Span | tuple[int, int] | None = None,
        code: str | None = None,
        valence: str | None = None,
        memo: str = "",
        seconds: float | None = None,
    ) -> Coded:
        """Make a coding of a suggestion, which remembers it; with another code or span it counts as changed.

        If the coder has the very coding already, the decision refers to that (`Coded.already` is 1).

        Raises
        ------
        ConflictError
            If this coder made a coding of it already.
        """
        return decisions.accept(
            self._store, suggestion, coder=coder, at=_as_span(at), code=code, valence=valence, memo=memo,
            seconds=seconds,
        )  # fmt: skip

    def reject(self, suggestion: str, *, coder: str, why: str = "", seconds: float | None = None) -> None:
        """Write down that a suggestion is wrong: suggesters learn from it."""
        decisions.reject(self._store, suggestion, coder=coder, why=why, seconds=seconds)

    def skip(self, suggestion: str, *, coder: str, seconds: float | None = None) -> None:
        """Leave a suggestion undecided; it can still be accepted or rejected later."""
        decisions.skip(self._store, suggestion, coder=coder, seconds=seconds)

    def accept_all(
        self,
        threshold: float,
        *,
        coder: str,
        codes: Sequence[str] = (),
        transcripts: Sequence[str] = (),
        suggester: str = "",
        taught_by: Sequence[str] | None = None,
        is_preview: bool = True,
    ) -> pd.DataFrame | Coded:
        """Accept all pending suggestions from a probability on, unread, as one step; each is marked `is_bulk`.

        `codes`, `transcripts`, `suggester` and `taught_by` narrow it, as for `suggestions`.

        Returns
        -------
        DataFrame or Coded
            As a preview, what would be accepted, and nothing is written; else what was.
        """
        do = decisions.above_threshold if is_preview else decisions.accept_all
        return do(
            self._store, self.snapshot(), threshold, coder=coder, codes=_listed(codes),
            transcripts=_listed(transcripts), suggester=suggester,
            taught_by=None if taught_by is None else _listed(taught_by),
        )  # fmt: skip

    def review(self, *, coder: str, order: Order = "rare", is_blind: bool = False, **chosen: Any) -> Review:
        """Begin to go through suggestions one by one; close it when done. See `mihqda.project.review.Review`."""
        from mihqda.project.review import Review

        return Review(self, coder=coder, order=order, is_blind=is_blind, **chosen)

    def finish(self, transcript: str, *, coder: str, why: str = "") -> None:
        """Say that a coder has read a transcript to the end: what is not coded there is left out on purpose."""
        decisions.finish(self._store, transcript, coder=coder, why=why)

    def reopen(self, transcript: str, *, coder: str, why: str = "") -> None:
        """Take back that a coder has read a transcript to the end."""
        decisions.reopen(self._store, transcript, coder=coder, why=why)

    def evaluate(
        self,
        *,
        suggester: str = "default",
        unit: Unit = "turn",
        coders: Sequence[str] = (),
        folds: int | None = None,
        folder: str | Path | None = None,
        seed: int = 0,
        jobs: int = 1,
        with_curve: bool = True,
        who: str = "",
        progress: Progress = lambda what, done, total: None,
    ) -> Evaluation:
        """Measure a suggester on this study's own codings, whole transcripts held out, and keep the result.

        `folds` None holds out one transcript at a time. Without the learning curve (`with_curve`) it takes less than
        half of the time.
        """
        return suggestions.evaluate(
            self._store, self.snapshot(), suggester=suggester, unit=unit, coders=_listed(coders), folds=folds,
            folder=folder, seed=seed, jobs=jobs, with_curve=with_curve, who=who, progress=progress,
        )  # fmt: skip

    def evaluation(self) -> Evaluation | None:
        """Return what was measured last; None if nothing was."""
        return suggestions.last_evaluation(self._store)

    def estimate_unread(self, code: str, *, coders: Sequence[str] = (), **sample: Any) -> Unread:
        """Estimate how many segments with a code, by id or name, are still unread, from a random sample of these.

        A screening estimate, never a licence to leave an interview unread. `sample` is what
        `mihqda.suggest.stop.estimate_unread` takes besides: size, read, since, seed, unit.
        """
        return suggestions.estimate_unread(
            self._store, self.snapshot(), code, coders=_listed(coders), **sample
        )

    @property
    def approach(self) -> settings.Approach:
        """How the study goes about its analysis: ``codebook``, ``coding reliability`` or ``reflexive``."""
        return settings.approach_of(self._store)

    def set_approach(self, approach: str) -> None:
        """Set the approach; in a reflexive study suggestions are off and nothing is estimated about unread text."""
        settings.set_approach(self._store, approach)

    @property
    def floor(self) -> float:
        """Precision below which a code's suggestions are hidden unless asked for."""
        return settings.floor_of(self._store)

    def set_floor(self, floor: float) -> None:
        """Set the precision below which a code's suggestions are hidden; 0 hides none."""
        settings.set_floor(self._store, floor)

    @property
    def embeddings(self) -> str:
        """Folder of the model for sentence embeddings; "" if there is none."""
        return settings.folder_of(self._store)

    def set_embeddings(self, folder: str | Path) -> None:
        """Let suggestions use the model in a folder of this machine; "" for none."""
        settings.set_folder(self._store, folder)

    # ---- stage 4: themes

    def add_theme(
        self, name: str, *, query: str, id: str | None = None, definition: str = "", memo: str = ""
    ) -> Theme:
        """Make a theme from a query over codes, such as ``"A and B not C"``."""
        return themes.add_theme(self._store, name, query=query, id=id, definition=definition, memo=memo)

    def remove_theme(self, theme: str, *, why: str = "") -> None:
        """Take a theme out; codes and codings stay."""
        themes.remove_theme(self._store, theme, why=why)

    def themes(
        self,
        *,
        by: str = "group",
        chosen: Filter | None = None,
        zeros: bool = False,
        themes: str | Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return theme × group: participants (n and N), valence, mentions, codings, sessions, rate.

        See `mihqda.themes.table.theme_table` for the columns.

        Raises
        ------
        NotFoundError
            If nobody is registered, so that there are no groups.
        """
        from mihqda.themes.table import theme_table

        snapshot = self.snapshot(chosen)
        self._need_register()
        wanted = None if themes is None else [self._theme_id(str(name), snapshot) for name in _listed(themes)]
        return theme_table(snapshot, by=by, zeros=zeros, themes=wanted)

    def phases(self, *, chosen: Filter | None = None, zeros: bool = False) -> pd.DataFrame:
        """Return theme × phase by the people who speak inside the intersection."""
        from mihqda.themes.phases import phase_table

        return phase_table(self.snapshot(chosen), zeros=zeros)

    def frequencies(self, *, chosen: Filter | None = None, zeros: bool = False) -> pd.DataFrame:
        """Return how often, by whom and where each code was applied."""
        from mihqda.themes.frequencies import frequencies

        return frequencies(self.snapshot(chosen), zeros=zeros)

    def cooccurrence(self, *, unit: str = "overlap", chosen: Filter | None = None) -> pd.DataFrame:
        """Return which codes occur together: overlapping, or in the same unit."""
        from mihqda.themes.cooccurrence import cooccurrence

        return cooccurrence(self.snapshot(chosen), unit=unit)

    def portrait(self, transcript: str, *, chosen: Filter | None = None) -> pd.DataFrame:
        """Return where in a transcript who speaks and what was coded, in words; for `draw_portrait`."""
        from mihqda.reports.figures.portrait import portrait

        return portrait(self.snapshot(chosen), transcript)

    # ---- stage 5: reports

    def report(
        self,
        directory: str | Path,
        *,
        formats: Sequence[str] = ("html", "docx", "xlsx", "csv"),
        plan: Plan | None = None,
        progress: Callable[[str], None] | None = None,
        **options: Any,
    ) -> tuple[Path, ...]:
        """Write the report that a plan describes; returns the files.

        `options` are fields of a Plan and go before those of `plan`; `progress` is told each step that is done.
        """
        from mihqda.reports.build import build_report
        from mihqda.reports.plan import Plan
        from mihqda.reports.write import write_report

        plan = dataclasses.replace(plan or Plan(), **options)
        report = build_report(self.snapshot(), plan)
        if progress is not None:
            progress("counts")
        return write_report(report, Path(directory), formats, progress=progress)

    # ---- the study itself

    def snapshot(self, chosen: Filter | None = None) -> Snapshot:
        """Return the study as frames, or what a filter leaves of it."""
        # Evaluations are no steps of the history, but a snapshot holds them.
        state = self._store.read("SELECT (SELECT max(step) FROM history), (SELECT max(id) FROM evaluations)")
        if self._snapshot is None or self._snapshot[0] != state:
            from mihqda.store.snapshot import load_snapshot

            self._snapshot = (state, load_snapshot(self._store))
        whole = self._snapshot[1]
        return whole if chosen is None or chosen == Filter() else whole.select(chosen)

    def undo(self, *, who: str = "") -> Operation:
        """Take back the last change; returns what it was."""
        return history.undo(self._store, who=who)

    def redo(self, *, who: str = "") -> Operation:
        """Do again what was undone last; returns what it was."""
        return history.redo(self._store, who=who)

    def history(self) -> pd.DataFrame:
        """Return every step: step, at, who, what, why, kind, target, rows."""
        import pandas as pd

        return pd.DataFrame(
            [
                (one.step, one.at, one.who, one.what, one.why, one.kind, one.target, one.rows)
                for one in history.operations(self._store)
            ],
            columns=["step", "at", "who", "what", "why", "kind", "target", "rows"],
        ).astype({"target": "Int64"})

    def changes_since(self, step: int) -> tuple[Change, ...]:
        """Return what happened after a step of the history, oldest first: cheap enough to ask twice a second."""
        return changes_since(self._store, step)

    def verify(self) -> tuple[str, ...]:
        """Check the study file from the bytes up; returns what is wrong, one sentence each."""
        return find_faults(self._store)

    def _theme_id(self, word: str, snapshot: Snapshot) -> str:
        """Return the id of a theme or code given by id or by a name that only one has."""
        known = [
            (str(name), str(label))
            for frame, column in ((snapshot.themes, "theme"), (snapshot.codes, "code"))
            for name, label in zip(frame[column], frame["name"], strict=True)
        ]
        named = [name for name, label in known if label.casefold() == word.casefold()]
        return named[0] if len(named) == 1 and word not in dict(known) else word

    def _need_register(self) -> None:
        if self.snapshot().participants.empty:
            name = as_argument(self.path)
            raise NotFoundError(
                f"nobody is registered, so there are no groups: write a list of the speakers to complete with "
                f"`mihqda participants {name} --template people.xlsx`, then load it with "
                f"`mihqda participants {name} --from people.xlsx`"
            )


def _listed(values: Any) -> list[Any]:
    """Return one value or many as a list; a text is one value, not its letters."""
    return [values] if isinstance(values, str | Path) else list(values)


def _as_span(at: Span | tuple[int, int] | None) -> Span | None:
    try:
        return Span(*at) if isinstance(at, tuple) else at
    except (TypeError, ValueError) as error:
        raise InputError(f"at={at!r}: {error}") from None


def _speakers_within(transcript: Transcript, span: Span) -> tuple[str, ...]:
    first = bisect_right(transcript.turns, span.start, key=lambda turn: turn.span.end)
    out: dict[str, None] = {}
    for turn in transcript.turns[first:]:
        if turn.span.start >= span.end:
            break
        out.update(dict.fromkeys(turn.speakers))
    return tuple(out)
