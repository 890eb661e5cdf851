"""The gates as a part of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.checkin import gate_store, store
from conference_hub.checkin.gate_actions import set_gates
from conference_hub.checkin.model import Gate, GateId
from conference_hub.conferences.store import main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import titled
from conference_hub.core.text import Text
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import Words, heading
from conference_hub.exchange.part import Ids, Problem, Proposal
from conference_hub.exchange.titled import TitledPart, TitledRecord, arranged, left_of


class GateRecord(TitledRecord):
    """A gate."""

    title: Annotated[Words, heading("출입구", "Gate", "이름", "Title")]


class GatesPart(TitledPart[GateRecord]):
    """The gates in their order, named by their titles."""

    name = "gates"
    title = Text(ko="출입구", en="Gates")
    record = GateRecord

    @override
    def current(self, session: Session, conf: str) -> list[GateRecord]:
        return [GateRecord(title=gate.title) for gate in store.all_gates(session, conf)]

    @override
    def put(self, write: Write, changes: Changes[GateRecord], ids: Ids) -> None:
        known, main = store.all_gates(write.session, write.conf), main_language(write.session, write.conf)
        set_gates(write, arranged(known, changes, _gate, partial(ids, "gate"), main))

    @override
    def remove(self, write: Write, gone: Sequence[GateRecord]) -> None:
        set_gates(
            write,
            left_of(
                store.all_gates(write.session, write.conf), gone, main_language(write.session, write.conf)
            ),
        )

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


def _gate(gate_id: str, record: GateRecord, _before: Gate | None) -> Gate:
    return Gate(id=GateId(gate_id), title=record.title, position=0)
