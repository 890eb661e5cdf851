"""The gates as a part of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.checkin import gate_store, store
from conference_hub.checkin.gate_actions import set_gates
from conference_hub.checkin.model import Gate, GateId
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import titled, without
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import Words, heading
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, title_key


class GateRecord(Record):
    """A gate."""

    title: Annotated[Words, heading("출입구", "Gate", "이름", "Title")]


class GatesPart(Part[GateRecord]):
    """The gates in their order, named by their titles."""

    name = "gates"
    title = Text(ko="출입구", en="Gates")
    record = GateRecord
    structure = True
    ordered = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return title_key(values, context)

    @override
    def current(self, session: Session, conf: str) -> list[GateRecord]:
        return [GateRecord(title=gate.title) for gate in store.all_gates(session, conf)]

    @override
    def put(self, write: Write, changes: Changes[GateRecord], ids: Ids) -> None:
        known = store.all_gates(write.session, write.conf)
        staying = tuple(_gate(known, change, ids) for change in changes.staying)
        set_gates(write, (*staying, *without(known, {gate.id for gate in staying})))

    @override
    def remove(self, write: Write, gone: Sequence[GateRecord]) -> None:
        known = store.all_gates(write.session, write.conf)
        ids = {gate.id for record in gone if (gate := titled(known, record.title))}
        set_gates(write, without(known, ids))

    @override
    def check(self, proposal: Proposal[GateRecord]) -> Iterable[Problem]:
        if not proposal.changes.gone:
            return
        known = store.all_gates(proposal.session, proposal.conf)
        used = gate_store.used_gates(proposal.session, proposal.conf, [gate.id for gate in known])
        for change in proposal.changes.of("gone"):
            gate = titled(known, change.record.title)
            if gate and gate.id in used:
                yield proposal.problem(change, msg("이 출입구에서 스캔한 기록이 있습니다."))


def _gate(known: Sequence[Gate], change: Change[GateRecord], ids: Ids) -> Gate:
    before = titled(known, change.before.title if change.before else None)
    title = change.record.title
    gate_id = before.id if before else GateId(ids("gate", title.ko or title.en))
    return Gate(id=gate_id, title=title, position=0)
