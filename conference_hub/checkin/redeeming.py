"""How scans are answered that a gate sends: one as a command, many in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conference_hub.access.middleware import actor, admit
from conference_hub.checkin import scanning, senders
from conference_hub.checkin.rendering import render_answer, render_repeat
from conference_hub.checkin.scan_requests import Redeem, RedeemBatch, Sender, lasting
from conference_hub.checkin.scanning import Redeemed
from conference_hub.checkin.senders import sender_of
from conference_hub.core.actor import Actor
from conference_hub.core.commands import Command, run_once
from conference_hub.core.errors import HubError, Invalid, Unavailable
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.web import bodies
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message


def redeem_command(scan: Redeem, request: Mapping[str, object] | None = None) -> Command:
    """Return the command that answers a scan; `request` is the scan as it was sent, None: the running request's body.

    A repeat is recognised by what was sent, without `sent_at` and `acted`, whether it came alone or with others. What a
    device did is taken note of when a repeat is the first to say it.
    """
    answered: Redeemed | None = None
    sender: Sender | None = None
    sent = lasting(scan.as_sent() if request is None else request)

    def run(write: Write) -> Doc:
        nonlocal answered, sender
        sender = sender_of(write, scan)
        answered = scanning.redeem(write, scan.attempt(sender), senders.around())
        return answered.stored

    def render(write: Write, stored: Doc) -> Doc:
        if answered is None or sender is None:
            return render_repeat(write, stored, scan, sender_of(write, scan))
        return render_answer(write, stored, answered.guest, trusted=sender.trusted)

    return Command(id=scan.id, action="checkin/redeem", request=sent, run=run, render=render)


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
    sender = _Admission()
    try:
        answer = run_once(current_hub().journal, conf, actor(), redeem_command(scan, sent), sender)
    except Unavailable:
        raise
    except HubError as refusal:
        if not sender.admitted:
            raise
        return _refusal(sent, refusal)
    return {**answer, "ok": True}


class _Admission:
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
