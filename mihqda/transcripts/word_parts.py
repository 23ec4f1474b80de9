"""Open a Word file (.docx): a zip archive of XML parts, from anybody, so with limits and without entities."""

from __future__ import annotations

import posixpath
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from mihqda.errors import InputError

MAX_PART = 100_000_000
"""Bytes of one part, unpacked: the text of a long transcript has a hundredth of this."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP_ERRORS = (  # what zipfile lets through on damaged archives, found by fuzzing
    BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, LookupError, RuntimeError, struct.error,
)  # fmt: skip
_DAMAGED = "it is damaged; open it in Word, let Word repair it, and save it again"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a document that hold text; `notes` and `styles` are None if the document has none."""

    document: Any
    footnotes: Any | None = None
    endnotes: Any | None = None
    styles: Any | None = None


def open_parts(data: bytes) -> Parts:
    """Return the XML of a Word file's parts.

    Raises
    ------
    InputError
        If it is another kind of file, protected, damaged, or too large when unpacked.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError(
                "it is protected by a password; open it in Word, remove the password and save it"
            )
        raise InputError("it is an old Word file (.doc) under another name; save it as .docx in Word")
    if data.startswith(b"{\\rtf"):
        raise InputError("it is rich text (RTF) under another name; save it as .docx in Word")
    if not data.startswith(b"PK"):
        raise InputError("it is no Word file (.docx); if it is plain text, rename it to .txt")
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read_parts(archive)
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,  # an encrypted entry, or a compression that zipfile does not know
    ) as error:
        raise InputError(_DAMAGED) from error


def _read_parts(archive: ZipFile) -> Parts:
    names = {name.lower(): name for name in archive.namelist()}
    main = _find_targets(archive, names, "").get("officeDocument", "word/document.xml")
    if main.lower() not in names:
        raise InputError(_describe_other(archive, names))
    targets = _find_targets(archive, names, main)

    def read(kind: str) -> Any | None:
        target = targets.get(kind, posixpath.join(posixpath.dirname(main), f"{kind}.xml"))
        return _parse(archive, names[target.lower()]) if target.lower() in names else None

    document = _parse(archive, names[main.lower()])
    if not document.tag.endswith("}document"):
        raise InputError(_describe_other(archive, names))
    return Parts(document, read("footnotes"), read("endnotes"), read("styles"))


def _find_targets(archive: ZipFile, names: dict[str, str], part: str) -> dict[str, str]:
    """Return the parts that a part refers to, kind -> name in the archive; of the package if `part` is empty."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels").lower()
    out: dict[str, str] = {}
    if relations in names:
        for relation in _parse(archive, names[relations]):
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            target = str(relation.get("Target", ""))
            if relation.get("TargetMode") != "External":
                out.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return out


def _parse(archive: ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        data = part.read(MAX_PART + 1)  # the size that the archive states may be a lie
    if len(data) > MAX_PART:
        raise InputError(f"its part {name!r} unpacks to more than {MAX_PART:,} bytes; it is no transcript")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(_DAMAGED) from error
    if root is None:
        raise InputError(_DAMAGED)
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(
            "its XML declares a document type, which no word processor writes; save it anew in Word"
        )
    return root


def _describe_other(archive: ZipFile, names: dict[str, str]) -> str:
    if "xl/workbook.xml" in names:
        return "it is an Excel workbook under another name; a transcript is a .docx or a .txt"
    if "ppt/presentation.xml" in names:
        return "it is a PowerPoint presentation under another name; save the transcript as .docx"
    if "mimetype" in names and _starts_as_odf(archive, names["mimetype"]):
        return "it is an OpenDocument text (.odt) under another name; save it as .docx"
    return "it is a zip archive without a Word document; unpack it, or save the transcript as .docx"


def _starts_as_odf(archive: ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        return part.read(60).startswith(b"application/vnd.oasis")
