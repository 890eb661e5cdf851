"""How scans are answered that a gate sends: one as a command, many in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conference_hub.access.middleware import actor, admit, signed_in_at
from conference_hub.checkin import actions
from conference_hub.checkin.answers import REASONS, with_gate_title
from conference_hub.checkin.persons import person_documents
from conference_hub.checkin.scan_requests import Redeem, RedeemBatch
from conference_hub.core.actor import Actor
from conference_hub.core.commands import Command, run_once
from conference_hub.core.errors import HubError, Invalid, Unavailable
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.gates.store import all_gates
from conference_hub.people.model import Guest
from conference_hub.people.store import get_guest
from conference_hub.web import bodies
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message


def redeem_command(scan: Redeem, request: Mapping[str, object] | None = None) -> Command:
    """Return the command that answers a scan; `request` is the scan as it was sent, None: the running request's body.

    A repeat is recognised by what was sent, without `sent_at`, whether it came alone or with others.
    """
    attempt, guest = scan.attempt(signed_in_at()), None
    sent = scan.as_sent() if request is None else request
    lasting = {name: value for name, value in sent.items() if name != "sent_at"}

    def run(write: Write) -> Doc:
        nonlocal guest
        redeemed = actions.redeem(write, attempt)
        guest = redeemed.guest
        return redeemed.stored

    return Command(
        id=scan.id,
        action="checkin/redeem",
        request=lasting,
        run=run,
        render=lambda write, stored: _answered(write, stored, guest),
    )


def redeem_all(batch: RedeemBatch, conf: str) -> list[Doc]:
    """Answer the scans of a batch in their order; others have their turn after each.

    Raises NotSignedIn, Forbidden, NotFound and Refused when the sender may not act here (any more), and Unavailable
    when the storage does not work: what was answered until then stays answered.
    """
    hub = current_hub()
    received_at = hub.now()
    answered = []
    for scan, sent in zip(batch.scans, _sent(), strict=True):
        if isinstance(scan, Invalid):
            answered.append(_refusal(sent, scan))
        else:
            since = hub.now() - received_at
            sent_at = scan.sent_at or batch.sent_at
            late = {"sent_at": sent_at + since if sent_at else None}
            answered.append(_answer(scan.model_copy(update=late), sent, conf))
        hub.pause()
    return answered


def _answer(scan: Redeem, sent: Mapping[str, Any], conf: str) -> Doc:
    sender = _Sender()
    try:
        answer = run_once(current_hub().journal, conf, actor(), redeem_command(scan, sent), sender)
    except Unavailable:
        raise
    except HubError as refusal:
        if not sender.admitted:
            raise
        return _refusal(sent, refusal)
    return {**answer, "ok": True}


class _Sender:
    """Looks the sender up in the transaction of each scan, and remembers whether they may act."""

    admitted = False

    def __call__(self, write: Write) -> Actor:
        found = admit(write)
        self.admitted = True
        return found


def _sent() -> list[Mapping[str, Any]]:
    """Return the scans of the running request as they were sent."""
    body = bodies.parsed_json()
    return [one if isinstance(one, dict) else {} for one in body["scans"]]


def _refusal(sent: Mapping[str, Any], refusal: HubError) -> Doc:
    scan_id = sent.get("scan_id")
    message = translate_message(refusal.message, refusal.detail)
    return {
        "scan_id": scan_id if isinstance(scan_id, str) else "",
        "ok": False,
        "error": {"code": refusal.code, "message": message, **refusal.detail},
    }


def _answered(write: Write, stored: Doc, guest: Guest | None) -> Doc:
    """Render the answer to a scan: the guest as the list knows them now, and why they may not pass.

    `guest` is who was read in the same transaction; None: a repeat, which reads them again.
    """
    gates = all_gates(write.session, write.conf) if "first" in stored else []
    answer = with_gate_title({name: value for name, value in stored.items() if name != "guest"}, gates)
    if "guest" in stored:
        person = guest or get_guest(write.session, write.conf, stored["guest"])
        answer["person"] = person_documents(write.session, write.conf, [person])[0]
    reason = REASONS.get(answer["verdict"])
    return answer | {"reason": translate_message(reason, {})} if reason else answer
