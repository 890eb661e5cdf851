"""Devices and the codes that pair them: rows to model and back.

What decides what a device may is kept in memory until the conference's revision grows; what it told last is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import fingerprint
from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.errors import NotFound, msg
from conference_hub.gates.model import Contact, Device, DeviceId, GateId, Plan
from conference_hub.gates.tables import DeviceLinkRow, DeviceRow


def find_device(session: Session, conf: str, device_id: str) -> Device | None:
    """Return a device, ended or not, or None; `last_seen_at` and `contact` may be older than what it told last."""
    return _DEVICES.of(session, conf).get(DeviceId(device_id))


def get_device(session: Session, conf: str, device_id: str) -> Device:
    """Return a device as it is now; raises NotFound."""
    row = session.get(DeviceRow, (conf, device_id))
    if row is None:
        raise NotFound(msg("그런 기기가 없습니다."))
    return _device(row)


def all_devices(session: Session, conf: str) -> list[Device]:
    """Return the devices of a conference as they are now, by name, those that were ended last."""
    rows = session.scalars(
        sa.select(DeviceRow)
        .where(DeviceRow.conf == conf)
        .order_by(DeviceRow.ended_at.is_not(None), DeviceRow.name, DeviceRow.id)
    )
    return [_device(row) for row in rows]


def has_upload_key(session: Session, conf: str, device_id: str, key: str) -> bool:
    """Return whether `key` is the upload key of a device."""
    found = session.scalar(
        sa.select(DeviceRow.upload_key).where(DeviceRow.conf == conf, DeviceRow.id == device_id)
    )
    return found is not None and found == fingerprint(key)


def note_contact(session: Session, conf: str, device_id: str, contact: Contact, at: datetime) -> None:
    """Write down what a device told at `at`; nothing for a device that is not paired or was ended."""
    session.execute(
        sa.update(DeviceRow)
        .where(DeviceRow.conf == conf, DeviceRow.id == device_id, DeviceRow.ended_at.is_(None))
        .values(last_seen_at=at, **vars(contact))
    )


def save_device(session: Session, device: Device, *, upload_key: str | None = None) -> None:
    """Insert or update a device; `upload_key` is its new one, None: the one it has."""
    row = session.get(DeviceRow, (device.conf, device.id))
    if row is None:
        row = DeviceRow(conf=device.conf, id=device.id, paired_at=device.paired_at, salt=device.salt)
        session.add(row)
    row.name, row.scan_only, row.gates = device.name, device.scan_only, sorted(device.gates)
    row.browser, row.paired_by = device.browser, device.paired_by
    row.ended_at, row.ended_by = device.ended_at, device.ended_by
    if upload_key is not None:
        row.upload_key = fingerprint(upload_key)
    session.flush()
    bump_revision(session, device.conf)


def add_link(session: Session, row: DeviceLinkRow) -> None:
    """Keep a code that pairs a browser."""
    session.add(row)
    session.flush()


def find_link(session: Session, code: str, at: datetime, *, lock: bool = False) -> DeviceLinkRow | None:
    """Return what a code pairs, None when it is unknown, used or over; `lock` it where it is going to be used."""
    row = session.get(DeviceLinkRow, fingerprint(plain_code(code)), with_for_update=lock)
    if row is None or row.used_at is not None or row.expires_at <= at:
        return None
    return row


def get_link(session: Session, conf: str, link_id: str) -> DeviceLinkRow:
    """Return a code that pairs or paired a browser, by its id; raises NotFound."""
    row = session.scalar(
        sa.select(DeviceLinkRow).where(DeviceLinkRow.conf == conf, DeviceLinkRow.id == link_id)
    )
    if row is None:
        raise NotFound(msg("그런 연결 코드가 없습니다."))
    return row


def open_links(session: Session, conf: str, at: datetime) -> list[DeviceLinkRow]:
    """Return the codes that still pair a browser, the newest first."""
    return list(
        session.scalars(
            sa.select(DeviceLinkRow)
            .where(DeviceLinkRow.conf == conf, DeviceLinkRow.used_at.is_(None), DeviceLinkRow.expires_at > at)
            .order_by(DeviceLinkRow.created_at.desc())
        )
    )


def plan_of(link: DeviceLinkRow) -> Plan:
    """Return what was decided about the device that a code pairs."""
    return Plan(name=link.name, gates=frozenset(map(GateId, link.gates)), scan_only=link.scan_only)


def plain_code(code: str) -> str:
    """Return a code as it is stored: in small letters, without the signs between its groups."""
    return "".join(letter for letter in code.casefold() if letter.isalnum())


def _read(session: Session, conf: str) -> Mapping[DeviceId, Device]:
    return {device.id: device for device in all_devices(session, conf)}


_DEVICES = Kept(_read)


def _device(row: DeviceRow) -> Device:
    return Device(
        id=DeviceId(row.id),
        conf=row.conf,
        name=row.name,
        paired_at=row.paired_at,
        paired_by=row.paired_by,
        salt=row.salt,
        gates=frozenset(map(GateId, row.gates)),
        scan_only=row.scan_only,
        browser=row.browser,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        last_seen_at=row.last_seen_at,
        contact=Contact(
            version=row.version,
            roster_at=row.roster_at,
            skew_ms=row.skew_ms,
            waiting=row.waiting,
            oldest_at=row.oldest_at,
        ),
    )
