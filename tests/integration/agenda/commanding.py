"""Commands of the model conference as tests send them: accepted, refused, and what operators see then."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub
from tests.model_day import CONF, leaving

API = f"/api/v1/c/{CONF}"
numbers = itertools.count(1)


def send(browser: FlaskClient, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    """Send a command, under an id of its own unless `command_id` says another; return status and answer."""
    own = leaving(path.rpartition("/")[2]) if "run" in path else {}
    answer = browser.post(f"{API}/{path}", json={"command_id": f"c{next(numbers)}", **own, **body})
    return answer.status_code, answer.get_json()


def done(browser: FlaskClient, path: str, **body: Any) -> dict[str, Any]:
    """Send a command that must be accepted, and return its answer."""
    status, answer = send(browser, path, **body)
    assert status == 200, answer
    return answer


def refused(browser: FlaskClient, path: str, **body: Any) -> tuple[int, str]:
    """Send a command that must be refused; return the status and the code."""
    status, answer = send(browser, path, **body)
    return status, answer["error"]["code"]


def snapshot(hub: Hub, stream: Stream = Stream.OPERATOR) -> Docs:
    """Return every document of a stream."""
    with hub.database.reading() as db:
        return hub.snapshot(db, CONF, stream)


def apply_to_cues(browser: FlaskClient, fields_of: Callable[[str], dict[str, Any]]) -> None:
    """Let the live run follow a plan whose cues have these fields changed, by their id."""
    plan = browser.get(f"{API}/plan").get_json()
    edits = [
        {"op": "put_cue", "lane": lane["id"], "cue": {**cue, **fields_of(cue["id"])}}
        for lane in plan["lanes"]
        for cue in lane["cues"]
    ]
    revision = done(browser, "plan/edit", revision=plan["revision"], edits=edits)["revision"]
    done(browser, "run/apply", revision=revision)
