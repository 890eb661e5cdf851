"""What becomes of scans that wait as they came: set aside, accepted at the time at which they happened, or rejected."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from conference_hub.checkin import amending, scanning
from conference_hub.checkin import quarantine_store as store
from conference_hub.checkin.facts import QuarantineSettled, ScansQuarantined
from conference_hub.checkin.model import Claim, ScanId, Settling
from conference_hub.checkin.quarantine import MOST_OF_A_SENDER, Quarantined
from conference_hub.checkin.scan_requests import GivenScanId, Redeem, Sender, lasting
from conference_hub.checkin.times import corrected
from conference_hub.core.actor import Actor
from conference_hub.core.commands import Command, run_once
from conference_hub.core.errors import Invalid, Refused, TooMany, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Journal, Write
from conference_hub.core.stream import Doc
from conference_hub.gates.keys import device_key

LONGEST_SENT = 32_000
"""Characters of JSON: a scan with as many codes as it may have, each as long as it may be, has fewer."""
NO_GATE = "-"
"""No gate has this id."""
EVER = timedelta(days=3650)
"""A person said that the time of a scan is to be believed, however old it is."""
_SCAN_ID: TypeAdapter[str] = TypeAdapter(GivenScanId)


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A scan that is set aside: as it came, and the code of what kept it from being judged."""

    sent: Mapping[str, Any]
    why: str


def identified(sent: Mapping[str, Any]) -> str | None:
    """Return the id of a scan as it came; None: it has none that could be one, or is longer than any scan."""
    if len(json.dumps(sent)) > LONGEST_SENT:
        return None
    try:
        return _SCAN_ID.validate_python(sent.get("scan_id"))
    except ValidationError:
        return None


def answer_of(scan_id: str) -> Doc:
    """Return how the sender of a scan that was set aside is answered: it learns nothing else."""
    return {"scan_id": scan_id, "ok": True, "quarantined": True}


def set_aside(write: Write, sender: str, label: str, scans: Iterable[Aside]) -> None:
    """Keep identified scans as they came, each once; raises TooMany beyond what one sender may have."""
    by_id = {identified(one.sent) or "": one for one in scans}
    known = store.known_of(write.session, write.conf, sender, by_id)
    fresh = [
        _as_kept(write, sender, label, scan_id, one) for scan_id, one in by_id.items() if scan_id not in known
    ]
    if not fresh:
        return
    if store.count_of(write.session, write.conf, sender) + len(fresh) > MOST_OF_A_SENDER:
        raise TooMany(msg("이 기기의 스캔이 너무 많이 쌓였습니다. 담당자에게 알려 주세요."))
    store.add_quarantined(write.session, write.conf, fresh)
    write.publish(ScansQuarantined(device=sender, count=len(fresh)), device_key(sender), {})


def accept(journal: Journal, conf: str, actor: Actor, waiting: Quarantined, gate: str | None = None) -> None:
    """Answer a scan as if it had come at its time; `gate` stands in for its own one, which is no more.

    A scan that was answered before counts once. Raises Refused (`settled`), Invalid for one that cannot be read, and
    what `scanning.redeem` raises; then it waits on.
    """
    scan = read(waiting)
    answered = False

    def run(write: Write) -> Doc:
        nonlocal answered
        answered = True
        attempt = scan.attempt(Sender(since=waiting.happened_at, device=waiting.sender))
        claim = Claim(at=waiting.happened_at, sent_at=None, paired_at=waiting.happened_at, kept_for=EVER)
        return scanning.redeem(
            write, replace(attempt, claim=claim, gate_id=gate or attempt.gate_id, device=waiting.sender)
        ).stored

    def render(write: Write, stored: Doc) -> Doc:
        _settled(write, waiting.sender, [waiting.id], Settling.ACCEPTED)
        if not answered and scan.acted is not None:
            amending.amend(write, scan.scan_id, scan.acted, waiting.sender)
        return stored

    command = Command(
        id=scan.id, action="checkin/redeem", request=lasting(waiting.sent), run=run, render=render
    )
    run_once(journal, conf, actor, command)


def reject(write: Write, sender: str, ids: Collection[str]) -> None:
    """Let scans of a sender count for nothing; raises Refused (`settled`) when somebody was there before."""
    _settled(write, sender, ids, Settling.REJECTED)


def read(waiting: Quarantined) -> Redeem:
    """Return a scan that waits as a request; raises Invalid: it is malformed, or overrules without a person."""
    try:
        scan = _request(waiting.sent)
    except ValidationError:
        scan = None
    if scan is None or scan.force:
        raise Invalid(msg("읽을 수 없는 스캔이라 반영할 수 없습니다."), code="unreadable")
    return scan


def _request(sent: Mapping[str, Any]) -> Redeem:
    """Return a scan as a request; one from before a gate was chosen is of no gate until people choose it."""
    return Redeem.model_validate({"gate": NO_GATE, **sent})


def _settled(write: Write, sender: str, ids: Collection[str], what: Settling) -> None:
    done = store.save_settled(write.session, write.conf, ids, what, at=write.at, by=write.actor.label)
    if done < len(ids):
        raise Refused(msg("다른 사람이 이미 처리했습니다."), code="settled")
    fact = QuarantineSettled(device=sender, what=what.value, count=done)
    write.publish(fact, device_key(sender), {})


def _as_kept(write: Write, sender: str, label: str, scan_id: str, aside: Aside) -> Quarantined:
    scan = Quarantined(
        id=new_id(),
        sender=sender,
        label=label,
        scan_id=ScanId(scan_id),
        why=aside.why,
        sent=aside.sent,
        arrived_at=write.at,
    )
    try:
        request = _request(aside.sent)
    except ValidationError:
        return scan
    if request.at is None:
        return scan
    claim = Claim(at=request.at, sent_at=request.sent_at, paired_at=request.at)
    return replace(scan, at=corrected(claim, write.at))
