"""Commitments and salts in the database, and the document by which everybody hears of them."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.awards import store
from conference_hub.awards.keys import PROOF_KEY
from conference_hub.awards.model import AwardId
from conference_hub.awards.proof import Commitment, opened
from conference_hub.awards.seal_tables import CommitmentRow, SaltRow
from conference_hub.awards.sealing import seal_of
from conference_hub.awards.shapes import ProofAnswer, ProofDoc
from conference_hub.core.now import iso
from conference_hub.core.stream import Docs, Stream

AUDIENCES = (Stream.PUBLIC, Stream.OPERATOR)


def commitments(session: Session, conf: str) -> list[Commitment]:
    """Return what was committed to, the first one first."""
    rows = session.scalars(
        sa.select(CommitmentRow).where(CommitmentRow.conf == conf).order_by(CommitmentRow.number)
    )
    return [
        Commitment(
            number=row.number,
            at=row.at,
            by=row.by,
            reason=row.reason,
            digest=row.digest,
            digests=tuple(row.digests),
        )
        for row in rows
    ]


def salts_of(session: Session, conf: str, number: int) -> dict[AwardId, str]:
    """Return the salts of one commitment by award: secret until its results are opened."""
    rows = session.execute(
        sa.select(SaltRow.award_id, SaltRow.salt).where(SaltRow.conf == conf, SaltRow.number == number)
    )
    return {AwardId(award_id): salt for award_id, salt in rows}


def add(session: Session, conf: str, made: Commitment, actor: str, salts: Mapping[AwardId, str]) -> None:
    """Store a commitment with its salts."""
    session.add(
        CommitmentRow(
            conf=conf,
            number=made.number,
            at=made.at,
            by=made.by,
            actor=actor,
            reason=made.reason,
            digest=made.digest,
            digests=list(made.digests),
        )
    )
    own = {"conf": conf, "number": made.number}
    session.execute(
        sa.insert(SaltRow), [{**own, "award_id": key, "salt": salt} for key, salt in salts.items()]
    )


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render the proof once there is a commitment."""
    if stream not in AUDIENCES:
        return {}
    found = proof_document(session, conf)
    return {PROOF_KEY: {**found}} if found else {}


def proof_document(session: Session, conf: str) -> ProofDoc | None:
    """Render the commitments without their lines, None before the first."""
    known, opened_at = commitments(session, conf), seal_of(session, conf).opened_at
    if not known:
        return None
    return {
        "commitments": [
            {
                "number": one.number,
                "at": iso(one.at),
                "digest": one.digest,
                "reason": one.reason,
                "awards": len(one.digests),
            }
            for one in known
        ],
        "opened_at": iso(opened_at) if opened_at else None,
    }


def proof_answer(session: Session, conf: str) -> ProofAnswer:
    """Render all that is needed to check: the digests, and, once they are opened, lines with their salts."""
    ceremony, is_open = store.load(session, conf), seal_of(session, conf).opened_at is not None
    found: ProofAnswer = {"conference": conf, "commitments": []}
    for one in commitments(session, conf):
        salts = salts_of(session, conf, one.number) if is_open else {}
        found["commitments"].append(
            {
                "number": one.number,
                "at": iso(one.at),
                "reason": one.reason,
                "digest": one.digest,
                "digests": list(one.digests),
                "opened": [
                    {"salt": line.salt, "text": line.text} for line in opened(conf, ceremony, one, salts)
                ],
            }
        )
    return found
