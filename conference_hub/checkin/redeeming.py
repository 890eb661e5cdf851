"""How scans are answered that a gate sends: one as a command, many in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from conference_hub.access.middleware import actor, admit, viewer
from conference_hub.checkin import quarantining, scanning, senders
from conference_hub.checkin.quarantine import ENDED
from conference_hub.checkin.quarantine_store import known_of
from conference_hub.checkin.rendering import render_answer, render_repeat
from conference_hub.checkin.scan_requests import Redeem, RedeemBatch, Sender, Upload, lasting
from conference_hub.checkin.scanning import Redeemed
from conference_hub.checkin.senders import sender_of
from conference_hub.checkin.store import BADGES
from conference_hub.checkin.token import read_token
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.commands import Command, run_once
from conference_hub.core.errors import HubError, Invalid, TooMany, Unavailable, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.gates.acting import device_of, uploader
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

    token = read_token(scan.token or "")
    expects = [(BADGES, token)] if token else []
    return Command(id=scan.id, action="checkin/redeem", request=sent, run=run, render=render, expects=expects)


def redeem_all(batch: RedeemBatch, conf: str) -> list[Doc]:
    """Answer the scans of a batch in their order; others have their turn after each.

    What cannot be judged is kept as it came: it waits for somebody, and is sent no more.

    Raises NotSignedIn, Forbidden, NotFound and Refused when the sender may not act here (any more), and Unavailable
    when the storage does not work: what was answered until then stays answered.
    """
    hub = current_hub()
    received_at = hub.now()
    answered, aside = [], _Aside(conf, batch.sent_at)
    scans = sent_scans()
    before = aside.before(scans)
    for scan, sent in zip(batch.scans, scans, strict=True):
        if sent.get("scan_id") in before:
            answered.append(quarantining.answer_of(sent["scan_id"]))
        elif isinstance(scan, Invalid):
            answered.append(aside.take(sent, scan))
        else:
            since = hub.now() - received_at
            sent_at = scan.sent_at or batch.sent_at
            late = {"sent_at": sent_at + since if sent_at else None}
            answered.append(_answer(scan.model_copy(update=late), sent, aside))
        hub.pause()
    return answered


class _Aside:
    """Sets aside what the sender of the running request sent and what could not be judged."""

    def __init__(self, conf: str, sent_at: datetime | None) -> None:
        self.conf, self.sent_at = conf, iso(sent_at) if sent_at else None
        with current_hub().database.reading() as db:
            device = device_of(db, conf, viewer())
        self.sender, self.label = (device.id, device.name) if device else (actor().id, actor().label)

    def before(self, scans: Sequence[Mapping[str, Any]]) -> set[str]:
        """Return the ids of scans that were set aside when they came before."""
        ids = {one for one in map(quarantining.identified, scans) if one}
        with current_hub().database.reading() as db:
            return known_of(db, self.conf, self.sender, ids)

    def take(self, sent: Mapping[str, Any], refusal: HubError) -> Doc:
        """Keep a scan as it came and say so; one without an id, or too many, is answered with the error."""
        scan_id = quarantining.identified(sent)
        if scan_id is None:
            return _refusal(sent, refusal)
        try:
            with current_hub().journal.writing(self.conf, actor=actor()) as write:
                admit(write)
                aside = quarantining.Aside(sent=self._dated(sent), why=refusal.code)
                quarantining.set_aside(write, self.sender, self.label, [aside])
        except TooMany:
            return _refusal(sent, refusal)
        return quarantining.answer_of(scan_id)

    def _dated(self, sent: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"sent_at": self.sent_at, **sent} if self.sent_at else sent


def keep_upload(upload: Upload, conf: str, key: str) -> list[Doc]:
    """Keep the scans of an ended device as they came, in one transaction; its `key` says which device it is.

    Raises NotSignedIn for a key that is not right or no longer taken, and TooMany.
    """
    hub = current_hub()
    with hub.database.reading() as db:
        device = uploader(db, conf, key, hub.now())
    sent_at = iso(upload.sent_at) if upload.sent_at else None
    scans = [{"sent_at": sent_at, **one} if sent_at else one for one in upload.scans]
    taken = [one for one in scans if quarantining.identified(one)]
    by = Actor.of(ActorKind.DEVICE, device.id, device.name)
    with hub.journal.writing(conf, actor=by) as write:
        uploader(write.session, conf, key, write.at)
        asides = [quarantining.Aside(sent=one, why=ENDED) for one in taken]
        quarantining.set_aside(write, device.id, device.name, asides)
    return [_kept(one) for one in scans]


def _kept(sent: Mapping[str, Any]) -> Doc:
    scan_id = quarantining.identified(sent)
    unknown = Invalid(msg("스캔 번호(scan_id)가 없거나 스캔이 너무 깁니다."), field="scan_id")
    return quarantining.answer_of(scan_id) if scan_id else _refusal(sent, unknown)


def _answer(scan: Redeem, sent: Mapping[str, Any], aside: _Aside) -> Doc:
    sender = _Admission()
    try:
        answer = run_once(current_hub().journal, aside.conf, actor(), redeem_command(scan, sent), sender)
    except Unavailable:
        raise
    except HubError as refusal:
        if not sender.admitted:
            raise
        return aside.take(sent, refusal)
    return {**answer, "ok": True}


class _Admission:
    """Looks the sender up in the transaction of each scan, and remembers whether they may act."""

    admitted = False

    def __call__(self, write: Write) -> Actor:
        found = admit(write)
        self.admitted = True
        return found


def sent_scans() -> list[Mapping[str, Any]]:
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
