"""The answer to a scan as its sender reads it now: persons, gates, reasons and conflicts, none of which is stored."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.access.model import Role
from conference_hub.checkin import amending, conflict_store, presence
from conference_hub.checkin.answers import REASONS, with_gate_title
from conference_hub.checkin.model import Acted, Scan
from conference_hub.checkin.persons import Counting, person_documents
from conference_hub.checkin.scan_requests import Redeem, Sender
from conference_hub.checkin.scans import get_scan, scans_by_id, scans_of
from conference_hub.checkin.verdict import PASSED, Code
from conference_hub.conferences.store import find_conference
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.gates.device_store import find_device
from conference_hub.gates.store import all_gates
from conference_hub.people.model import Guest
from conference_hub.people.store import get_guest
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import name_label, render_text, translate_message

ROLES = {role.label.ko: role.label for role in Role}
"""How scans are labelled whose sign-in link was made for nobody in particular."""

EARLIER_NAMES = {"wrong_day": Code.CLOSED.value}
"""Verdicts of answers that were stored before they had other names."""


def render_answer(write: Write, stored: Doc, guest: Guest | None, *, trusted: bool = True) -> Doc:
    """Render the answer to a scan; `guest` is who was read in the same transaction, None: they are read here."""
    answer = {name: value for name, value in stored.items() if name not in {"guest", "conflict"}}
    answer["verdict"] = EARLIER_NAMES.get(answer["verdict"], answer["verdict"])
    titled = "first" in answer or "gates" in answer.get("details", {})
    answer = with_gate_title(answer, all_gates(write.session, write.conf) if titled else [])
    if "first" in answer:
        answer["first"] = _first(write, answer)
    if "guest" in stored:
        answer["may_switch"] = answer["may_switch"] and _may_switch(write, stored["guest"])
        person = guest or get_guest(write.session, write.conf, stored["guest"])
        answer["person"] = person_documents(write.session, write.conf, [person], _counting(write, answer))[0]
        if not trusted:
            answer["person"].pop("look", None)
        if answer["verdict"] == Code.NEEDS_LOOK and trusted:
            answer["details"] = {"note": person.look or ""}
    if "conference" in answer.get("details", {}):
        answer["details"] = {
            **answer["details"],
            "conference": _title(write, answer["details"]["conference"]),
        }
    if stored.get("conflict"):
        answer |= _conflict(write, stored["scan_id"])
    reason = REASONS.get(Code(answer["verdict"]))
    return answer | {"reason": translate_message(reason, {})} if reason else answer


def render_repeat(write: Write, stored: Doc, scan: Redeem, sender: Sender) -> Doc:
    """Render the first answer again: what staff may do about it is what they may do now.

    What was done meanwhile is taken note of (`amending.amend`). A scan that was undone is said to be.
    """
    contradicted = stored.get("conflict", False)
    if scan.acted is not None:
        amending.amend(write, scan.scan_id, scan.acted, sender.device)
        contradicted = conflict_store.conflict_about(write.session, write.conf, scan.scan_id) is not None
    if "guest" not in stored:
        return render_answer(write, {**stored, "conflict": contradicted}, None, trusted=sender.trusted)
    scans = scans_of(write.session, write.conf, stored["guest"])
    found = next((one for one in scans if one.id == scan.scan_id), None)
    told = {**(_amended(stored, found) if found else stored), "conflict": contradicted}
    answer = render_answer(write, told, None, trusted=sender.trusted)
    if found is None:
        return answer
    answer["may_undo"] = presence.may_undo(found, scans)
    return answer | {"undone": True, "may_force": False} if found.undone_at else answer


def _amended(stored: Doc, scan: Scan) -> Doc:
    """Return an answer with what was done since it was given: nobody is said to be let in who was not."""
    answer = {name: value for name, value in stored.items() if name != "held"}
    if scan.acted is Acted.HELD:
        answer["held"] = True
    if scan.verdict == Code.TURNED_AWAY and stored["verdict"] in PASSED:
        answer["verdict"] = scan.verdict
    return answer


def device_name(session: Session, scan: Scan, conf: str) -> str:
    """Return what people call the device of a scan: its own name, else who was signed in, or their role."""
    device = find_device(session, conf, scan.device) if scan.device else None
    if device is not None:
        return device.name
    return label_name(scan.by)


def label_name(label: str) -> str:
    """Return what people call who acted by a label: in the reader's language if it is a role or the hub."""
    return render_text(ROLES[label]) if label in ROLES else name_label(label)


def _first(write: Write, answer: Doc) -> Doc:
    """Return how a guest came in first, with who scanned them where that was another scan."""
    first = dict(answer["first"])
    scan_id = first.pop("scan", None)
    if scan_id is None or scan_id == answer["scan_id"]:
        return first
    return {
        **first,
        "device": device_name(write.session, get_scan(write.session, write.conf, scan_id), write.conf),
    }


def _counting(write: Write, answer: Doc) -> Counting | None:
    """Return at which point that only counts a scan was answered, if it was one."""
    if answer["door"]:
        return None
    scan = get_scan(write.session, write.conf, answer["scan_id"])
    return Counting(point=scan.point or "", day=scan.day)


def _may_switch(write: Write, guest_id: str) -> bool:
    return current_hub().to_hall.may(write.session, write.conf, guest_id)


def _title(write: Write, conf: str) -> Doc | None:
    found = find_conference(write.session, conf)
    return dict(found.title.as_doc()) if found else None


def _conflict(write: Write, scan_id: str) -> Doc:
    found = conflict_store.conflict_about(write.session, write.conf, scan_id)
    if found is None:
        return {}
    other_id = found.other if found.scan == scan_id else found.scan
    scans = scans_by_id(write.session, write.conf, [other_id] if other_id else [])
    other = next(iter(scans.values()), None)
    told = {"id": found.id, "kind": found.kind.value, "open": found.settled_at is None}
    return {"conflict": {**told, "other": _other(write, other) if other else None}}


def _other(write: Write, scan: Scan) -> Doc:
    titles = {gate.id: gate.title for gate in all_gates(write.session, write.conf)}
    title = titles.get(scan.gate_id) if scan.gate_id else None
    return {
        "at": iso(scan.happened_at),
        "gate": scan.gate_id,
        "gate_title": title.as_doc() if title else None,
        "device": device_name(write.session, scan, write.conf),
    }
