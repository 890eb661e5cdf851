"""Commands that happen once: the first answer to a command id is stored, and given again to the same request.

Everybody who may send a command may see its stored answer: another device or a colleague that repeats the same
request gets the first answer. What is stored holds no rendered text: names are rendered anew for each answer, so a name
that was withdrawn or corrected since is in none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from conference_hub.core.actor import Actor
from conference_hub.core.db import Base
from conference_hub.core.deferred import BESIDE, send_later, waiting
from conference_hub.core.entries import find_entry
from conference_hub.core.errors import HubError, Invalid, Refused, msg
from conference_hub.core.gathered import Expectation, Gathered
from conference_hub.core.journal import Journal, SharedWrite, Write
from conference_hub.core.stream import Doc, Stream

MAX_COMMAND_ID = 80


class CommandRow(Base):
    """The first answer to a command, kept so that a repeat gets the same one; `actor` is the id of its sender."""

    __tablename__ = "command"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    command_id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str]
    request: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    answer: Mapped[dict[str, Any]]


_COMMANDS = cast("sa.Table", CommandRow.__table__)
_SOME = (
    sa.select(_COMMANDS.c.command_id, _COMMANDS.c.request, _COMMANDS.c.answer)
    .where(
        _COMMANDS.c.conf == sa.bindparam("conf"),
        _COMMANDS.c.command_id.in_(sa.bindparam("command_ids", expanding=True)),
    )
    .execution_options(**BESIDE)
)
_STORE = sa.insert(_COMMANDS)


def _read_stored(session: Session, conf: str, command_ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
    named = {"conf": conf, "command_ids": list(command_ids)}
    found = session.connection().execute(_SOME, named)
    return {row.command_id: {"request": row.request, "answer": row.answer} for row in found}


_STORED = Gathered(_read_stored)


def as_stored(_write: Write, stored: Doc) -> Doc:
    """Answer with what was stored: how a command is rendered whose outcome holds no text."""
    return stored


def with_fact(write: Write, stored: Doc) -> Doc:
    """Answer `{"fact", "docs"}` from the operator's entry with the stored number `seq`, as it is now."""
    seq = stored["seq"]
    entry = next((e for e in write.appended if e.stream is Stream.OPERATOR and e.seq == seq), None)
    entry = entry or find_entry(write.session, write.conf, Stream.OPERATOR, seq)
    if entry is None:
        raise Refused(msg("이 명령의 기록이 더는 남아 있지 않습니다."), code="pruned")
    return {"fact": entry.as_wire(), "docs": entry.body["docs"]}


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command of one sender.

    `id` names it (1 to 80 characters), `action` says what is asked of what, `request` is the body as sent, without
    fields that differ between two sendings. `run` changes the conference and returns what is stored; `render` makes the
    answer of it, for the first answer and for each repeat. `expects` is what `run` will look up.
    """

    id: str
    action: str
    request: Mapping[str, object]
    run: Callable[[Write], Doc]
    render: Callable[[Write, Doc], Doc] = as_stored
    expects: Sequence[Expectation] = ()


def run_once(
    journal: Journal,
    conf: str,
    actor: Actor,
    command: Command,
    admit: Callable[[Write], Actor] | None = None,
) -> Doc:
    """Run a command at most once: a repeat gets the first answer, be it a refusal.

    `admit` returns as whom the sender acts as the transaction sees it; what it raises is raised. A refusal that may be
    gone later (unknown, not allowed, unusable, over a limit, storage away) is not stored: the same id may succeed
    then. Raises what `run` raises (HubError), Invalid for a malformed id, and Refused (`command_id_reused`) when the id
    was used for another request.
    """
    if not 1 <= len(command.id) <= MAX_COMMAND_ID:
        raise Invalid(msg("명령 번호(command_id)가 필요합니다."), field="command_id")
    digest = request_digest(command.action, command.request)  # of a plan it takes long: others may write
    expects = ((_STORED, command.id), *command.expects)
    with journal.sharing(conf, actor=actor, command_id=command.id, expects=expects) as write:
        if admit is not None:
            write.actor = admit(write)
        answer = _answer(write, command, digest)
        rendered = command.render(write, answer["ok"]) if "ok" in answer else None
        refusal = None if rendered is not None else _refusal(write, answer["error"])
    if refusal is not None:
        raise refusal
    return rendered or {}


def _answer(write: SharedWrite, command: Command, digest: str) -> Doc:
    stored = _stored(write, command.id)
    if stored is not None:
        if stored["request"] != digest:
            raise Refused(msg("이 명령 번호는 다른 요청에 이미 쓰였습니다."), code="command_id_reused")
        answered: Doc = stored["answer"]
        return answered
    answer = _run(write, command)
    row = {
        "conf": write.conf,
        "command_id": command.id,
        "action": command.action,
        "request": digest,
        "actor": write.actor.id,
        "at": write.at,
        "answer": answer,
    }
    send_later(write.session, _STORE, (write.conf, command.id), row)
    return answer


def _stored(write: Write, command_id: str) -> Mapping[str, Any] | None:
    """Return the request and the answer of a command that was answered before, perhaps in this transaction."""
    row = waiting(write.session, _STORE).get((write.conf, command_id))
    if row is not None:
        return row
    return _STORED.of(write.session, write.conf, command_id)


def _run(write: SharedWrite, command: Command) -> Doc:
    """Run a command; a refusal leaves nothing behind but its stored answer."""
    try:
        return {"ok": command.run(write)}
    except Refused as refusal:
        write.start_over()
        return {"error": _stored_refusal(refusal)}


def _stored_refusal(refusal: Refused) -> Doc:
    detail = json.loads(json.dumps(refusal.detail, default=str))
    if "changed" in detail:  # facts hold names: their numbers are stored, and they are read again
        detail["changed"] = [fact["seq"] for fact in detail["changed"]]
    return {
        "code": refusal.code,
        "status": refusal.status,
        "message": refusal.message,
        "detail": detail,
    }


def _refusal(write: Write, stored: Doc) -> HubError:
    detail = dict(stored["detail"])
    if "changed" in detail:
        found = (find_entry(write.session, write.conf, Stream.OPERATOR, seq) for seq in detail["changed"])
        detail["changed"] = [{**entry.as_wire(), "by": entry.body.get("by", "?")} for entry in found if entry]
    return _Stored(message=stored["message"], status=stored["status"], code=stored["code"], detail=detail)


def request_digest(action: str, request: Mapping[str, object]) -> str:
    """Return what is kept of a request to recognise it again."""
    text = json.dumps([action, request], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


class _Stored(HubError):
    """A refusal as it was given the first time."""

    def __init__(self, *, message: str, status: int, code: str, detail: Mapping[str, object]) -> None:
        super().__init__(message, code=code, **detail)
        self.status = status
