"""The large conference on its day: every lane has begun, hundreds of awards are revealed, a group may be called."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from bench.rig.client import CSRF, Client
from bench.rig.large_conference import GUESTS, SLUG, large_conference
from bench.rig.people import body, person
from bench.rig.target import Target

LANES, FIRST_ROUND, REVEALED = 40, 800, 600
HONOURS = 120
GROUP, NAMED = 150, 80
"""Names that are called as a group, and how many of them are out before anybody looks."""
SECRET = re.compile(r"/link#(\S+)")
CODE = re.compile(r'id="pairing-code">([^<]+)<')


@dataclass
class Day:
    """The running conference, an operator who gives commands in it, and an organiser at the desk."""

    target: Target
    client: Client
    organiser: Client
    token: str
    lanes: list[str]
    cue: str
    awards: list[str]
    named: int = 0

    def address(self, path: str) -> str:
        """Return the address of a page: `path` is below the conference's, or begins with a slash."""
        below = path if path.startswith("/") else f"/c/{SLUG}/{path}"
        return self.target.url + below.format(cue=self.cue)

    def link(self, role: str) -> str:
        """Return a fresh sign-in link."""
        made = self.target.command("-m", "conference_hub", "link", "--role", role, "--conf", SLUG)
        found = SECRET.search(made)
        assert found, made
        return f"{self.target.url}/link#{found[1]}"

    def happens(self, turn: int) -> None:
        """Let something happen: a cue of one of two lanes gets more time, or an award is made ready or taken back."""
        if turn % 2 == 0:
            self.send("run/extend", lane=self.lanes[turn // 2 % 2], seconds=60)
        else:
            self.send(f"awards/{self.awards[REVEALED]}/{'take-back' if turn // 2 % 2 else 'arm'}")

    def next_name(self) -> None:
        """Let the next name of the group come out; the first time, a group is begun and half of it named.

        When all are out, the last one is taken back and comes again.
        """
        lane = self.lanes[0]
        if not self.named:
            self.send("awards/group", lane=lane, awards=self.awards[-GROUP:])
            for _ in range(NAMED):
                self.send("awards/group/next", lane=lane)
            self.named = NAMED
        if self.named == GROUP:
            self.send("run/undo", lane=lane)
            self.named -= 1
        else:
            self.send("awards/group/next", lane=lane)
            self.named += 1

    def code(self) -> str:
        """Return a code by which a browser becomes a device of all gates."""
        desk = f"/c/{SLUG}/desk/gates/devices"
        found = CODE.search(self.organiser.send_form(desk, desk, name=f"Gate {uuid.uuid4().hex[:6]}").text)
        assert found
        return found[1]

    def send(self, path: str, **body: Any) -> None:
        """Give a command."""
        content = json.dumps({"command_id": uuid.uuid4().hex, **body}).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        answer = self.client.send(f"/api/v1/c/{SLUG}/{path}", headers, content)
        assert answer.status == HTTPStatus.OK, (path, answer.text)


@contextmanager
def running_day(directory: Path, checkout: Path) -> Iterator[Day]:
    """Import the conference into the hub of `checkout`, start every lane, and reveal awards of the round on air."""
    directory.mkdir(exist_ok=True)
    file = directory / "large.json"
    file.write_text(json.dumps(_conference(), ensure_ascii=False), encoding="utf-8")
    target = Target(checkout=checkout, directory=directory / "hub")
    target.start()
    try:
        target.command("-m", "conference_hub", "import", str(file))
        client, organiser = (_signed_in(target, role) for role in ("operator", "organiser"))
        (token,) = CSRF.findall(client.get(f"/c/{SLUG}/console").text)
        docs = client.get(f"/api/v1/c/{SLUG}/state?stream=operator").document["snapshot"]
        _give_badges(organiser)
        yield _begun(Day(target, client, organiser, token, _ids(docs, "lane/"), "", []), docs)
    finally:
        target.end()


def _conference() -> dict[str, Any]:
    """Return the conference file, with guests of honour."""
    honours = [
        {"name": person(number), "organisation": body(number), "office": {"ko": "위원장"}, "public": True}
        for number in range(HONOURS)
    ]
    return large_conference(LANES, FIRST_ROUND) | {"honours": honours}


def _signed_in(target: Target, role: str) -> Client:
    printed = target.command("-m", "conference_hub", "link", "--role", role, "--conf", SLUG)
    found = SECRET.search(printed)
    assert found, printed
    client = Client(target.port)
    client.send_form("/link", "/link", secret=found[1])
    return client


def _give_badges(organiser: Client) -> None:
    """Give a badge to everybody, as the desk does."""
    people = f"/c/{SLUG}/desk/people"
    fields = {"action": "badges", "every": "on", "confirmed": "on", "count": str(GUESTS)}
    answer = organiser.send_form(people, f"{people}/selected", **fields)
    assert answer.status == HTTPStatus.FOUND, answer.text


def _begun(day: Day, docs: dict[str, Any]) -> Day:
    for lane in day.lanes:
        day.send("run/start", lane=lane)
    first = min((doc for key, doc in docs.items() if key.startswith("cue/")), key=_place_of(day.lanes[0]))
    day.cue = first["id"]
    awards = [doc for key, doc in docs.items() if key.startswith("award/") and doc["cue"] == day.cue]
    lowest = max(doc["level"]["rank"] for doc in awards)
    awards.sort(key=lambda doc: (doc["level"]["rank"] == lowest, doc["order"]))
    day.awards = [doc["id"] for doc in awards]
    for award in day.awards[:REVEALED]:
        for verb in ("arm", "reveal"):
            day.send(f"awards/{award}/{verb}")
    return day


def _place_of(lane: str) -> Callable[[dict[str, Any]], tuple[bool, int]]:
    return lambda cue: (cue["lane"] != lane, cue["position"])


def _ids(docs: dict[str, Any], prefix: str) -> list[str]:
    found = [doc for key, doc in docs.items() if key.startswith(prefix)]
    return [doc["id"] for doc in sorted(found, key=lambda doc: doc["position"])]
