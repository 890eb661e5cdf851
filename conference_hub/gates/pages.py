"""The desk's page of gates, and its forms."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.access.middleware import conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import find
from conference_hub.gates import device_store, store
from conference_hub.gates.actions import remove_gate, set_gates
from conference_hub.gates.keys import gate_key, gate_setup_key
from conference_hub.gates.model import Gate, GateId, PointId
from conference_hub.gates.requests import GateEdit, GateForm
from conference_hub.gates.rules import usual_point
from conference_hub.gates.ties import GateTies
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GroupId, Mode
from conference_hub.places.desk_list import TitledList, add_list
from conference_hub.web.hub import current_hub
from conference_hub.web.wordings import required_text

gate_pages_bp = Blueprint("gate_pages", __name__, url_prefix="/c/<conf>/desk/gates")

SHOWN_SCANNERS = 3


@gate_pages_bp.get("")
@allow(Role.ORGANISER)
def gates(conf: str) -> ResponseReturnValue:
    """Show the gates in order, what was counted there, and which devices scanned last."""
    ties = gate_ties()
    with current_hub().database.reading() as db:
        listed = store.all_gates(db, conf)
        ids = [gate.id for gate in listed]
        counts, used = ties.documents(db, conf, ids), ties.used(db, conf, ids)
        scanners, points = ties.scanners(db, conf), store.all_points(db, conf)
        groups, devices = all_groups(db, conf), device_store.all_devices(db, conf)
    return render_template(
        "gates/gates.html",
        gates=listed,
        counts={gate.id: counts[gate_key(gate.id)] for gate in listed},
        scanners={gate.id: scanners.get(gate.id, [])[:SHOWN_SCANNERS] for gate in listed},
        used=used,
        points=points,
        titles={point.id: point.title for point in points},
        groups={group.id: group.title for group in groups.values()},
        devices=sum(not device.ended for device in devices),
    )


class Gates(TitledList[Gate, GateForm]):
    """The gates of a conference; one that somebody was scanned at is not removed."""

    page, item, path, most, unknown = "gate_pages.gates", "gate", "", 100, store.NO_GATE
    form, edit = GateForm, GateEdit

    @override
    def read(self, session: Session) -> Sequence[Gate]:
        return store.all_gates(session, self.conf)

    @override
    def save(self, write: Write, after: Sequence[Gate]) -> None:
        set_gates(write, after, gate_ties())

    @override
    def remove(self, write: Write, item: Gate) -> None:
        remove_gate(write, item.id, gate_ties())

    @override
    def key(self, item_id: str) -> str:
        return gate_setup_key(item_id)

    @override
    def show_form(self, item: Gate | None, seen: int) -> ResponseReturnValue:
        with current_hub().database.reading() as db:
            points, groups = store.all_points(db, self.conf), all_groups(db, self.conf)
        return render_template(
            "gates/gate_form.html",
            gate=item,
            points=points,
            usual=usual_point(points),
            groups=list(groups.values()),
            modes=list(Mode),
            seen=seen,
        )

    @override
    def made(self, write: Write, form: GateForm, item_id: str) -> Gate:
        title = required_text(form, "title", conference().languages)
        points, groups = store.all_points(write.session, self.conf), all_groups(write.session, self.conf)
        if form.point is not None and find(points, form.point) is None:
            raise Invalid(store.NO_POINT, field="point")
        if not set(groups) >= set(form.groups):
            raise Invalid(msg("그런 구분이 없습니다."), field="groups")
        return Gate(
            id=GateId(item_id),
            title=title,
            position=0,
            point=PointId(form.point) if form.point else usual_point(points),
            groups=frozenset(map(GroupId, form.groups)),
            modes=frozenset(form.modes),
        )


add_list(gate_pages_bp, Gates, gates)


def gate_ties() -> GateTies:
    """Return what check-in knows of gates."""
    ties: GateTies = current_hub().gate_ties
    return ties
