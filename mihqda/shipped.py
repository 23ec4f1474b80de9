"""Find the codebooks and the example data that come with mihqda, in a clone and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path


def shipped(*parts: str) -> Path:
    """Return the path of something that ships with the package.

    Parameters
    ----------
    *parts
        Path below the top level, such as ``"codebooks", "mih.yaml"``.

    Raises
    ------
    FileNotFoundError
        If it does not exist: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_shipped", package.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} did not come with this installation of mihqda; reinstall it")


def shipped_codebooks() -> dict[str, Path]:
    """Return the shipped codebooks, name -> path, sorted by name."""
    return {path.stem: path for path in sorted(shipped("codebooks").glob("*.yaml"))}
