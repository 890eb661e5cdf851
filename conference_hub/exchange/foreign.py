"""Files that hold no table the hub reads: PDF, word processors, pictures, web pages. They are told by their content."""

from __future__ import annotations

import io
import zipfile

from conference_hub.core.errors import msg
from conference_hub.exchange.sheets import Unreadable

NO_LIST = msg("%(kind)s 파일은 읽을 수 없습니다. 표를 엑셀(XLSX)이나 CSV로 저장해 올려 주세요.")
NO_CONFERENCE = msg("%(kind)s 파일은 읽을 수 없습니다. 행사 파일은 JSON이나 엑셀(XLSX)입니다.")

BEGINNINGS = {
    b"%PDF-": "PDF",
    b"HWP Document File": "HWP",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
}
BINARY_AFTER = frozenset({b"BM"})
"""Beginnings that a text may have, too: a picture goes on with a zero byte soon."""
OLE = b"\xd0\xcf\x11\xe0"
IN_OLE = {"HWP Document File": "HWP", "WordDocument": "DOC", "PowerPoint Document": "PPT"}
"""Names of streams in a compound file, as UTF-16 or as they are, and whose they are."""
IN_ZIP = {"word/": "DOCX", "ppt/": "PPTX", "Contents/section0.xml": "HWPX", "META-INF/manifest.xml": "ODS"}
WEB_PAGE = (b"<!doctype html", b"<html", b"<table")


def refuse_foreign(data: bytes, *, whole: bool = False) -> None:
    """Raise Unreadable for a file that holds no table; `whole`: a conference file is wanted."""
    kind = foreign_kind(data)
    if kind:
        raise Unreadable(NO_CONFERENCE if whole else NO_LIST, kind=kind)


def foreign_kind(data: bytes) -> str:
    """Return what people call the kind of a file that holds no table, an empty text for one that may hold one."""
    for beginning, kind in BEGINNINGS.items():
        if data.startswith(beginning) and (beginning not in BINARY_AFTER or b"\x00" in data[:32]):
            return kind
    if data.startswith(OLE):
        return next((kind for name, kind in IN_OLE.items() if _names(data, name)), "")
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data)
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return "HEIC"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return "HTML" if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE) else ""


def _names(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data or name.encode() in data


def _in_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if any(name.startswith("xl/") for name in names):
        return ""
    return next(
        (kind for part, kind in IN_ZIP.items() if any(name.startswith(part) for name in names)), "ZIP"
    )
