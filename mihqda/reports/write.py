"""Write a report into a folder: all of it or nothing, and nothing of anybody else's lost."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from mihqda import registry
from mihqda.errors import InputError
from mihqda.reports.model import Report, ReportWriter

FORMATS = ("html", "docx", "xlsx", "csv")
MARKER = "report.json"
"""The file by which a folder is known as a report; it lists the files with their SHA-256."""


Progress = Callable[[str], None]
"""Is told the name of a format when its files are written."""


def write_report(
    report: Report, directory: Path, formats: Sequence[str] = FORMATS, *, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write a report and return its files.

    The files are written into a new folder beside `directory`, which takes its place when all are there. An
    earlier report is replaced; what else lies in its folder stays.

    Parameters
    ----------
    report
        From `mihqda.reports.build.build_report`.
    directory
        A folder that does not exist yet, is empty, or holds an earlier report.
    formats
        Names of the group ``mihqda.reports``.
    progress
        Called after each format.

    Raises
    ------
    InputError
        If `directory` is something else, if a file of the earlier report was changed by hand since, or if
        something cannot be written; the earlier report is still there then.
    PluginError
        If a format is unknown.
    """
    if not formats:
        raise InputError(f"no format was chosen; there are: {', '.join(registry.names('mihqda.reports'))}")
    writers: list[ReportWriter] = [registry.load("mihqda.reports", name) for name in dict.fromkeys(formats)]
    try:
        target = directory.expanduser().resolve()
        earlier = _earlier_files(target, directory)
        # Of a name of its own, beside the target: a rename cannot cross disks.
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
        try:
            fresh.mkdir(parents=True)
            paths: list[Path] = []
            for writer in writers:
                paths += writer.write(report, fresh)
                if progress is not None:
                    progress(writer.name)
            names = sorted(path.relative_to(fresh).as_posix() for path in paths)
            _write_marker(fresh, names, report)
            _check_foreign(target, earlier, {*names, MARKER}, directory)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        _swap(fresh, {*names, MARKER}, target, earlier)
    except (OSError, UnicodeError) as error:
        raise InputError(
            f"cannot write the report to {directory}: {getattr(error, 'strerror', None) or error}; close its files in "
            "other programs, make room, or choose another folder (what was there before is unchanged)"
        ) from error
    return tuple(directory / name for name in names)


def _earlier_files(target: Path, named: Path) -> frozenset[str]:
    """Return the files of the report that lies there, relative to it; none if nothing is there."""
    if not target.exists():
        return frozenset()
    if not target.is_dir():
        raise InputError(f"{named} is a file, not a folder; choose another name for the report")
    if not any(target.iterdir()):
        return frozenset()
    way_out = "choose a new or an empty folder"
    try:
        files = json.loads((target / MARKER).read_text(encoding="utf-8"))["files"]
        listed = {str(name): str(digest) for name, digest in files.items()}
    except FileNotFoundError:
        raise InputError(
            f"{named} holds files and is no earlier report (it has no {MARKER}); {way_out}"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{named}: its {MARKER} is not one that mihqda wrote; {way_out}") from None
    for name, digest in sorted(listed.items()):
        path = (target / name).resolve()
        if target not in path.parents:
            raise InputError(f"{named}: its {MARKER} names a file outside the folder; {way_out}")
        if path.exists() and (not path.is_file() or _digest(path) != digest):
            raise InputError(
                f"{named}: {name} was changed after mihqda wrote it and would be lost; move it, or {way_out}"
            )
    return frozenset({*listed, MARKER})


def _check_foreign(target: Path, earlier: frozenset[str], names: Iterable[str], named: Path) -> None:
    for name in sorted(names):
        if name not in earlier and (target / name).exists():
            raise InputError(
                f"{named} holds a file {name} that is not mihqda's; move it, or choose another folder"
            )


def _write_marker(folder: Path, names: Sequence[str], report: Report) -> None:
    marker = {
        "made_by": "mihqda", "study": report.study, "as_of": report.as_of,
        "files": {name: _digest(folder / name) for name in names},
    }  # fmt: skip
    text = json.dumps(marker, indent=1, ensure_ascii=False) + "\n"
    (folder / MARKER).write_text(text, encoding="utf-8", newline="\n")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _swap(fresh: Path, names: Collection[str], target: Path, earlier: Collection[str]) -> None:
    """Put `fresh` in the place of `target`, with what in `target` is not of the earlier report."""
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.old")
    moved: list[Path] = []
    is_aside = False
    try:
        if target.exists():
            os.rename(target, aside)
            is_aside = True
            for name in _others(aside, Path(), earlier):
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                os.rename(aside / name, fresh / name)
                moved.append(name)
        os.rename(fresh, target)
    except BaseException:
        for name in reversed(moved):
            os.rename(fresh / name, aside / name)
        if is_aside:
            os.rename(aside, target)
        _remove(fresh, names)
        raise
    _remove(aside, earlier)


def _others(folder: Path, below: Path, earlier: Collection[str]) -> list[Path]:
    """Return what in a folder is not of the report: files, and folders without any of its files."""
    found = []
    for path in sorted((folder / below).iterdir()):
        name = below / path.name
        if path.is_dir() and any(one.startswith(f"{name.as_posix()}/") for one in earlier):
            found += _others(folder, name, earlier)
        elif name.as_posix() not in earlier:
            found.append(name)
    return found


def _remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files by name, and the folders that are empty then; never anything else."""
    with suppress(OSError):
        for name in names:
            (folder / name).unlink(missing_ok=True)
        for below in sorted((one for one in folder.rglob("*") if one.is_dir()), reverse=True):
            below.rmdir()
        folder.rmdir()
