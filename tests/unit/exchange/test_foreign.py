"""Files without a table are told by their content, whatever they are called."""

from __future__ import annotations

import io
import zipfile

import pytest

from conference_hub.exchange.foreign import NO_CONFERENCE, NO_LIST, foreign_kind, refuse_foreign
from conference_hub.exchange.sheets import Unreadable

OLE = b"\xd0\xcf\x11\xe0" + bytes(508)


def packed(*names: str) -> bytes:
    """Return a ZIP file with these parts."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return into.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (OLE + "HWP Document File".encode("utf-16-le"), "HWP"),
        (OLE + b"HWP Document File V5.00", "HWP"),
        (OLE + "WordDocument".encode("utf-16-le"), "DOC"),
        (OLE + "Workbook".encode("utf-16-le"), ""),
        (packed("mimetype", "Contents/section0.xml"), "HWPX"),
        (packed("[Content_Types].xml", "word/document.xml"), "DOCX"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "PPTX"),
        (packed("content.xml", "META-INF/manifest.xml"), "ODS"),
        (packed("photo.jpg"), "ZIP"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), ""),
        (b"PK\x03\x04 broken", ""),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"BM\x36\x00\x00\x00", "BMP"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WEBP"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html>", "HTML"),
        (b"<table><tr><td>", "HTML"),
        (b"BM,name\nBM,Kim\n", ""),
        (b'{"kind": "conference"}', ""),
        ("이름\n홍길동\n".encode("cp949"), ""),
        ("이름\n홍길동\n".encode("utf-16"), ""),
        (b"", ""),
    ],
)
def test_kind_is_told_by_the_content(data: bytes, kind: str) -> None:
    assert foreign_kind(data) == kind


@pytest.mark.parametrize(("whole", "sentence"), [(False, NO_LIST), (True, NO_CONFERENCE)])
def test_what_to_do_instead_depends_on_what_is_wanted(whole: bool, sentence: str) -> None:  # noqa: FBT001 - given by pytest
    with pytest.raises(Unreadable) as refused:
        refuse_foreign(b"%PDF-1.7", whole=whole)

    message = refused.value.fault.message
    assert (message.text, message.detail) == (sentence, {"kind": "PDF"})
