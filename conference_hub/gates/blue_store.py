"""Whether known badges let people in without a network: row to model and back; kept until the revision grows."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.gates.blue import Blue
from conference_hub.gates.tables import OfflineRuleRow


def blue_of(session: Session, conf: str) -> Blue:
    """Return what devices of a conference do with a known badge; who decided nothing lets people in."""
    return _BLUE.of(session, conf)


def save_blue(session: Session, conf: str, blue: Blue) -> None:
    """Write down what devices do with a known badge."""
    session.merge(OfflineRuleRow(conf=conf, blue=blue.value))
    session.flush()
    bump_revision(session, conf)


def _read(session: Session, conf: str) -> Blue:
    row = session.get(OfflineRuleRow, conf)
    return Blue(row.blue) if row else Blue.ADMIT


_BLUE = Kept(_read)
