"""How a route runs a command: once, in one transaction that also looks its sender up."""

from __future__ import annotations

from collections.abc import Callable

from flask import jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import actor, admit, conference
from conference_hub.core.commands import Command, as_stored, run_once
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import OnceBody


def answer_command(
    body: OnceBody,
    action: str,
    run: Callable[[Write], Doc],
    *,
    render: Callable[[Write, Doc], Doc] = as_stored,
) -> ResponseReturnValue:
    """Run a command of the running request's sender in its conference, and answer with JSON.

    `action` says what is asked of what (`run/next`); `run` and `render` are those of `core.commands.Command`. Raises
    what they raise.
    """
    command = Command(id=body.id, action=action, request=body.as_sent(), run=run, render=render)
    return jsonify(run_once(current_hub().journal, conference().slug, actor(), command, admit))
