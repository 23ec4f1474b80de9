"""Codebooks on the command line: read, check, compare, convert, and revise with the reason logged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mihqda.cli.options import FILE, format_option, study_argument, why_option
from mihqda.cli.output import confirm_replace, emit
from mihqda.errors import as_argument

if TYPE_CHECKING:
    from mihqda.codebook import Code, Codebook
    from mihqda.codebook.diff import Change
    from mihqda.project import Project

target_argument = click.argument("target", metavar="STUDY|CODEBOOK")


@click.group()
def codebook() -> None:
    """Read, check, compare, convert and revise codebooks.

    STUDY|CODEBOOK is a study file, a codebook file (.yaml .csv .xlsx) or a shipped name: mih, cfir2022, cfir2009.
    """


@codebook.command("list")
@target_argument
@format_option
def list_(target: str, fmt: str) -> None:
    """List codes as a tree, with the number of codings where it is a study.

    \b
    Examples:
      mihqda codebook list study.mihqda
      mihqda codebook list cfir2022 --format csv
    """
    import pandas as pd

    books, counts = _read(target)
    rows = []
    for book in books:
        depth: dict[str, int] = {}
        for code in book:
            depth[code.id] = depth.get(code.parent or "", -1) + 1
            name = ("  " * depth[code.id] if fmt == "table" else "") + code.name
            rows.append(
                (
                    code.id,
                    name,
                    code.kind,
                    code.parent or "",
                    code.codable,
                    code.retired,
                    book.id,
                    counts.get(code.id, 0),
                )
            )
    frame = pd.DataFrame(
        rows, columns=["code", "name", "kind", "parent", "codable", "retired", "codebook", "codings"]
    )
    if fmt == "table":
        keep = ["code", "name", "kind"] + (["codings"] if counts else [])
        if frame["retired"].any():
            keep.append("retired")
        frame = frame[keep]
    emit(frame, fmt, empty=f"no codebook yet: mihqda codebook load {as_argument(target)} mih")


@codebook.command("show")
@target_argument
@click.argument("code")
@click.option(
    "--language", type=click.Choice(["en", "nl"]), default="en", help="Names, examples and keywords."
)
def show(target: str, code: str, language: str) -> None:
    """Show one code with its rules.

    \b
    Example:
      mihqda codebook show mih mih.theme.workload
    """
    from mihqda.errors import NotFoundError

    books, counts = _read(target)
    for book in books:
        if code in book:
            _print_code(book[code], book, counts.get(code), language)
            return
    from difflib import get_close_matches

    near = get_close_matches(code, [one.id for book in books for one in book], n=3, cutoff=0.4)
    raise NotFoundError(f"{target} has no code {code!r}" + (f"; is it {' or '.join(near)}?" if near else ""))


def _print_code(code: Code, book: Codebook, count: int | None, language: str) -> None:
    flags = [code.kind] + ([] if code.codable else ["container"]) + (["retired"] if code.retired else [])
    click.echo(f"{click.style(code.name_in(language), bold=True)}  ({', '.join(flags)})")
    example = code.attributes.get(f"example_{language}") or code.examples
    fields: list[tuple[str, object]] = [
        ("id", code.id), ("codebook", f"{book.id} {book.version}"), ("parent", code.parent),
        ("definition", code.definition), ("include", code.include), ("exclude", code.exclude),
        ("example", example), ("keywords", code.keywords_in(language) or code.keywords),
        ("valence", None if code.valence_applicable else "does not apply"),
        ("links", [f"{link.relation}: {link.to}" for link in code.links]),
    ]  # fmt: skip
    shown = {f"name_{language}", f"example_{language}", f"keywords_{language}"}
    fields += [(key, value) for key, value in code.attributes.items() if key not in shown]
    if count is not None:
        fields.append(("codings", count))
    for name, value in fields:
        if value is None or value == "" or value == [] or value == ():
            continue
        text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        click.echo(click.wrap_text(text, 96, f"  {name:<12} ", " " * 15))


@codebook.command("check")
@click.argument("files", nargs=-1, required=True)
def check(files: tuple[str, ...]) -> None:
    """Check codebook files: the schema, the tree, missing rules, ambiguous keywords, links.

    An error names file, line and code (exit status 2); findings are advice.

    \b
    Examples:
      mihqda codebook check our_codes.yaml
      mihqda codebook check mih cfir2022 cfir2009
    """
    from mihqda.codebook.check import check as find
    from mihqda.codebook.load import load_codebook, resolve

    books = [load_codebook(resolve(file)) for file in files]
    for file, book in zip(files, books, strict=True):
        findings = find(book, [other for other in books if other is not book])
        click.echo(f"{file}: valid, {len(book)} codes, {sum(code.codable for code in book)} codable")
        for finding in findings:
            click.echo(f"  {finding}")


@codebook.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--study", type=FILE, help="Count the codings that each change touches in this study.")
@format_option
def diff(old: str, new: str, study: Path | None, fmt: str) -> None:
    """Compare two versions of a codebook: added, removed, renamed, moved, redefined.

    OLD may be a study: then the codings that each change touches are counted in it.

    \b
    Examples:
      mihqda codebook diff codes_v1.yaml codes_v2.yaml
      mihqda codebook diff study.mihqda codes_v2.yaml
    """
    from mihqda.codebook.diff import diff as compare
    from mihqda.errors import NotFoundError

    after_books, _ = _read(new)
    before_books, counts = _read(old)
    if study is not None:
        _, counts = _read(str(study))
    wanted = {book.id for book in after_books}
    if len(before_books) > 1:
        before_books = [book for book in before_books if book.id in wanted]
    if len(after_books) > 1:
        after_books = [book for book in after_books if book.id in {one.id for one in before_books}]
    if len(before_books) != 1 or len(after_books) != 1:
        raise NotFoundError(f"{old} and {new} have no single codebook in common")
    emit_changes(compare(before_books[0], after_books[0]), counts, fmt)


def emit_changes(changes: Iterable[Change], counts: dict[str, int], fmt: str) -> None:
    """Print the changes of a codebook, with the codings that each touches."""
    import pandas as pd

    rows = [
        (
            change.kind,
            change.code or "(head)",
            field,
            change.before.get(field),
            change.after.get(field),
            counts.get(change.code, 0),
        )
        for change in changes
        # Of a new or lost code the name says enough; its other fields stand in the file.
        for field in (("name",) if change.kind in ("added", "removed") else change.fields)
    ]
    frame = pd.DataFrame(rows, columns=["change", "code", "field", "before", "after", "codings"])
    emit(frame, fmt, empty="no difference")


@codebook.command("convert")
@click.argument("source")
@click.argument("target", type=FILE)
@click.option("--codebook", "wanted", help="Which one, if a study has several.")
@click.option("--force", is_flag=True, help="Replace TARGET without asking.")
def convert(source: str, target: Path, wanted: str | None, force: bool) -> None:
    """Convert between YAML, CSV and XLSX without loss, or write a study's codebook into a file.

    \b
    Examples:
      mihqda codebook convert mih codes.xlsx
      mihqda codebook convert study.mihqda mih_edited.yaml --codebook mih
    """
    from mihqda.codebook.load import save_codebook
    from mihqda.errors import InputError

    books, _ = _read(source)
    if wanted is not None:
        books = [book for book in books if book.id == wanted]
    if len(books) != 1:
        raise InputError(f"{source} has {len(books)} such codebooks: name one with --codebook")
    confirm_replace(target, force=force)
    save_codebook(books[0], target)
    click.echo(f"wrote {target}: {len(books[0])} codes")


@codebook.command("load")
@study_argument
@click.argument("name", metavar="FILE|NAME")
def load(study: Path, name: str) -> None:
    """Load a further codebook into a study.

    \b
    Examples:
      mihqda codebook load study.mihqda cfir2022
      mihqda codebook load study.mihqda our_codes.xlsx
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        book = project.add_codebook(name)
    click.echo(f"codebook {book.id} {book.version}: {len(book)} codes")


@codebook.command("update")
@study_argument
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@why_option
@format_option
def update(study: Path, file: Path, dry_run: bool, why: str, fmt: str) -> None:
    """Load an edited codebook file; what was edited in the study is kept.

    Shows every change and the codings it touches. A code that the file no longer has is retired, with its
    codings kept. Where both sides changed the same field, the study's text stays and is listed.

    \b
    Examples:
      mihqda codebook update study.mihqda mih_v2.yaml --dry-run
      mihqda codebook update study.mihqda mih_v2.yaml --why "definitions after the pilot"
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        counts = _counts(project)
        planned = project.plan_update(file) if dry_run else project.update_codebook(file, why=why)
    emit_changes(planned.changes, counts, fmt)
    for conflict in planned.conflicts:
        click.echo(f"! {conflict}", err=True)
    if dry_run:
        click.echo("nothing was changed (--dry-run)", err=True)


@codebook.command("add")
@study_argument
@click.argument("code")
@click.option("--name", required=True, help="What people read.")
@click.option("--parent", help="Id of the code above it.")
@click.option("--codebook", "book", help="Which codebook; that of the parent otherwise.")
@click.option("--definition", default="", help="What it means.")
@click.option("--include", default="", help="When to apply it.")
@click.option("--exclude", default="", help="When not, and what instead.")
@click.option("--example", "examples", multiple=True, help="A quote. Repeatable.")
@click.option("--keyword", "keywords", multiple=True, help="A keyword. Repeatable.")
@why_option
def add(
    study: Path, code: str, name: str, parent: str | None, book: str | None, definition: str, include: str,
    exclude: str, examples: tuple[str, ...], keywords: tuple[str, ...], why: str,
) -> None:  # fmt: skip
    """Add a code to the study.

    \b
    Example:
      mihqda codebook add study.mihqda own.turnover --name "Staff turnover" --parent mih.theme --why "new in P04"
    """
    from mihqda.codebook import Code
    from mihqda.project import Project

    made = Code(
        code, name, parent=parent, definition=definition, include=include, exclude=exclude, examples=examples,
        keywords=keywords, attributes={"origin": "inductive"},
    )  # fmt: skip
    with Project.open(study) as project:
        project.add_code(made, codebook=book, why=why)
    click.echo(f"added {code}")


@codebook.command("rename")
@study_argument
@click.argument("code")
@click.argument("name")
@why_option
def rename(study: Path, code: str, name: str, why: str) -> None:
    """Give a code another name; its id and its codings stay.

    \b
    Example:
      mihqda codebook rename study.mihqda mih.theme.workload "Werkdruk en tijd"
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        project.rename_code(code, name, why=why)
    click.echo(f"{code} is now called {name!r}")


@codebook.command("move")
@study_argument
@click.argument("code")
@click.option("--under", help="Id of the new parent.")
@click.option("--top", is_flag=True, help="Move it to the top.")
@why_option
def move(study: Path, code: str, under: str | None, top: bool, why: str) -> None:
    """Put a code under another parent of its codebook.

    \b
    Example:
      mihqda codebook move study.mihqda own.turnover --under mih.theme.workload
    """
    from mihqda.project import Project

    if bool(under) == top:
        raise click.UsageError("say where: --under CODE or --top")
    with Project.open(study) as project:
        project.move_code(code, under, why=why)
    click.echo(f"{code} is now under {under or 'the top'}")


@codebook.command("merge")
@study_argument
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="Id of the code that stays.")
@why_option
def merge(study: Path, codes: tuple[str, ...], into: str, why: str) -> None:
    """Merge codes into another: their codings follow, they are retired.

    \b
    Example:
      mihqda codebook merge study.mihqda own.turnover --into mih.theme.workload --why "same thing"
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        moved, removed = project.merge_codes(codes, into, why=why)
    there = f", {removed} stood there already" if removed else ""
    click.echo(
        f"{', '.join(codes)} merged into {into}; {moved} codings followed{there}    (mihqda undo {as_argument(study)})"
    )


@codebook.command("retire")
@study_argument
@click.argument("code")
@why_option
def retire(study: Path, code: str, why: str) -> None:
    """Apply a code no more; its codings stay and are counted.

    \b
    Example:
      mihqda codebook retire study.mihqda mih.definition.idea_to_reality --why "never used"
    """
    from mihqda.project import Project

    with Project.open(study) as project:
        project.retire_code(code, why=why)
    click.echo(f"{code} is retired    (mihqda undo {as_argument(study)} brings it back)")


def _counts(project: Project) -> dict[str, int]:
    codes = project.codes()
    return dict(zip(codes["code"], map(int, codes["codings"]), strict=True))


def _read(target: str) -> tuple[list[Codebook], dict[str, int]]:
    """Return the codebooks of a study or a file, and code -> codings for a study."""
    if Path(target).suffix.lower() == ".mihqda":
        from mihqda.project import Project

        with Project.open(target) as project:
            return list(project.codebooks()), _counts(project)
    from mihqda.codebook.load import load_codebook, resolve

    return [load_codebook(resolve(target))], {}
