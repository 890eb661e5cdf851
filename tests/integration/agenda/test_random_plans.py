"""Random plans: whatever is edited, the file says it wholly, and an empty conference becomes the same by it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.core.actor import Actor
from conference_hub.core.ids import new_id
from conference_hub.exchange.columns import flat
from conference_hub.exchange.comparing import Comparing, apply
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.part import Stated
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.agenda.sheets import context_of
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE

PARTS = ("departments", "segments", "lanes", "cues")
EDITS = 60
API = f"/api/v1/c/{small.OTHER}/plan"


class RandomPlan:
    """Edits of a plan by somebody who does anything; what they refer to is there."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.numbers = iter(range(1, 10_000))

    def text(self, word: str) -> dict[str, str]:
        number = next(self.numbers)
        return {"ko": f"{word} {number}", "en": self.chance.choice(("", f"{word} in English {number}"))}

    def people(self) -> list[dict[str, Any]]:
        names = (f"사람{next(self.numbers)}" for _ in range(self.chance.randrange(3)))
        return [{"name": name, "role": self.chance.choice(("", "발표자"))} for name in names]

    def segment(self) -> dict[str, Any]:
        kind = self.chance.choice(list(SegmentKind)).value
        note = self.text("설명") if self.chance.random() < 0.5 else None
        public = self.chance.random() < 0.8
        own = {"id": new_id(), "kind": kind, "title": self.text("구간"), "note": note, "public": public}
        return {"op": "put_segment", "segment": {**own, "speakers": self.people()}}

    def lane(self) -> dict[str, Any]:
        colour = self.chance.choice((None, "#204060"))
        return {"op": "put_lane", "lane": {"id": new_id(), "title": self.text("레인"), "colour": colour}}

    def cue(self, plan: dict[str, Any]) -> dict[str, Any]:
        lane = self.chance.choice(plan["lanes"])
        cue_id = self.chance.choice([new_id(), *(cue["id"] for one in plan["lanes"] for cue in one["cues"])])
        before = self.chance.choice([None, *(cue["id"] for cue in lane["cues"] if cue["id"] != cue_id)])
        speakers = self.people()
        if speakers:
            speakers[0]["reads_for"] = self.chance.choice((None, "이장관"))
        cue = {
            "id": cue_id,
            "number": "",
            "segment": self.chance.choice(plan["segments"])["id"],
            "title": self.text("순서"),
            "fixed": self.chance.random() < 0.3,
            "planned_start": f"2021-12-02T{self.chance.randrange(24):02}:{self.chance.randrange(60):02}:00Z",
            "planned_s": self.chance.randrange(1, 7200),
            "colour": self.chance.choice((None, "#a03020")),
            "warn_s": self.chance.choice((None, 60)),
            "danger_s": self.chance.choice((None, 10)),
            "skipped": self.chance.random() < 0.1,
            "sync": None,
            "shortest_s": self.chance.choice((None, 60)),
            "droppable": self.chance.random() < 0.2,
            "notes": {one["id"]: f"메모\n{next(self.numbers)}" for one in plan["departments"][:2]},
            "speakers": speakers,
        }
        return {"op": "put_cue", "lane": lane["id"], "cue": cue, "before": before}

    def edit(self, plan: dict[str, Any]) -> dict[str, Any]:
        if not plan["segments"] or self.chance.random() < 0.1:
            return self.segment()
        if not plan["lanes"] or self.chance.random() < 0.05:
            return self.lane()
        return self.cue(plan)


@ON_SQLITE
@pytest.mark.parametrize("seed", range(4))
def test_random_plan_goes_out_and_comes_in_as_it_was(hub: Hub, sign_in: SignIn, seed: int) -> None:
    small.found(hub)
    browser = sign_in(Role.ORGANISER, conf=small.OTHER)
    made = RandomPlan(random.Random(seed))  # noqa: S311 - a story, no secret
    _edit(browser, made)
    before = _records(hub)

    _forget(browser)
    _read_in(hub, before)

    after = _records(hub)
    assert after == before
    assert [len(after[name]) for name in ("segments", "lanes", "cues")] > [0, 0, 0]
    assert not _comparison(hub, after)


def _edit(browser: FlaskClient, made: RandomPlan) -> None:
    for number in range(EDITS):
        plan = browser.get(API).get_json()
        body = {"command_id": f"e{number}", "revision": plan["revision"], "edits": [made.edit(plan)]}
        answer = browser.post(f"{API}/edit", json=body)
        assert answer.status_code == 200, answer.text


def _forget(browser: FlaskClient) -> None:
    """Empty the plan."""
    plan = browser.get(API).get_json()
    body = {
        "command_id": "gone",
        "revision": plan["revision"],
        "segments": [],
        "lanes": [],
        "departments": [],
    }
    assert browser.post(API, json=body).status_code == 200


def _records(hub: Hub) -> dict[str, list[Any]]:
    parts = [part for part in hub.parts if part.name in PARTS]
    with hub.database.reading() as db:
        return {part.name: list(part.current(db, small.OTHER)) for part in parts}


def _rows(records: dict[str, list[Any]]) -> dict[str, list[Stated]]:
    return {
        name: [Stated(values=flat(one), row=at) for at, one in enumerate(found, start=2)]
        for name, found in records.items()
    }


def _read_in(hub: Hub, records: dict[str, list[Any]]) -> None:
    with hub.journal.writing(small.OTHER, actor=Actor.system("test")) as write:
        context = context_of(hub, small.OTHER)
        comparing = Comparing(session=write.session, conf=small.OTHER, context=context, parts=hub.parts)
        found = comparing.run(_rows(records), Gone.REMOVE)
        assert not found.faults
        apply(write, found, lambda _kind, _key: new_id())


def _comparison(hub: Hub, records: dict[str, list[Any]]) -> bool:
    """Return whether the records would change anything."""
    with hub.database.reading() as db:
        context = context_of(hub, small.OTHER)
        comparing = Comparing(session=db, conf=small.OTHER, context=context, parts=hub.parts)
        found = comparing.run(_rows(records), Gone.REMOVE)
    assert not found.faults
    return found.any
