"""Every route, asked by those without a right to names while a ceremony is full of what they must not read."""

from __future__ import annotations

import gzip
import itertools
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.awards.model import Award
from conference_hub.awards.proof_actions import commit, open_results
from conference_hub.awards.store import load
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.access.route_ids import Ids
from tests.integration.access.route_requests import routes, send
from tests.integration.access.test_every_route import MAY, SIGNING_IN, model_ids
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, outside

pytestmark = ON_SQLITE

API = f"/api/v1/c/{CONF}"
LANE = "hall"
PROXY, READING, REASON, WRONG = "몰래대리", "숨은읽기", "감춘사유", "틀린이름"
"""Texts that stand nowhere else: who stands in, how a name is read, why an award is withdrawn, and a name replaced."""
LATER = "나중에보일글"
"""A message that is not shown yet."""
UNSEALED = (Role.PUBLIC, Role.ATTENDEE, Role.STAFF)
GATE = re.compile(r"/checkin/")
"""Where the gate reads of a guest who they are: `tests/integration/checkin` tests what of it."""
REFUSED = re.compile(r"/awards/|/run/|/screen/|/messages|/report")
LEFT_OUT = SIGNING_IN | {"POST /sign-out"}


@dataclass
class Show:
    """An operator amid a round of the hall."""

    hub: Hub
    operator: FlaskClient
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def awards(self) -> list[Award]:
        """Return the awards of the lane in calling order."""
        with self.hub.database.reading() as db:
            found = load(db, CONF)
        own = [one for one in found.awards.values() if one.lane_id == LANE]
        return sorted(own, key=lambda one: (found.rounds[one.lane_id].index(one.cue_id), one.call_order))

    def send(self, path: str, **body: Any) -> None:
        answer = self.operator.post(
            f"{API}/{path}", json={"command_id": f"show-{next(self._numbers)}", **body}
        )
        assert answer.status_code == 200, answer.text

    def award(self, award: Award, verb: str, **body: Any) -> None:
        self.send(f"awards/{award.id}/{verb}", **outside(verb), **body)

    def begin(self, rehearsal: str) -> None:
        """Let everything happen in a round that there is: one name is out, and nothing else may be known."""
        first, second, third, fourth, fifth, *_ = self.awards()
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            commit(write)
        self.send(f"runs/{rehearsal}/screens", screens=True)
        self.send("run/jump", lane=LANE, cue=first.cue_id, with_left="leave")
        self.award(first, "arm")
        self.award(first, "reveal")
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            open_results(write)
        self.award(second, "correct", recipient=WRONG, pronunciation=READING)
        self.award(second, "arm")
        self.award(second, "reveal")
        self.award(second, "take-back")
        self.award(third, "proxy", name=PROXY, relation=PROXY)
        self.award(third, "absent")
        self.award(fourth, "withdraw", reason=REASON)
        self.award(fifth, "defer")
        same = [
            one.id for one in self.awards() if (one.cue_id, one.level_id) == (third.cue_id, third.level_id)
        ]
        self.send(
            "awards/group",
            lane=LANE,
            awards=[one for one in same if one not in {first.id, fourth.id}][:3],
            pace_s=9,
        )
        self.award(third, "arm")
        self.send("run/undo", lane=LANE)
        self.send("messages", text={"ko": LATER}, audiences=["public"], at="2021-12-02T18:00:00+09:00")


def secrets(awards: Iterable[Award]) -> set[str]:
    """Return what nobody without a right may read: which awards are sealed, and who the recipients are.

    The id of an award that was revealed once is known; its name is taken back.
    """
    sealed = [one for one in awards if not one.state.is_public]
    texts = {t for one in sealed for t in (one.recipient, one.profile, one.citation, one.pronunciation) if t}
    return (
        {one.id for one in sealed if one.recipient != WRONG} | texts | {PROXY, READING, REASON, WRONG, LATER}
    )


def words_of(text: str) -> str:
    """Return JSON as it reads, without escapes."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def asked(role: Role) -> list[str]:
    """Return the routes that a role may use, and those that command a ceremony: their refusals say too much easily."""
    about = {name for name in MAY if REFUSED.search(name)}
    found = [name for name in MAY if role in MAY[name] or name in about]
    return [name for name in found if name not in LEFT_OUT and not GATE.search(name)]


def heard(app: Flask, ids: Ids, browser: FlaskClient, names: Iterable[str]) -> dict[str, str]:
    """Return by route all that it answers, headers included, but for the address that was asked for."""
    rules, found = dict(routes(app)), {}
    for name in names:
        answer = send(browser, name, rules[name], ids)
        found[name] = (words_of(body_of(answer)) + str(answer.headers)).replace(answer.request.path, "")
    return found


def body_of(answer: TestResponse) -> str:
    """Return the body as text; of a font, what in it can be read as text."""
    packed = answer.headers.get("Content-Encoding") == "gzip"
    body = gzip.decompress(answer.get_data()) if packed else answer.get_data()
    return body.decode(errors="replace")


def told_of(texts: dict[str, str], known: set[str]) -> set[tuple[str, str]]:
    """Return where a secret stands; one that is an id as a word of its own."""
    return {
        (where, one)
        for where, text in texts.items()
        for one in known
        if (re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text) if one.isascii() else one in text)
    }


@pytest.fixture
def ids(seeded: Hub, sign_in: SignIn) -> Ids:
    """Return what the conference has, amid its ceremony."""
    found = model_ids(seeded)
    Show(seeded, sign_in(Role.OPERATOR, name="김감독")).begin(found.run)
    return found


@pytest.fixture
def known(seeded: Hub, ids: Ids) -> set[str]:
    assert ids.conf == CONF
    with seeded.database.reading() as db:
        return secrets(load(db, CONF).awards.values())


@pytest.mark.parametrize("role", UNSEALED)
def test_no_route_tells_those_without_a_right(
    app: Flask, sign_in: SignIn, ids: Ids, known: set[str], role: Role, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    guest = {"guest_id": "guest-088"} if role is Role.ATTENDEE else {}
    browser = app.test_client() if role is Role.PUBLIC else sign_in(role, **guest)

    told = told_of({**heard(app, ids, browser, asked(role)), "log": caplog.text}, known)

    assert told == set()


@pytest.mark.parametrize("stream", [Stream.PUBLIC, Stream.REHEARSAL])
def test_screen_of_the_hall_learns_nothing_by_a_rehearsal(
    app: Flask, sign_in: SignIn, ids: Ids, known: set[str], stream: Stream
) -> None:
    """The link of a stage opens both streams; a rehearsed ceremony has the day's order, levels and nobody's name."""
    operator, run = sign_in(Role.OPERATOR), f"{API}/runs/{ids.run}"
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("jump", {"lane": LANE, "cue": "round-1-hall", "with_left": "leave"}),
        ("awards/recipient-01/arm", {}),
        ("awards/recipient-01/reveal", {}),
        ("awards/group", {"lane": LANE, "awards": ["recipient-02", "recipient-03"]}),
    )
    for number, (path, body) in enumerate(steps):
        answer = operator.post(f"{run}/{path}", json={"command_id": f"run-{number}", **body})
        assert answer.status_code == 200, answer.text
    address, screen = f"{API}/state?stream={stream}", {"X-Screen": ids.given["secret"]}

    answers = [app.test_client().get(address + after, headers=screen) for after in ("", "&after=0")]
    texts = {str(number): words_of(answer.text) for number, answer in enumerate(answers)}

    assert [answer.status_code for answer in answers] == [200, 200]
    assert ("recipient-01" in texts["0"]) is (stream is Stream.REHEARSAL)
    assert told_of(texts, known) == set()


@pytest.mark.parametrize("stream", [Stream.STAFF, Stream.SEALED, Stream.OPERATOR])
def test_screen_of_the_hall_opens_no_stream_of_the_team(
    client: FlaskClient, ids: Ids, stream: Stream
) -> None:
    answer = client.get(f"{API}/state?stream={stream}", headers={"X-Screen": ids.given["secret"]})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "forbidden")


def leak_document(hub: Hub, _app: Flask, name: str) -> None:
    hub.documents.append(lambda *_given: {"word": {"said": f"{name}님"}})


def leak_header(_hub: Hub, app: Flask, name: str) -> None:
    def add(response: Response) -> Response:
        response.headers["X-Next"] = name
        return response

    app.after_request_funcs.setdefault(None, []).append(add)


def leak_part_of_an_id(hub: Hub, _app: Flask, name: str) -> None:
    """An id that only begins like a secret one is none."""
    hub.documents.append(lambda *_given: {"word": {"said": f"{name}-x x-{name}"}})


@pytest.mark.parametrize(
    ("leak", "secret", "found"),
    [(leak_document, PROXY, True), (leak_header, "case-03", True), (leak_part_of_an_id, "case-03", False)],
)
def test_search_finds_a_planted_secret(
    seeded: Hub,
    app: Flask,
    client: FlaskClient,
    ids: Ids,
    known: set[str],
    leak: Callable[[Hub, Flask, str], None],
    secret: str,
    found: bool,  # noqa: FBT001
) -> None:
    leak(seeded, app, secret)

    told = told_of(heard(app, ids, client, ["GET /api/v1/c/<conf>/state"]), known)

    assert {one for _, one in told} == ({secret} if found else set())
