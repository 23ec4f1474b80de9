"""Stage 1 and 2 on the command line: transcripts, people, segments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mihqda.cli.options import FILE, format_option, study_argument, why_option
from mihqda.cli.output import confirm_replace, emit, printable
from mihqda.cli.progress import Bar
from mihqda.errors import InputError, as_argument
from mihqda.segments import UNITS

if TYPE_CHECKING:
    import pandas as pd

    from mihqda.project import Project
    from mihqda.project.transcripts import FileReport


@click.command("import")
@study_argument
@click.argument("paths", type=FILE, nargs=-1)
@click.option(
    "--participants", type=FILE, help="Register: participant, group and any other column (.csv .xlsx)."
)
@click.option(
    "--sessions", type=FILE, help="Sessions: session, kind, date, mode, language, duration, transcripts."
)
@click.option("--asked", type=FILE, help="Who was asked what: topic with participant or session.")
@click.option(
    "--interviewer", "interviewers", multiple=True, metavar="LABEL", help="A label of who asks. Repeatable."
)
@click.option("--id", "transcript_id", help="The transcript's id, instead of the file's name (one file).")
@click.option("--encoding", help="Of text files, such as cp1252, if they are not read rightly.")
@format_option
def import_(
    study: Path,
    paths: tuple[Path, ...],
    participants: Path | None,
    sessions: Path | None,
    asked: Path | None,
    interviewers: tuple[str, ...],
    transcript_id: str | None,
    encoding: str | None,
    fmt: str,
) -> None:
    """Read transcripts, and a register or sessions that lie beside them, into the study.

    A folder is not searched recursively. One bad file does not stop the others; the exit status is 3 then.

    \b
    Examples:
      mihqda import study.mihqda interviews/
      mihqda import study.mihqda P01.docx --id P01-first --interviewer KB
      mihqda import study.mihqda interviews/ --participants people.xlsx --sessions sessions.csv
      mihqda import study.mihqda --sessions sessions.csv
    """
    from mihqda.project import Project

    if not (paths or participants or sessions or asked or interviewers):
        raise click.UsageError("name the files or folders to read")
    with Project.open(study) as project, Bar() as progress:
        reports = project.import_transcripts(
            paths, participants=participants, sessions=sessions, asked=asked, interviewers=interviewers,
            id=transcript_id, encoding=encoding, progress=progress,
        )  # fmt: skip
        failed = [report for report in reports if report.status == "failed"]
        if failed and not any(report.status in ("imported", "unchanged", "loaded") for report in reports):
            raise InputError("\n".join(f"{report.source}: {report.notes[0]}" for report in failed))
        if fmt == "table":
            kinds = {(voice.transcript, voice.speaker): voice.kind for voice in project.voices()}
            for report in reports:
                _print_report(report, kinds)
            _print_sum(reports)
            _print_unmapped(project, study)
        else:
            emit(_frame(reports), fmt)
    if failed:
        raise click.exceptions.Exit(3)


def _print_report(report: FileReport, kinds: Mapping[tuple[str, str], str]) -> None:
    if report.status == "imported":
        encoding = f", {report.encoding}" if report.encoding else ""
        click.echo(
            f"{report.source} -> {report.transcript}: {counted(report.turns, 'turn')}, {report.words:,} words, "
            f"{languages(report)}{encoding}"
        )
        for label, (turns, words) in report.speakers.items():
            kind = kinds.get((report.transcript, label), "")
            click.echo(f"    {label or '(no label)':<24} {turns:>5} turns {words:>7,} words  {kind}".rstrip())
    elif report.status == "loaded":
        click.echo(f"{report.source}: {report.notes[0]}")
    else:
        reason = report.notes[0] if report.notes else ""
        click.echo(f"{report.source}: {report.status}: {reason}", err=report.status == "failed")
    for note in report.notes if report.status == "imported" else report.notes[1:]:
        click.echo(f"    ! {note}")


def languages(report: FileReport) -> str:
    """Return the languages of a file's turns: ``en``, or ``en 40, nl 12 turns`` where they are mixed."""
    known = {language: turns for language, turns in report.languages.items() if language != "und"}
    if len(known) > 1:
        return ", ".join(f"{language} {turns}" for language, turns in known.items()) + " turns"
    return next(iter(known), "und")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 turn``, ``2 turns``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _print_sum(reports: tuple[FileReport, ...]) -> None:
    counts: dict[str, int] = {}
    for report in reports:
        counts[report.status] = counts.get(report.status, 0) + 1
    words = sum(report.words for report in reports)
    read = f"; {words:,} words read" if words else ""
    click.echo(", ".join(f"{count} {status}" for status, count in counts.items()) + read)


def _print_unmapped(project: Project, study: Path) -> None:
    unknown = [voice for voice in project.voices() if voice.kind == "unknown"]
    if unknown:
        shown = [f"{voice.speaker or '(no label)'} in {voice.transcript}" for voice in unknown[:8]]
        more = f" and {len(unknown) - 8} more" if len(unknown) > 8 else ""
        click.echo(
            f"{counted(len(unknown), 'voice')} not mapped to a participant: {'; '.join(shown)}{more}\n"
            f"next: mihqda participants {as_argument(study)} --template people.xlsx, complete it, load it with --from people.xlsx"
        )


def _frame(reports: tuple[FileReport, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [
            (
                one.source, one.status, one.transcript, one.turns, one.words, languages(one), one.encoding,
                "; ".join(f"{label or '(no label)'}: {turns}/{words}" for label, (turns, words) in one.speakers.items()),
                "; ".join(one.notes),
            )
            for one in reports
        ],
        columns=["source", "status", "transcript", "turns", "words", "language", "encoding", "speakers", "notes"],
    )  # fmt: skip


@click.command()
@study_argument
@click.option("--template", type=FILE, help="Write every speaker into this workbook, to complete.")
@click.option("--from", "register", type=FILE, help="Load a register, or the completed template.")
@click.option("--remove", multiple=True, metavar="ID", help="Take a person out of the register. Repeatable.")
@click.option("--speakers", is_flag=True, help="List voices instead of people.")
@click.option("--force", is_flag=True, help="Replace the template's file without asking.")
@why_option
@format_option
def participants(
    study: Path,
    template: Path | None,
    register: Path | None,
    remove: tuple[str, ...],
    speakers: bool,
    force: bool,
    why: str,
    fmt: str,
) -> None:
    """List who takes part; write the list of speakers to complete, load it, or take somebody out.

    \b
    Examples:
      mihqda participants study.mihqda
      mihqda participants study.mihqda --template people.xlsx
      mihqda participants study.mihqda --from people.xlsx
      mihqda participants study.mihqda --speakers
      mihqda participants study.mihqda --remove P5x --why "typing error"
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        if template is not None:
            confirm_replace(template, force=force)
            waiting = project.write_template(template)
            click.echo(f"wrote {template}: {counted(waiting, 'voice')} without a participant")
            command = f"mihqda participants {as_argument(study)} --from {as_argument(template)}"
            click.echo(f"next: complete it and run: {command}")
            return
        if remove:
            for person in remove:
                project.remove_participant(person, why=why)
                click.echo(f"{person} is no longer in the register    (mihqda undo {as_argument(study)})")
            return
        if register is not None:
            report = project.load_participants(register)
            for note in report.notes:
                click.echo(f"{report.source}: {note}")
            _print_unmapped(project, study)
            return
        if speakers:
            emit(project.speakers(), fmt, empty="no transcripts yet: mihqda import STUDY PATH…")
            return
        frame = project.participants()
        emit(
            frame,
            fmt,
            empty=f"nobody is registered: mihqda participants {as_argument(study)} --template people.xlsx",
        )
        if fmt == "table":
            for group, size in frame.groupby("group", sort=False).size().items():
                click.echo(f"{group}: {size}")
            _print_unmapped(project, study)


@click.command()
@study_argument
@click.option("--remove", metavar="ID", help="Take a transcript out of the study.")
@click.option("--with-codings", is_flag=True, help="Also if it has codings, which go with it.")
@why_option
@format_option
def transcripts(study: Path, remove: str | None, with_codings: bool, why: str, fmt: str) -> None:
    """List the transcripts with session, language, turns, words and codings; or take one out.

    \b
    Examples:
      mihqda transcripts study.mihqda
      mihqda transcripts study.mihqda --remove P04 --why "withdrawn"
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        if remove is not None:
            gone = project.remove_transcript(remove, with_codings=with_codings, why=why)
            click.echo(
                f"{remove} removed with {counted(gone, 'coding')}    (mihqda undo {as_argument(study)})"
            )
            return
        frame = project.transcripts()
    if fmt == "table":
        frame = frame.drop(columns=["sha256", "reader", "characters", "revision"])
    emit(frame, fmt, empty=f"no transcripts yet: mihqda import {as_argument(study)} PATH…")


@click.command()
@study_argument
@click.argument("transcript")
@format_option
def show(study: Path, transcript: str, fmt: str) -> None:
    """Show one transcript turn by turn, with positions, speakers and times.

    \b
    Example:
      mihqda show study.mihqda FG1
    """
    import pandas as pd

    from mihqda.project import Project

    with Project.open(study) as project:
        one = project.transcript(transcript)
        voices = project.snapshot().voices
        people = {
            (row[1], row[2]): row[4]
            for row in voices[voices["transcript"] == transcript].itertuples(index=False)
        }
        codings = project.snapshot().codings
    rows = []
    for number, turn in enumerate(one.turns):
        persons = ", ".join(
            filter(None, (people.get((number, label), "") for label in turn.speakers or ("",)))
        )
        rows.append(
            (
                number, turn.span.start, turn.span.end, " & ".join(turn.speakers), persons, turn.start, turn.end,
                turn.language, turn.span.quote(one.text),
            )
        )  # fmt: skip
    frame = pd.DataFrame(
        rows,
        columns=[
            "turn",
            "start",
            "end",
            "speaker",
            "participant",
            "starts_at",
            "ends_at",
            "language",
            "text",
        ],
    )
    if fmt != "table":
        emit(frame, fmt)
        return
    count = int((codings["transcript"] == transcript).sum())
    click.echo(
        f"{transcript}: {len(rows)} turns, {len(one.text):,} characters, {one.language}, {count} codings\n"
    )
    for _, start, end, speaker, _, time, _, _, text in rows:
        stamp = (
            "" if time is None else f"  [{int(time) // 3600}:{int(time) // 60 % 60:02d}:{int(time) % 60:02d}]"
        )
        click.echo(click.style(f"{start}:{end}  {printable(speaker) or '(no label)'}{stamp}", bold=True))
        click.echo(f"{printable(text)}\n")


@click.command()
@study_argument
@click.option("--unit", type=click.Choice(UNITS), required=True, help="What a segment is.")
@click.option("--transcript", help="Only this one.")
@click.option("--size", type=click.IntRange(min=1), default=3, show_default=True, help="Turns in a window.")
@format_option
def segments(study: Path, unit: str, transcript: str | None, size: int, fmt: str) -> None:
    """Cut transcripts into turns, exchanges, paragraphs, sentences or windows of turns.

    \b
    Examples:
      mihqda segments study.mihqda --unit turn
      mihqda segments study.mihqda --unit window --size 5 --transcript FG1 --format csv
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        frame = project.segments(unit, transcript=transcript, size=size)  # type: ignore[arg-type]
    emit(frame, fmt, empty=f"no transcripts yet: mihqda import {as_argument(study)} PATH…")
