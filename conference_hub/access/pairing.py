"""Sessions of devices that are paired for check-in: opened by a code, renamed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.actions import continue_session
from conference_hub.access.model import Role, Viewer
from conference_hub.access.revoking import take_back_grants
from conference_hub.access.tables import SessionGrantRow, WebSessionRow
from conference_hub.core.journal import Write


@dataclass(frozen=True, kw_only=True)
class OpenedDevice:
    """A session of a device: the secret for the cookie, and by which id it acts."""

    secret: str
    device_id: str


def open_device(
    session: Session, viewer: Viewer, *, conf: str, name: str, device_id: str | None, at: datetime
) -> OpenedDevice:
    """Sign a browser in as a device that checks people in; an account that it was signed in as is signed out.

    It acts as `device_id`; None: as the device that it is, or as a new one. What links gave it for other conferences
    stays, but for guests.
    """
    row, secret = continue_session(session, viewer, at, name=name, device_id=device_id)
    session.execute(
        sa.delete(SessionGrantRow).where(SessionGrantRow.session_id == row.id, SessionGrantRow.conf == conf)
    )
    session.add(
        SessionGrantRow(session_id=row.id, conf=conf, role=Role.STAFF, guest_id=None, link_id=None, name=name)
    )
    session.flush()
    return OpenedDevice(secret=secret, device_id=row.device_id)


def rename_device(session: Session, conf: str, device_id: str, name: str) -> None:
    """Give the sessions of a device another name in a conference."""
    session.execute(
        sa.update(SessionGrantRow)
        .where(SessionGrantRow.conf == conf, _of_device(device_id))
        .values(name=name)
        .execution_options(synchronize_session=False)
    )


def end_device(write: Write, device_id: str) -> None:
    """Take the roles of a device in the conference; a browser without other roles is signed out."""
    take_back_grants(write, SessionGrantRow.conf == write.conf, _of_device(device_id))


def _of_device(device_id: str) -> sa.ColumnElement[bool]:
    sessions = sa.select(WebSessionRow.id).where(WebSessionRow.device_id == device_id)
    return SessionGrantRow.session_id.in_(sessions)
