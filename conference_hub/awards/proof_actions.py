"""Committing to the results before the ceremony, and opening the salts after it."""

from __future__ import annotations

import secrets
from dataclasses import replace

from conference_hub.awards import store
from conference_hub.awards.facts import ResultsCommitted, ResultsOpened
from conference_hub.awards.keys import PROOF_KEY
from conference_hub.awards.proof import SALT_BYTES, Commitment, digest_over, digests_of
from conference_hub.awards.proof_store import AUDIENCES, add, commitments, proof_document
from conference_hub.awards.sealing import save_seal, seal_of
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs


def commit(write: Write, *, reason: str = "") -> Commitment:
    """Publish the digests of the results as they are now; returns the commitment.

    Raises Refused (`no_awards`, `recipients_missing`), and Invalid when a later one gives no reason.
    """
    ceremony = store.load(write.session, write.conf)
    known = commitments(write.session, write.conf)
    if not ceremony.awards:
        raise Refused(msg("시상식에 놓인 상이 없습니다."), code="no_awards")
    if any(award.lacks_recipient for award in ceremony.awards.values()):
        raise Refused(msg("수상자가 정해지지 않은 상이 있습니다."), code="recipients_missing")
    if known and not reason:
        raise Invalid(msg("왜 결과가 바뀌었는지 적어 주세요."), field="reason")
    salts = {award_id: secrets.token_hex(SALT_BYTES) for award_id in ceremony.awards}
    digests = digests_of(write.conf, ceremony, salts)
    made = Commitment(
        number=len(known) + 1,
        at=write.at,
        by=write.actor.label,
        reason=reason if known else "",
        digest=digest_over(digests),
        digests=digests,
    )
    add(write.session, write.conf, made, write.actor.id, salts)
    write.session.flush()
    _publish(write, ResultsCommitted(number=made.number, digest=made.digest))
    return made


def open_results(write: Write) -> None:
    """Let everybody check what is revealed; what is revealed later, or not at all, follows the same rule.

    Raises Refused: `not_committed`, `nothing_revealed`, `already_open`.
    """
    seal = seal_of(write.session, write.conf)
    if not commitments(write.session, write.conf):
        raise Refused(msg("공개한 약속이 없습니다."), code="not_committed")
    if seal.opened_at is not None:
        raise Refused(msg("이미 검증할 수 있게 열었습니다."), code="already_open")
    if not any(award.state.is_public for award in store.load(write.session, write.conf).awards.values()):
        raise Refused(msg("아직 발표한 상이 없습니다."), code="nothing_revealed")
    save_seal(write, replace(seal, opened_at=write.at))
    _publish(write, ResultsOpened())


def _publish(write: Write, fact: Fact) -> None:
    document = proof_document(write.session, write.conf)
    docs: Docs = {PROOF_KEY: {**document} if document else None}
    write.publish(fact, PROOF_KEY, dict.fromkeys(AUDIENCES, docs))
