"""Random work on a study, and its whole state to compare: for the laws of history, in tests and campaigns."""

from __future__ import annotations

import json
import random
from pathlib import Path

from mihqda import Project
from mihqda.codebook import Code
from mihqda.errors import MihqdaError
from mihqda.spans import Span
from mihqda.store.database import TRACKED
from mihqda.store.suggestions import live_suggestions, put_suggestions
from mihqda.suggest.model import Suggestion, suggestion_id

WORDS = [
    "we",
    "never",
    "knew",
    "who",
    "did",
    "what",
    "😀",
    "naïve",
    "café",
    "—",
    "“so",
    "be",
    "it”",
    "résumé",
    "ş",
    "ok",
    "é",
]


def state(project: Project) -> str:
    """Return every tracked row of the study and every text that they point to, as text."""
    store = project._store
    rows = {
        table: sorted(row[0] for row in store.read(f"SELECT {store.row_as_json(table)} FROM {table}"))
        for table in TRACKED
    }
    kept = {row[0] for row in store.read("SELECT key FROM contents")}
    for table, column in (
        ("transcripts", "content"),
        ("codings", "memo"),
        ("themes", "memo"),
        ("codebooks", "base"),
        ("decisions", "why"),
    ):
        assert {json.loads(row)[column] for row in rows[table]} - {None} <= kept
    return json.dumps(rows, indent=0)


class Worker:
    """Does one random thing at a time to a study, as a person would; refused things change nothing."""

    def __init__(self, project: Project, folder: Path, seed: int) -> None:
        self.project = project
        self.folder = folder
        self.random = random.Random(seed)
        self.count = 0

    def work(self, *, with_undo: bool = True) -> str:
        """Do something, or be refused; return what."""
        names = [name for name in dir(self) if name.startswith("do_")]
        if not with_undo:
            names = [name for name in names if name not in ("do_undo", "do_redo")]
        name = self.random.choice(names)
        self.count += 1
        before = state(self.project)
        try:
            getattr(self, name)()
        except MihqdaError:
            assert state(self.project) == before, f"{name} was refused and changed something"
        return name

    def _sentence(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(2, 9))) + "."

    def _code(self) -> str:
        codes = [code.id for book in self.project.codebooks() for code in book]
        return self.random.choice(codes) if codes else "none"

    def _transcript(self) -> str:
        names = list(self.project.snapshot().transcripts["transcript"])
        return self.random.choice(names) if names else "none"

    def _span(self, transcript: str) -> tuple[int, int]:
        length = len(self.project.transcript(transcript).text)
        start = self.random.randrange(length)
        return start, min(length, start + self.random.randint(1, 30)) + self.random.choice(
            [0, 0, 0, 0, 0, 10_000]
        )

    def do_import(self) -> None:
        path = self.folder / f"T{self.random.randrange(12)}.txt"
        turns = [
            f"{self.random.choice(['Interviewer', 'P1', 'P2', 'R'])}: {self._sentence()}" for _ in range(6)
        ]
        path.write_text("\n\n".join(turns), encoding="utf-8")
        self.project.import_transcripts([path])

    def do_register(self) -> None:
        path = self.folder / "people.csv"
        groups = self.random.choices(["client", "provider", ""], k=2)
        path.write_text(f"participant;group;role\nP1;{groups[0]};lead\nP2;{groups[1]};\n", encoding="utf-8")
        self.project.load_participants(path)

    def do_add_code(self) -> None:
        parent = self._code() if self.random.random() < 0.5 else None
        self.project.add_code(
            Code(
                f"c{self.random.randrange(40)}", self._sentence(), parent=None if parent == "none" else parent
            )
        )

    def do_rename_code(self) -> None:
        self.project.rename_code(self._code(), self._sentence(), why="clearer")

    def do_move_code(self) -> None:
        self.project.move_code(self._code(), self.random.choice([None, self._code()]))

    def do_merge_codes(self) -> None:
        self.project.merge_codes([self._code()], self._code())

    def do_retire_code(self) -> None:
        self.project.retire_code(self._code())

    def do_code(self) -> None:
        transcript = self._transcript()
        self.project.code(
            transcript,
            code=self._code(),
            coder=self.random.choice(["anna", "ben"]),
            at=self._span(transcript),
            valence=self.random.choice(["+", "-", None, "mixed"]),
            memo=self.random.choice(["", self._sentence()]),
        )

    def do_code_in_bulk(self) -> None:
        path = self.folder / "codings.jsonl"
        transcript, code = self._transcript(), self._code()
        rows = []
        for _ in range(self.random.randint(1, 8)):
            start, end = self._span(transcript)
            rows.append({"transcript": transcript, "start": start, "end": end, "code": code, "coder": "cleo"})
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        self.project.code_from(path)

    def do_uncode(self) -> None:
        ids = list(self.project.snapshot().codings["coding"])
        self.project.uncode(self.random.sample(ids, min(len(ids), self.random.randint(1, 3))))

    def do_add_theme(self) -> None:
        self.project.add_theme(self._sentence(), query=f'"{self._code()}" or "{self._code()}"')

    def do_remove_theme(self) -> None:
        themes = list(self.project.snapshot().themes["theme"])
        self.project.remove_theme(self.random.choice(themes) if themes else "none")

    def do_remove_participant(self) -> None:
        self.project.remove_participant(self.random.choice(["P1", "P2"]))

    def do_remove_transcript(self) -> None:
        self.project.remove_transcript(self._transcript(), with_codings=self.random.random() < 0.5)

    def do_suggest(self) -> None:
        transcript, code = self._transcript(), self._code()
        spans = []
        for _ in range(4):
            start, end = self._span(transcript)
            if end < 10_000:
                spans.append(Span(start, end))
        name = self.random.choice(["default", "keywords"])
        chance = self.random.choice([0.9, 0.4, None])
        made = [
            Suggestion(
                suggestion_id(transcript, span, code, name), transcript, span, "turn", code, chance, 0.0, "weak",
                suggester=name, version="1",
            )
            for span in spans
        ]  # fmt: skip
        put_suggestions(self.project._store, made, suggester=name)

    def _suggestion(self) -> str:
        ids = [one.id for one in live_suggestions(self.project._store)]
        return self.random.choice(ids) if ids else "none"

    def do_accept(self) -> None:
        self.project.accept(
            self._suggestion(),
            coder=self.random.choice(["anna", "ben"]),
            code=self.random.choice([None, None, self._code()]),
            valence=self.random.choice(["+", None]),
            seconds=self.random.choice([None, 1.5]),
        )

    def do_accept_in_bulk(self) -> None:
        self.project.accept_all(0.5, coder="anna", is_preview=False)

    def do_reject(self) -> None:
        why = self.random.choice(["", self._sentence()])
        self.project.reject(self._suggestion(), coder=self.random.choice(["anna", "ben"]), why=why)

    def do_skip(self) -> None:
        self.project.skip(self._suggestion(), coder="anna")

    def do_finish(self) -> None:
        verb = self.random.choice([self.project.finish, self.project.reopen])
        verb(self._transcript(), coder=self.random.choice(["anna", "ben"]))

    def do_undo(self) -> None:
        self.project.undo()

    def do_redo(self) -> None:
        self.project.redo()

    def do_reopen(self) -> None:
        self.project.close()
        self.project = Project.open(self.project.path)
