"""The plan through the real application: revised, published, applied to the live run, and projected."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from conference_hub.access.model import Role
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import API, done, refused, send, snapshot
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    del seeded
    return sign_in(Role.ORGANISER, name="김기획")


def plan_of(browser: FlaskClient) -> dict[str, Any]:
    plan: dict[str, Any] = browser.get(f"{API}/plan").get_json()
    return {"segments": plan["segments"], "lanes": plan["lanes"]}


def cue(plan: dict[str, Any], cue_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(cue for lane in plan["lanes"] for cue in lane["cues"] if cue["id"] == cue_id)
    return found


def without(plan: dict[str, Any], cue_id: str) -> dict[str, Any]:
    lanes = [{**lane, "cues": [cue for cue in lane["cues"] if cue["id"] != cue_id]} for lane in plan["lanes"]]
    return {**plan, "lanes": lanes}


def test_the_loaded_plan_is_the_first_version_and_the_live_run_follows_it(
    seeded: Hub, organiser: FlaskClient
) -> None:
    plan = organiser.get(f"{API}/plan").get_json()

    assert (plan["revision"], plan["version"]) == (1, 1)
    assert [(lane["id"], len(lane["cues"])) for lane in plan["lanes"]] == [("hall", 9), ("metaverse", 2)]
    assert plan["lanes"][0]["cues"][0] == {
        "id": "opening",
        "number": "1",
        "segment": "opening",
        "title": {
            "ko": "개회 및 고용노동부 장관 격려사",
            "en": "Opening and address by the Minister of Employment and Labor",
        },
        "fixed": True,
        "planned_start": "2021-12-02T00:20:00.000Z",
        "planned_s": 600,
        "colour": None,
        "warn_s": None,
        "danger_s": None,
        "skipped": False,
        "sync": None,
        "shortest_s": None,
        "droppable": False,
        "notes": {
            "mc": "지금부터 2021년도 국민취업지원제도 우수사례 콘퍼런스를 시작하겠습니다. "
            "먼저 고용노동부 장관님의 격려사가 있겠습니다.",
            "video": "행사 타이틀",
            "sound": "단상 마이크",
            "light": "단상",
            "remarks": "메타버스(Engage)·화상회의(Zoom)·유튜브 Live 연결 확인",
        },
        "speakers": [{"name": "안경덕", "role": "", "reads_for": None}],
    }
    assert organiser.get(f"{API}/plan?version=1").get_json() == plan
    doc = snapshot(seeded)["plan"] or {}
    assert (doc["revision"], doc["version"], doc["published_revision"], doc["run_revision"]) == (1, 1, 1, 1)
    assert "plan" not in snapshot(seeded, Stream.SEALED)


def test_a_revision_changes_nothing_that_anybody_follows(seeded: Hub, organiser: FlaskClient) -> None:
    plan = plan_of(organiser)
    cue(plan, "closing")["title"] = {"ko": "폐회", "en": "Closing"}
    before = {stream: snapshot(seeded, stream) for stream in Stream}
    calendar = organiser.get(f"/c/{CONF}/agenda.ics").data

    assert done(organiser, "plan", revision=1, **plan) == {"revision": 2}

    for stream in Stream:
        after = snapshot(seeded, stream)
        assert {key for key in after if after[key] != before[stream][key]} <= {"plan"}
    assert organiser.get(f"/c/{CONF}/agenda.ics").data == calendar
    assert cue(plan_of(organiser), "closing")["title"] == {"ko": "폐회", "en": "Closing"}


def test_second_edit_of_the_same_revision_is_refused(organiser: FlaskClient, sign_in: SignIn) -> None:
    other = sign_in(Role.ORGANISER, name="박기획")
    plan = plan_of(organiser)
    done(organiser, "plan", revision=1, **plan)

    status, answer = send(other, "plan", revision=1, **without(plan, "closing"))

    assert (status, answer["error"]["code"], answer["error"]["revision"]) == (409, "plan_changed", 2)
    assert cue(plan_of(other), "closing")


def test_publishing_raises_the_sequence_and_dates_the_calendar(organiser: FlaskClient, now: FakeNow) -> None:
    first = organiser.get(f"/c/{CONF}/agenda.ics")
    plan = plan_of(organiser)
    plan["lanes"][0]["cues"][-1]["planned_s"] = 300
    done(organiser, "plan", revision=1, **plan)
    now.forward(minutes=5)

    assert done(organiser, "plan/publish", revision=2) == {"revision": 2, "version": 2}

    answer = organiser.get(f"/c/{CONF}/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})
    was, closing = (Calendar.from_ical(one.data).events[-1] for one in (first, answer))
    assert (was["SEQUENCE"], closing["SEQUENCE"], was["UID"]) == (0, 1, closing["UID"])
    assert now.instant.replace(microsecond=0) == closing.LAST_MODIFIED
    assert closing.end - was.end == closing.duration - was.duration
    again = organiser.get(f"/c/{CONF}/agenda.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert refused(organiser, "plan/publish", revision=2) == (409, "nothing_to_publish")


def test_a_published_time_never_goes_back(organiser: FlaskClient, now: FakeNow) -> None:
    done(organiser, "plan", revision=1, **plan_of(organiser))
    published_at = now.instant
    now.forward(minutes=-30)

    done(organiser, "plan/publish", revision=2)

    closing = Calendar.from_ical(organiser.get(f"/c/{CONF}/agenda.ics").data).events[-1]
    assert published_at.replace(microsecond=0) == closing.LAST_MODIFIED


def test_the_overview_shows_what_is_published(organiser: FlaskClient) -> None:
    plan = plan_of(organiser)
    cue(plan, "closing")["title"] = {"ko": "새로운 마무리", "en": "New closing"}
    done(organiser, "plan", revision=1, **plan)
    assert "새로운 마무리" not in organiser.get(f"/c/{CONF}/").text

    done(organiser, "plan/publish", revision=2)

    assert "새로운 마무리" in organiser.get(f"/c/{CONF}/").text


def test_an_applied_plan_changes_cues_ahead_and_leaves_what_ran(
    seeded: Hub, organiser: FlaskClient, now: FakeNow
) -> None:
    watch = Watch(seeded, CONF)
    now.forward(minutes=20)
    done(organiser, "run/start")
    plan = plan_of(organiser)
    opening, closing = cue(plan, "opening"), cue(plan, "closing")
    opening["title"] = closing["title"] = {"ko": "새 이름", "en": "New name"}
    hall = plan["lanes"][0]["cues"]
    hall.insert(1, {**closing, "id": "extra", "number": "", "planned_start": "2021-12-02T00:30:00.000Z"})
    plan = without(plan, "sharing-work-experience")
    done(organiser, "plan", revision=1, **plan)

    answer = done(organiser, "run/apply", revision=2)

    watch.look()
    docs = snapshot(seeded, Stream.PUBLIC)
    assert answer["fact"]["topic"] == "PlanApplied"
    assert answer["docs"]["cue/sharing-work-experience"] is None
    assert (docs["cue/opening"] or {})["title"]["en"] != "New name"
    assert (docs["cue/closing"] or {})["title"]["en"] == "New name"
    order = sorted(
        (doc["position"], doc["id"])
        for key, doc in docs.items()
        if doc and doc.get("lane") == "hall"
        if key.startswith("cue/")
    )
    assert [name for _, name in order][:3] == ["opening", "extra", "round-1-hall"]
    assert organiser.get(f"{API}/plan").get_json()["version"] == 2
    assert done(organiser, "run/next")["fact"]["body"]["cue"] == "extra"
    watch.look()


def test_undo_works_across_an_apply(seeded: Hub, organiser: FlaskClient, now: FakeNow) -> None:
    watch = Watch(seeded, CONF)
    now.forward(minutes=20)
    done(organiser, "run/start")
    plan = plan_of(organiser)
    cue(plan, "opening")["planned_s"] = 900
    done(organiser, "plan", revision=1, **plan)
    done(organiser, "run/apply", revision=2)
    assert (snapshot(seeded)["cue/opening"] or {})["planned_s"] == 600

    done(organiser, "run/undo")
    assert refused(organiser, "run/redo", seen=0) == (409, "stale")
    done(organiser, "run/apply", revision=2)

    opening = snapshot(seeded)["cue/opening"] or {}
    assert (opening["planned_s"], opening["started_at"]) == (900, None)
    assert refused(organiser, "run/apply", revision=2) == (409, "nothing_to_apply")
    done(organiser, "run/redo")
    watch.look()


def test_redo_of_a_command_on_a_cue_that_is_gone_is_refused(organiser: FlaskClient, now: FakeNow) -> None:
    now.forward(minutes=20)
    done(organiser, "run/start")
    done(organiser, "run/undo")
    done(organiser, "plan", revision=1, **without(plan_of(organiser), "opening"))
    answer = done(organiser, "run/apply", revision=2)

    assert answer["docs"]["lane/hall"]["commands"]["redo"] == "nothing_to_redo"
    assert refused(organiser, "run/redo") == (409, "nothing_to_redo")


def test_undo_puts_no_cue_on_standby_that_has_left_the_plan(
    seeded: Hub, organiser: FlaskClient, now: FakeNow
) -> None:
    watch = Watch(seeded, CONF)
    now.forward(minutes=20)
    done(organiser, "run/start")
    done(organiser, "run/arm", cue="closing")
    done(organiser, "run/arm", cue=None)
    done(organiser, "plan", revision=1, **without(plan_of(organiser), "closing"))
    done(organiser, "run/apply", revision=2)

    undone = done(organiser, "run/undo")

    assert undone["docs"]["lane/hall"]["standby"] is None
    assert done(organiser, "run/next")["fact"]["body"]["cue"] == "round-1-hall"
    watch.look()


def test_a_lane_is_stale_to_a_sender_who_did_not_see_the_apply(
    organiser: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    operator = sign_in(Role.OPERATOR)
    now.forward(minutes=20)
    seen = done(operator, "run/start")["fact"]["seq"]
    plan = plan_of(organiser)
    done(organiser, "plan", revision=1, **plan)
    assert refused(operator, "run/hold", seen=seen, lane="metaverse") == (409, "not_started")

    applied = done(organiser, "run/apply", revision=2)["fact"]["seq"]

    assert refused(operator, "run/next", seen=seen) == (409, "stale")
    done(operator, "run/next", seen=applied)


GONE = pytest.mark.parametrize(("gone", "code"), [("opening", "cue_ran"), ("lane", "lane_ran")])


def with_broadcast(organiser: FlaskClient) -> dict[str, Any]:
    """Give the plan a third lane that can be started, apply it, and return it."""
    plan = plan_of(organiser)
    plan["lanes"].append({"id": "broadcast", "title": {"ko": "방송"}, "cues": [cue(plan, "closing")]})
    plan["lanes"][0]["cues"].pop()
    done(organiser, "plan", revision=1, **plan)
    done(organiser, "run/apply", revision=2)
    return plan


def losing(plan: dict[str, Any], gone: str) -> dict[str, Any]:
    return without(plan, "opening") if gone == "opening" else {**plan, "lanes": plan["lanes"][:2]}


@GONE
def test_a_plan_without_what_ran_cannot_be_applied(
    seeded: Hub, organiser: FlaskClient, now: FakeNow, gone: str, code: str
) -> None:
    now.forward(minutes=20)
    done(organiser, "plan", revision=2, **losing(with_broadcast(organiser), gone))
    done(organiser, "run/start")
    done(organiser, "run/start", lane="broadcast")
    before = snapshot(seeded)

    assert refused(organiser, "run/apply", revision=3) == (409, code)
    assert snapshot(seeded) == before
    assert organiser.get(f"{API}/plan").get_json()["version"] is None


@GONE
def test_a_plan_does_not_lose_what_ran_until_that_is_taken_back(
    seeded: Hub, organiser: FlaskClient, now: FakeNow, gone: str, code: str
) -> None:
    now.forward(minutes=20)
    changed = losing(with_broadcast(organiser), gone)
    lanes = ("hall", "broadcast")
    for lane in lanes:
        done(organiser, "run/start", lane=lane)
    before = snapshot(seeded)

    assert refused(organiser, "plan", revision=2, **changed) == (409, code)
    assert snapshot(seeded) == before
    for lane in lanes:
        done(organiser, "run/undo", lane=lane)
    assert done(organiser, "plan", revision=2, **changed) == {"revision": 3}


def test_a_plan_that_lost_a_cue_before_it_ran_can_be_edited_still(
    organiser: FlaskClient, now: FakeNow
) -> None:
    now.forward(minutes=20)
    plan = plan_of(organiser)
    done(organiser, "plan", revision=1, **without(plan, "opening"))
    done(organiser, "run/start")

    assert done(organiser, "plan", revision=2, **without(without(plan, "opening"), "closing")) == {
        "revision": 3
    }
    done(organiser, "plan", revision=3, **plan)
    done(organiser, "run/apply", revision=4)


@pytest.mark.parametrize("move", ["gone", "other lane"])
def test_a_cue_with_awards_stays_in_its_lane(organiser: FlaskClient, move: str) -> None:
    plan = plan_of(organiser)
    bound = cue(plan, "round-1-hall")
    plan = without(plan, "round-1-hall")
    if move == "other lane":
        plan["lanes"][1]["cues"].append(bound)

    status, answer = send(organiser, "plan", revision=1, **plan)

    assert (status, answer["error"]["code"], answer["error"]["cues"]) == (409, "cue_in_use", "round-1-hall")


def test_recipients_are_called_in_the_order_of_the_applied_plan(seeded: Hub, organiser: FlaskClient) -> None:
    watch = Watch(seeded, CONF)
    assert (snapshot(seeded)["calling/hall"] or {})["next_cue"] == "round-1-hall"
    plan = plan_of(organiser)
    hall = plan["lanes"][0]["cues"]
    names = [one["id"] for one in hall]
    one, two = names.index("round-1-hall"), names.index("round-2-hall")
    hall[one], hall[two] = hall[two], hall[one]
    done(organiser, "plan", revision=1, **plan)
    assert (snapshot(seeded)["calling/hall"] or {})["next_cue"] == "round-1-hall"

    answer = done(organiser, "run/apply", revision=2)

    assert answer["docs"]["calling/hall"]["next_cue"] == "round-2-hall"
    watch.look()


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"revision": "1"}, "revision"),
    ({"lanes": 3}, "lanes"),
    ({"lanes": [{"id": "Hall!", "title": {"ko": "홀"}, "cues": []}]}, "lanes.0.id"),
    ({"lanes": [{"id": "hall", "title": {"ko": ""}, "cues": []}]}, "lanes.0.title"),
    ({"lanes": [{"id": "hall", "title": {"ko": "홀"}, "cues": []}] * 2}, "lanes.hall"),
    ({"segments": [], "lanes": None}, "lanes"),
    ({"colour": "red"}, "colour"),
]


@pytest.mark.parametrize(("changes", "field"), FAULTS)
def test_a_malformed_plan_is_refused_by_its_field(
    organiser: FlaskClient, changes: dict[str, Any], field: str
) -> None:
    status, answer = send(organiser, "plan", **{"revision": 1, **plan_of(organiser), **changes})

    assert (status, answer["error"]["field"]) == (422, field)
    assert organiser.get(f"{API}/plan").get_json()["revision"] == 1


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("planned_s", 0, "lanes.0.cues.0.planned_s"),
        ("planned_s", 86_401, "lanes.0.cues.0.planned_s"),
        ("planned_start", "2021-12-02 09:20", "lanes.0.cues.0.planned_start"),
        ("segment", "nowhere", "opening"),
        ("id", "closing", "cues.closing"),
    ],
)
def test_a_malformed_cue_is_refused_by_its_field(
    organiser: FlaskClient, name: str, value: object, field: str
) -> None:
    plan = plan_of(organiser)
    plan["lanes"][0]["cues"][0][name] = value

    status, answer = send(organiser, "plan", revision=1, **plan)

    assert (status, answer["error"]["field"]) == (422, field)


def test_the_projection_says_how_late_each_lane_will_end(organiser: FlaskClient, now: FakeNow) -> None:
    now.forward(minutes=25)
    done(organiser, "run/start")

    answer = organiser.get(f"{API}/run/projection").get_json()

    hall, metaverse = answer["lanes"]
    assert (answer["run"], answer["drift_s"], hall["drift_s"], metaverse["drift_s"]) == (
        "run-1",
        300,
        300,
        0,
    )
    assert (hall["planned_finish"], hall["projected_finish"]) == (
        "2021-12-02T01:40:00.000Z",
        "2021-12-02T01:45:00.000Z",
    )
    assert (hall["ends_at"], hall["remaining_s"]) == ("2021-12-02T00:35:00.000Z", 600)
    assert hall["cues"][1] == {
        "id": "round-1-hall",
        "planned_start": "2021-12-02T00:30:00.000Z",
        "planned_end": "2021-12-02T00:44:00.000Z",
        "started_at": None,
        "ended_at": None,
        "projected_start": "2021-12-02T00:35:00.000Z",
        "projected_end": "2021-12-02T00:49:00.000Z",
    }
