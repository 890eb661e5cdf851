"""Edits of the working plan through the real application, and who else has the editor open."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.store import room_uses
from conference_hub.conferences.place_store import all_rooms
from conference_hub.conferences.places import Room
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.places.actions import set_rooms
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.agenda.commanding import API, done, refused, send, snapshot
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow

CUE: dict[str, Any] = {
    "id": "k3xq8w2mzp",
    "number": "A-7",
    "segment": "closing",
    "title": {"ko": "축사", "en": "Address"},
    "fixed": False,
    "planned_start": "2021-12-02T00:00:00.000Z",
    "planned_s": 300,
    "colour": "#204060",
    "warn_s": 60,
    "danger_s": 10,
    "skipped": False,
    "sync": "개막",
    "shortest_s": 90,
    "droppable": True,
    "notes": {"mc": "다음은 축사입니다.", "sound": "등장곡 3번"},
    "speakers": [{"name": "김차관", "role": "차관", "reads_for": "이장관"}],
}
META = {**CUE, "id": "m3xq8w2mzp", "number": "A-8"}
ROOM = "room8wm4zq"
AFTER_CLOSING = {**CUE, "planned_start": "2021-12-02T01:40:00.000Z"}


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    del seeded
    return sign_in(Role.ORGANISER, name="김기획")


def put(cue: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"op": "put_cue", "lane": "hall", "cue": cue, **more}


def edit(browser: FlaskClient, revision: int, *edits: dict[str, Any]) -> dict[str, Any]:
    return done(browser, "plan/edit", revision=revision, edits=list(edits))


def plan(browser: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = browser.get(f"{API}/plan").get_json()
    return found


def test_cue_is_added_with_everything_that_it_says(organiser: FlaskClient) -> None:
    assert edit(organiser, 1, put(CUE)) == {"revision": 2}

    after = plan(organiser)
    assert after["lanes"][0]["cues"][-1] == AFTER_CLOSING
    assert (after["revision"], after["by"], after["version"], after["live_revision"]) == (
        2,
        "김기획",
        None,
        1,
    )
    assert (after["published"]["version"], after["published"]["revision"]) == (1, 1)


def test_cue_without_a_number_gets_the_next_one(organiser: FlaskClient) -> None:
    edit(organiser, 1, put({**CUE, "number": ""}))

    assert plan(organiser)["lanes"][0]["cues"][-1]["number"] == "12"


def test_everything_of_a_plan_can_be_edited(organiser: FlaskClient) -> None:
    before = plan(organiser)
    departments = [
        *before["departments"][:2],
        {"id": "w4kd7qmz2x", "title": {"ko": "의전", "en": "Protocol"}},
    ]
    segment = {
        "id": "b7qk2mwz4x",
        "kind": "break",
        "title": {"ko": "다과", "en": ""},
        "note": {"ko": "로비", "en": "Foyer"},
        "room": None,
        "speakers": [{"name": "박사회", "role": "사회"}],
        "public": False,
    }
    lane = {"id": "z4xk2mwb7q", "title": {"ko": "방송", "en": "Broadcast"}, "colour": "#a03020", "room": None}

    edit(
        organiser,
        1,
        {"op": "put_departments", "departments": departments},
        {"op": "put_segment", "segment": segment, "before": "closing"},
        {"op": "put_lane", "lane": lane, "before": "hall"},
        {
            "op": "put_cue",
            "lane": lane["id"],
            "cue": {**CUE, "segment": segment["id"], "notes": {"w4kd7qmz2x": "안내"}},
        },
        {"op": "remove_cue", "id": "sharing-counselling"},
    )

    after = plan(organiser)
    assert after["departments"] == departments
    assert [one["id"] for one in after["segments"]][-2:] == [segment["id"], "closing"]
    assert after["segments"][-2] == segment
    first = after["lanes"][0]
    assert {name: first[name] for name in lane} == lane
    assert first["cues"] == [
        {**CUE, "segment": segment["id"], "fixed": True, "notes": {"w4kd7qmz2x": "안내"}}
    ]
    edit(organiser, 2, {"op": "remove_lane", "id": lane["id"]}, {"op": "remove_segment", "id": segment["id"]})
    assert [one["id"] for one in plan(organiser)["lanes"]] == ["hall", "metaverse"]


def test_first_edits_make_the_plan_of_a_conference_that_has_none(hub: Hub, sign_in: SignIn) -> None:
    small.found(hub)
    browser = sign_in(Role.ORGANISER, conf=small.OTHER)
    api = f"/api/v1/c/{small.OTHER}/plan"
    empty = browser.get(api).get_json()
    edits = [
        {"op": "put_segment", "segment": {"id": "s1", "kind": "general", "title": {"ko": "오전"}}},
        {"op": "put_lane", "lane": {"id": "l1", "title": {"ko": "홀"}}},
        {"op": "put_cue", "lane": "l1", "cue": {**CUE, "segment": "s1", "number": ""}},
    ]

    answer = browser.post(f"{api}/edit", json={"command_id": "e1", "revision": 0, "edits": edits})

    assert (empty["revision"], [one["id"] for one in empty["departments"]]) == (
        0,
        ["mc", "video", "sound", "light", "remarks"],
    )
    assert answer.get_json() == {"revision": 1}
    assert browser.get(api).get_json()["lanes"][0]["cues"] == [
        {**CUE, "segment": "s1", "number": "1", "fixed": True}
    ]


def test_second_edit_of_a_revision_is_refused_with_who_made_the_first(
    organiser: FlaskClient, sign_in: SignIn
) -> None:
    edit(organiser, 1, put(CUE))

    status, answer = send(sign_in(Role.ORGANISER, name="박기획"), "plan/edit", revision=1, edits=[put(CUE)])

    error = answer["error"]
    assert (status, error["code"], error["revision"], error["by"]) == (409, "plan_changed", 2, "김기획")


REFUSED: list[tuple[list[dict[str, Any]], tuple[int, str]]] = [
    ([{"op": "remove_cue", "id": "round-1-hall"}], (409, "cue_in_use")),
    ([{"op": "remove_segment", "id": "closing"}], (409, "segment_in_use")),
    ([put({**CUE, "number": "1"})], (409, "number_taken")),
    ([put({**CUE, "id": f"c{n}", "number": "", "sync": None}) for n in range(200)], (409, "plan_too_large")),
    ([{"op": "remove_lane", "id": "nowhere"}], (404, "not_found")),
    ([put({**CUE, "sync": "②"}), put({**META, "sync": "②"})], (409, "sync_taken")),
    (
        [
            put({**CUE, "sync": "②"}),
            put({**CUE, "id": "h2", "number": "", "sync": "③"}),
            put({**META, "sync": "③"}, lane="metaverse"),
            put({**META, "id": "m2", "number": "", "sync": "②"}, lane="metaverse"),
        ],
        (409, "sync_crossed"),
    ),
    ([put({**CUE, "sync": "가" * 21})], (422, "invalid")),
    ([put({**CUE, "segment": "nowhere"})], (409, "segment_in_use")),
    (
        [{"op": "put_lane", "lane": {"id": "hall", "title": {"ko": "홀"}, "room": "nowhere"}}],
        (404, "not_found"),
    ),
    ([{"op": "paint"}], (422, "invalid")),
    ([put({**CUE, "colour": "red"})], (422, "invalid")),
    ([put({**CUE, "notes": {"mc": "가" * 2001}})], (422, "invalid")),
    ([], (422, "invalid")),
]


@pytest.mark.parametrize(("edits", "refusal"), REFUSED)
def test_refused_edits_leave_the_plan_as_it_was(
    organiser: FlaskClient, edits: list[dict[str, Any]], refusal: tuple[int, str]
) -> None:
    good = put({**CUE, "id": "good", "number": ""})

    assert refused(organiser, "plan/edit", revision=1, edits=[good, *edits] if edits else []) == refusal
    assert plan(organiser)["revision"] == 1


def test_cue_with_awards_cannot_be_skipped(organiser: FlaskClient) -> None:
    bound = next(cue for cue in plan(organiser)["lanes"][0]["cues"] if cue["id"] == "round-1-hall")

    assert refused(organiser, "plan/edit", revision=1, edits=[put({**bound, "skipped": True})]) == (
        409,
        "cue_in_use",
    )


def test_skipped_cue_is_no_part_of_the_run_until_it_has_run(
    seeded: Hub, organiser: FlaskClient, now: FakeNow
) -> None:
    watch = Watch(seeded, CONF)
    opening, *_, closing = plan(organiser)["lanes"][0]["cues"]
    edit(organiser, 1, put({**closing, "skipped": True}))
    done(organiser, "run/apply", revision=2)
    assert "cue/closing" not in snapshot(seeded, Stream.PUBLIC)
    watch.look()
    now.forward(minutes=20)
    done(organiser, "run/start")
    skipping, moving = (
        put({**opening, "skipped": True}),
        {**put(opening), "lane": "metaverse", "before": None},
    )

    for one in (skipping, moving):
        assert refused(organiser, "plan/edit", revision=2, edits=[one]) == (409, "cue_ran")


def test_colour_and_countdown_reach_the_screens_when_they_are_applied(
    seeded: Hub, organiser: FlaskClient
) -> None:
    edit(organiser, 1, put(CUE))
    done(organiser, "run/apply", revision=2)

    doc = snapshot(seeded, Stream.PUBLIC)[f"cue/{CUE['id']}"] or {}
    names = ("number", "colour", "warn_s", "danger_s", "speakers")
    assert {name: doc[name] for name in names} == {name: CUE[name] for name in names}
    assert refused(organiser, "run/apply", revision=2) == (409, "nothing_to_apply")


def test_people_who_edit_together_see_each_other_for_half_a_minute(
    organiser: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    other = sign_in(Role.ORGANISER, name="박기획")

    assert other.post(f"{API}/plan/editing", json={"at": "closing"}).get_json() == {"editors": []}
    (seen,) = organiser.post(f"{API}/plan/editing", json={}).get_json()["editors"]
    assert (seen["label"], seen["at"], seen["seen_at"]) == ("박기획", "closing", "2021-12-02T00:00:00.000Z")
    now.forward(seconds=30)
    assert organiser.post(f"{API}/plan/editing", json={}).get_json() == {"editors": []}


def test_who_left_the_editor_is_gone_from_it_though_the_clock_was_set_back(
    organiser: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    sign_in(Role.ORGANISER, name="박기획").post(f"{API}/plan/editing", json={"at": "closing"})
    now.forward(hours=-1)

    assert organiser.post(f"{API}/plan/editing", json={}).get_json() == {"editors": []}


def test_rooms_of_the_conference_can_be_named_and_then_stay(seeded: Hub, organiser: FlaskClient) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        ballroom = all_rooms(write.session, CONF)
        set_rooms(write, [*ballroom, Room(id=ROOM, title=Text(ko="대강당", en="Grand hall"))])
    hall = {"id": "hall", "title": {"ko": "현장", "en": "Hall"}, "room": ROOM}

    edit(organiser, 1, {"op": "put_lane", "lane": hall})

    after = plan(organiser)
    assert (after["lanes"][0]["room"], after["rooms"]) == (
        ROOM,
        [
            {"id": "grand-ballroom", "title": {"ko": "그랜드볼룸", "en": "Grand Ballroom"}},
            {"id": ROOM, "title": {"ko": "대강당", "en": "Grand hall"}},
        ],
    )
    with seeded.database.reading() as db:
        hall_title = Text(ko="현장", en="Hall")
        assert room_uses(db, CONF) == {"grand-ballroom": [hall_title], ROOM: [hall_title]}


def test_plan_says_what_is_odd_about_it(organiser: FlaskClient) -> None:
    late = {**CUE, "id": "late", "fixed": True, "planned_start": "2021-12-02T01:50:00.000Z"}
    edit(organiser, 1, put(late))

    found = organiser.get(f"{API}/plan/findings").get_json()

    assert found["revision"] == 2
    assert {"oddity": "gap", "lane": "hall", "cue": "late", "other": "closing", "by_s": 600} in found[
        "findings"
    ]
    assert plan(organiser)["days"] == {"begin": "2021-12-01T15:00:00.000Z", "end": "2021-12-02T15:00:00.000Z"}


def test_largest_plan_with_notes_fits_into_a_request(organiser: FlaskClient) -> None:
    notes = {"mc": "가" * 1000, "sound": "나" * 200}
    lanes = [{"op": "put_lane", "lane": {"id": f"lane-{n}", "title": {"ko": f"구역 {n}"}}} for n in range(3)]
    cues = [
        {
            "op": "put_cue",
            "lane": f"lane-{n % 3}",
            "cue": {**CUE, "id": f"cue-{n}", "number": "", "sync": None, "notes": notes},
        }
        for n in range(480)
    ]

    edit(organiser, 1, *lanes, *cues)

    assert sum(len(lane["cues"]) for lane in plan(organiser)["lanes"]) == 491
