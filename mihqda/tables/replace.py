"""Write a file whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from mihqda.errors import InputError


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Open a new file next to `target` and put it in its place when the block ends without an error.

    Whatever goes wrong, a crash included, the old file stays as it was.

    Raises
    ------
    InputError
        If the folder is missing or read-only, the disk is full, or `target` is not a file.
    """
    if target.exists() and not target.is_file():  # swapping a file over a folder or /dev/null is never meant
        raise InputError(f"{target}: not a file; give the name of a file")
    place = Path(os.path.realpath(target))  # a link stays a link
    new = place.with_name(f".{place.name[:100]}.{uuid4().hex[:12]}.tmp")
    try:
        try:
            with new.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, place)
        except BaseException:
            with suppress(OSError):
                new.unlink()
            raise
    except OSError as error:
        raise InputError(f"{target}: cannot be written: {_explain(error)}") from error


def _explain(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; make room or choose another folder"
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return "the folder does not exist; make it first"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "the folder or file is read-only, or open in Excel; close it or choose another folder"
    return f"{error.strerror or error}; choose another folder"
