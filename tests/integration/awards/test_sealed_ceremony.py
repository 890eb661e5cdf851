"""The whole ceremony, with everything searched that leaves the server before each reveal."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conference_hub.access.model import Role
from conference_hub.agenda.model import LaneId
from conference_hub.awards.model import Award
from conference_hub.awards.store import load
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF, outside

API = f"/api/v1/c/{CONF}"
PAGES = (
    *("", "live", "results", "results/proof", "programme", "programme/changes", "screen/stage"),
    *("follow-up", "agenda.ics", "follow-up.ics"),
)
REFUSED = ("awards/case-01/reveal", "awards/case-01/arm", "awards/nothing/reveal", "run/next")
PAGES_AFTER = 22
"""Awards after which all pages are asked for again: they change less often than the streams."""


@dataclass
class Watch:
    """What people without a sealed role hear: the streams that they follow, pages, feeds, refusals and the log."""

    hub: Hub
    client: FlaskClient
    staff: FlaskClient
    logged: pytest.LogCaptureFixture
    heads: dict[str, int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def news(self) -> dict[str, str]:
        """Return what is new on the streams and in the log."""
        heard = {name: self.state(name, f"&after={self.heads.get(name, 0)}") for name in ("public", "staff")}
        heard["log"] = self.logged.text
        self.logged.clear()
        return heard

    def wholes(self) -> dict[str, str]:
        """Return what is on the streams as a whole."""
        return {f"all of {name}": self.state(name) for name in ("public", "staff")}

    def state(self, name: str, after: str = "") -> str:
        """Return an answer of a stream, and note its head."""
        browser = self.client if name == "public" else self.staff
        text = browser.get(f"{API}/state?stream={name}{after}").text
        self.heads[name] = json.loads(text)["head"]
        return plain(text)

    def pages(self) -> dict[str, str]:
        """Return every page and feed, the figures, and the refusals of commands."""
        heard = {page: self.client.get(f"/c/{CONF}/{page}").text for page in PAGES}
        for path in ("/metrics", "/healthz", "/readyz", "/api/openapi.json", f"{API}/results/proof"):
            heard[path] = plain(self.client.get(path).text)
        for path, browser in itertools.product(REFUSED, (self.client, self.staff)):
            answer = browser.post(f"{API}/{path}", json={"command_id": f"no-{next(self._numbers)}"})
            assert answer.status_code in {401, 403}
            heard[f"refused {path}"] = plain(answer.text)
        return heard


def plain(text: str) -> str:
    """Return JSON as it reads, without escapes."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


@dataclass
class Show:
    """An operator who runs the ceremony."""

    hub: Hub
    operator: FlaskClient
    on_air: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def awards(self) -> list[Award]:
        """Return the awards in the order in which they are called."""
        with self.hub.database.reading() as db:
            found = load(db, CONF)
        cues = [cue for own in found.rounds.values() for cue in own]
        return sorted(found.awards.values(), key=lambda one: (cues.index(one.cue_id), one.call_order))

    def go_to(self, award: Award) -> None:
        """Bring the round of an award on air."""
        if self.on_air.get(award.lane_id) == award.cue_id:
            return
        if award.lane_id not in self.on_air:
            self.command("run/start", lane=award.lane_id)
            self.on_air[award.lane_id] = self.first_cue(award.lane_id)
        if self.on_air[award.lane_id] != award.cue_id:
            self.command("run/jump", lane=award.lane_id, cue=award.cue_id, with_left="leave")
        self.on_air[award.lane_id] = award.cue_id

    def first_cue(self, lane_id: str) -> str:
        """Return the cue with which a lane starts."""
        with self.hub.database.reading() as db:
            return load(db, CONF).rounds[LaneId(lane_id)][0]

    def last_named(self) -> Award:
        """Return the last award whose recipient has a name."""
        return [award for award in self.awards() if award.recipient][-1]

    def award(self, award: Award, *verbs: str) -> None:
        for verb in verbs:
            self.command(f"awards/{award.id}/{verb}", **outside(verb))

    def command(self, path: str, **body: object) -> None:
        answer = self.operator.post(
            f"{API}/{path}", json={"command_id": f"show-{next(self._numbers)}", **body}
        )
        assert answer.status_code == 200, answer.text


@pytest.fixture
def watch(seeded: Hub, client: FlaskClient, sign_in: SignIn, caplog: pytest.LogCaptureFixture) -> Watch:
    caplog.set_level(logging.DEBUG)
    return Watch(seeded, client, sign_in(Role.STAFF), caplog)


@pytest.fixture
def show(seeded: Hub, sign_in: SignIn) -> Show:
    return Show(seeded, sign_in(Role.OPERATOR))


def told_of(heard: dict[str, str], sealed: list[Award]) -> set[tuple[str, str]]:
    """Return where a sealed award is told of: its recipient, or its id."""
    secrets = {secret for award in sealed for secret in (award.recipient, f'"award/{award.id}"') if secret}
    return {(where, secret) for where, text in heard.items() for secret in secrets if secret in text}


def test_nothing_is_heard_of_an_award_before_its_reveal(watch: Watch, show: Show) -> None:
    awards = show.awards()
    told: set[tuple[str, str]] = set()
    for place, award in enumerate(awards):
        show.go_to(award)
        show.award(award, "arm")
        told |= told_of(watch.news(), awards[place:])
        if place % PAGES_AFTER == 0:
            told |= told_of(watch.pages() | watch.wholes(), awards[place:])
        show.award(award, "reveal", "present", "done")

    assert told == set()
    assert f'"award/{awards[-1].id}"' in watch.wholes()["all of public"]


def test_a_name_that_is_taken_back_is_heard_of_no_more(watch: Watch, show: Show) -> None:
    award = show.awards()[0]
    show.go_to(award)
    show.award(award, "arm", "reveal")
    assert told_of(watch.news(), [award])
    show.award(award, "take-back")
    watch.heads.clear()
    watch.logged.clear()

    heard = {**watch.news(), **watch.wholes(), **watch.pages()}

    assert {where for where, secret in told_of(heard, [award]) if secret == award.recipient} == set()


@pytest.mark.parametrize("stream", [Stream.PUBLIC, Stream.STAFF])
def test_search_finds_a_planted_name(watch: Watch, show: Show, stream: Stream) -> None:
    last = show.last_named()

    def leak(_session: Session, _conf: str, asked: Stream) -> Docs:
        return {"word": {"said": last.recipient}} if asked is stream else {}

    watch.hub.documents.append(leak)

    assert {where for where, _ in told_of(watch.wholes(), [last])} == {f"all of {stream}"}


def test_search_finds_a_name_in_the_log(watch: Watch, show: Show) -> None:
    last = show.last_named()
    logging.getLogger("conference_hub").warning("next is %s", last.recipient)

    assert {where for where, _ in told_of(watch.news(), [last])} == {"log"}
