"""How a route runs a command: once, in one transaction. `answer_command` looks its sender up in it too."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import actor, admit
from conference_hub.access.requests import Give
from conference_hub.core.actor import ActorKind
from conference_hub.core.commands import Command, as_stored, run_once
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.journal import MANY_DOCS, Write
from conference_hub.core.stream import Doc
from conference_hub.web.describing import COMMAND_CODES
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import CommandBody, OnceBody, Press

SECRET_CODES = (*COMMAND_CODES, "already_made")
"""The codes of `answer_secret`."""


def answer_command(
    body: OnceBody,
    conf: str,
    action: str,
    run: Callable[[Write], Doc],
    *,
    render: Callable[[Write, Doc], Doc] = as_stored,
) -> ResponseReturnValue:
    """Run a command of the running request's sender in the conference `conf`, and answer with JSON.

    `action` says what is asked of what (`run/next`); `run` and `render` are those of `core.commands.Command`. Raises
    what they raise.
    """
    return answer_prepared(
        Command(id=body.id, action=action, request=body.as_sent(), run=run, render=render), conf
    )


def answer_prepared(command: Command, conf: str) -> ResponseReturnValue:
    """Do what `answer_command` does with a command that is made elsewhere."""
    answer = run_once(current_hub().journal, conf, actor(), command, admit)
    if len(answer.get("docs", ())) >= MANY_DOCS:
        current_hub().pause()
    return jsonify(answer)


def require_basis(write: Write, body: CommandBody) -> None:
    """Refuse a script that says on what its command rests neither by `seen` nor by what it expects; raises Invalid.

    A browser always says what it had seen; a script that does not would act on whatever is there by then.
    """
    named = (body.seen, getattr(body, "expect", None), getattr(body, "step", None))
    if write.actor.kind is ActorKind.TOKEN and all(one is None for one in named):
        raise Invalid(
            msg("명령이 무엇을 보고 내린 것인지 seen이나 expect로 알려 주세요."),
            code="seen_required",
            field="seen",
        )


def answer_secret(
    body: Give | Press, conf: str, action: str, make: Callable[[Write], Doc]
) -> ResponseReturnValue:
    """Make a secret at most once and answer with what `make` returns, which is not stored.

    A repeat of the same command cannot be answered with the secret: it is refused as `already_made`, so that a sender
    who got no answer knows that there is one to be revoked. Raises what `make` and `run_once` raise.
    """
    made: Doc = {}

    def run(write: Write) -> Doc:
        made.update(make(write))
        return {}

    def render(_write: Write, _stored: Doc) -> Doc:
        if not made:
            raise Refused(
                msg("이미 만들었고, 한 번만 볼 수 있습니다. 만든 것을 회수하고 새로 만들어 주세요."),
                code="already_made",
            )
        return made

    command_id = body.command_id or uuid.uuid4().hex
    command = Command(
        id=command_id, action=action, request=body.model_dump(mode="json"), run=run, render=render
    )
    return jsonify(run_once(current_hub().journal, conf, actor(), command))
