"""`import` and `export`: conferences as files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from conference_hub.cli.common import Parsers, add_conference, opened, the_conference
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.cli.words import _, say_message, say_text
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import find_conference, get_conference
from conference_hub.data import exporting, importing
from conference_hub.data.export import conference_as_json
from conference_hub.exchange.comparing import Comparison
from conference_hub.exchange.faults import Fault, Message
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.schema import json_schema
from conference_hub.exchange.sheets import MAX_BYTES, Unreadable
from conference_hub.web.hub import Hub

KINDS = ("new", "changed", "moved", "gone")


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "import",
        help=_("행사 파일(JSON, XLSX)을 가져옵니다"),
        description=_(
            "행사 파일을 가져옵니다. 파일의 주소 이름을 가진 행사가 있으면 그 행사를 바꾸고, 없으면 새로 만듭니다. "
            "고칠 곳이 하나라도 있으면 아무것도 바뀌지 않습니다."
        ),
    )
    one.add_argument("file", type=Path, help=_("행사 파일 (.json 또는 .xlsx)"))
    one.add_argument("--conf", help=_("바꿀 행사의 슬러그 (기본값: 파일의 주소 이름)"))
    one.add_argument("--dry-run", action="store_true", help=_("무엇이 바뀌는지만 보여 줍니다"))
    one.add_argument("--yes", action="store_true", help=_("진행 중인 행사의 날짜, 시간대, 언어도 바꿉니다"))
    one.add_argument("--remove", action="store_true", help=_("파일에 없는 항목을 뺍니다"))
    one.set_defaults(run=_import)
    one = commands.add_parser(
        "export",
        help=_("한 행사를 파일로 씁니다"),
        description=_(
            "한 행사의 준비 내용을 JSON이나 엑셀(.xlsx)로 씁니다. 개인정보가 들어 있고 비밀 값과 진행 기록은 없습니다. "
            "--full이면 기록까지 모든 자료를 JSON으로 씁니다."
        ),
    )
    add_conference(one)
    one.add_argument("--output", type=Path, help=_("쓸 파일 (.json 또는 .xlsx, 기본값: 표준 출력에 JSON)"))
    what = one.add_mutually_exclusive_group()
    what.add_argument("--full", action="store_true", help=_("진행 기록까지 모든 자료를 JSON으로 씁니다"))
    what.add_argument("--schema", action="store_true", help=_("행사 파일의 JSON 스키마를 씁니다"))
    one.set_defaults(run=_export)


def _import(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    data = _read(arguments.file)
    if data is None:
        return 1
    gone = Gone.REMOVE if arguments.remove else Gone.KEEP
    with opened(env, create=not arguments.dry_run) as hub:
        try:
            comparison, conference = _compared(hub, data, arguments.conf, gone)
        except Unreadable as error:
            return _refused([error.fault])
        if comparison.faults:
            return _refused(comparison.faults)
        _tell(comparison)
        print(*map(say_message, comparison.notices), sep="\n", end="\n" if comparison.notices else "")
        asks = _dangers(hub, conference, comparison)
        print(*map(say_message, asks), sep="\n", end="\n" if asks else "")
        if arguments.dry_run or not comparison.any:
            return 0
        if asks and not arguments.yes:
            print("conference-hub: " + _("그래도 바꾸려면 --yes를 붙여 주세요."), file=sys.stderr)
            return 1
        if conference is None:
            conference = importing.put_new(hub, comparison, COMMAND_LINE)
        else:
            importing.put_into(hub, conference.slug, comparison, COMMAND_LINE, confirmed=arguments.yes)
    print(_("가져왔습니다: %(conf)s", conf=conference.slug))
    return 0


def _compared(hub: Hub, data: bytes, conf: str | None, gone: Gone) -> tuple[Comparison, Conference | None]:
    """Return what the file does, and the conference that it changes; None when it makes one."""
    with hub.database.reading() as db:
        conference = get_conference(db, conf) if conf else _named(hub, db, data)
        if conference is not None:
            loaded = importing.load_into(hub, db, conference, data)
            return importing.compare(hub, db, conference.slug, loaded, gone=gone), conference
    loaded = importing.load_new(hub, data)
    with hub.database.reading() as db:
        return importing.compare(hub, db, "", loaded, fresh=True), None


def _dangers(hub: Hub, conference: Conference | None, comparison: Comparison) -> list[Message]:
    """Return what the file does to those who are connected to the conference that it changes."""
    if conference is None:
        return []
    with hub.database.reading() as db:
        found = importing.dangers(hub, db, conference.slug, comparison)
    return [Message(text=words) for words in found]


def _named(hub: Hub, session: Session, data: bytes) -> Conference | None:
    """Return the conference that has the slug of the file."""
    rows = importing.load_new(hub, data).contents.rows.get(importing.CONFERENCE, ())
    slug = next((row.values.get("slug") for row in rows), None)
    return find_conference(session, slug) if slug else None


def _export(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.reading() as db:
        text, data = _exported(hub, db, arguments)
    if arguments.output is None:
        print(text, end="")
        return 0
    try:
        _write_private(arguments.output, data)
    except OSError as error:
        print(f"conference-hub: {error}", file=sys.stderr)
        return 1
    return 0


def _exported(hub: Hub, db: Session, arguments: argparse.Namespace) -> tuple[str, bytes]:
    """Return the text for the terminal, and the bytes for a file."""
    if arguments.schema:
        text = json.dumps(json_schema(importing.parts_of(hub)), ensure_ascii=False, indent=1) + "\n"
        return text, text.encode()
    conference = the_conference(db, arguments.conf)
    if arguments.full:
        text = json.dumps(conference_as_json(db, conference.slug), ensure_ascii=False, indent=1) + "\n"
        return text, text.encode()
    whole = exporting.conference_file(hub, db, conference)
    if arguments.output is not None and arguments.output.suffix.lower() == ".xlsx":
        return "", whole.as_workbook(_)
    text = whole.as_json()
    return text, text.encode()


def _read(path: Path) -> bytes | None:
    """Return what a file holds; None, told on standard error, when it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            print(
                f"conference-hub: {path}: " + _("파일이 너무 큽니다. 10MB까지 읽을 수 있습니다."),
                file=sys.stderr,
            )
            return None
        return path.read_bytes()
    except OSError as error:
        print(f"conference-hub: {error}", file=sys.stderr)
        return None


def _tell(comparison: Comparison) -> None:
    words = {"new": _("새로 생김"), "changed": _("바뀜"), "moved": _("옮겨짐"), "gone": _("빠짐")}
    for part in comparison.parts:
        changes = comparison.changes.get(part.name)
        counts = [(words[kind], len(changes.of(kind))) for kind in KINDS] if changes else []
        if told := ", ".join(f"{word} {count}" for word, count in counts if count):
            print(f"{part.name}: {told}")
    if not comparison.any:
        print(_("바뀌는 것이 없습니다."))


def _refused(faults: Iterable[Fault]) -> int:
    for fault in faults:
        print(f"{_place(fault)}: {say_message(fault.message)}", file=sys.stderr)
    return 1


def _place(fault: Fault) -> str:
    """Return the place of a fault: its JSON path, or sheet, row and column."""
    if fault.path:
        return fault.path
    row = _("%(row)s행", row=fault.row) if fault.row else ""
    sheet, column = (say_text(text) if text else "" for text in (fault.sheet, fault.column))
    return " · ".join(part for part in (sheet, row, column) if part) or "-"


def _write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read; raises FileExistsError rather than write over one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
