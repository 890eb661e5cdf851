"""Rehearsals through the real application: runs that operators alone see."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.entries import since
from conference_hub.core.now import iso, parse_iso
from conference_hub.core.stream import Stream
from conference_hub.data.export import conference_as_json
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import API, done, refused, send, snapshot
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow

SECRET = "아무도 모르는 순서"


def heads(hub: Hub) -> dict[str, int]:
    with hub.database.reading() as db:
        return {
            stream: max((entry.seq for entry in since(db, CONF, stream, 0, 10_000)), default=0)
            for stream in Stream
            if stream not in {Stream.OPERATOR, Stream.REHEARSAL}
        }


def test_a_rehearsal_is_run_like_the_day_and_seen_by_operators_alone(
    seeded: Hub, operator: FlaskClient
) -> None:
    watch = Watch(seeded, CONF)
    live = {key: doc for key, doc in snapshot(seeded).items() if not key.startswith("rehearsal")}
    before = heads(seeded)

    begun = done(operator, "runs", revision=1)
    started = done(operator, "runs/run-2/start")
    for command in ("next", "hold", "resume", "undo", "redo", "next"):
        done(operator, f"runs/run-2/{command}")
    done(operator, "runs/run-2/jump", cue="closing")
    done(operator, "runs/run-2/extend", seconds=30)
    done(operator, "runs/run-2/finish", early=True)

    watch.look()
    docs = snapshot(seeded)
    assert begun["run"] == "run-2"
    assert (started["fact"]["topic"], started["fact"]["body"]["command"]) == (
        "RehearsalCommanded",
        "LaneStarted",
    )
    lane = docs["rehearsal-lane/run-2/hall"] or {}
    assert (lane["run"], lane["status"], lane["undo"]["topic"]) == ("run-2", "finished", "LaneFinished")
    assert (docs["rehearsal-cue/run-2/closing"] or {})["extension_s"] == 30
    assert len((docs["rehearsal-driving/run-2/hall"] or {})["commands"]) == 10
    assert {key: doc for key, doc in docs.items() if not key.startswith("rehearsal")} == live
    assert heads(seeded) == before


def test_live_run_and_rehearsal_are_independent(seeded: Hub, operator: FlaskClient) -> None:
    seen = done(operator, "runs", revision=1)["fact"]["seq"]
    done(operator, "runs/run-2/start")

    done(operator, "run/start", seen=seen)
    done(operator, "run/next")
    done(operator, "runs/run-2/undo")
    done(operator, "run/undo")

    assert (snapshot(seeded)["lane/hall"] or {})["cue"] == "opening"
    assert (snapshot(seeded)["rehearsal-lane/run-2/hall"] or {})["status"] == "waiting"


def test_a_stale_command_of_a_rehearsal_is_refused(operator: FlaskClient) -> None:
    seen = done(operator, "runs", revision=1)["fact"]["seq"]
    done(operator, "runs/run-2/start", seen=seen)

    assert refused(operator, "runs/run-2/next", seen=seen) == (409, "stale")


def test_a_cleared_rehearsal_is_gone_and_its_id_does_not_come_again(
    seeded: Hub, operator: FlaskClient
) -> None:
    watch = Watch(seeded, CONF)
    begin = {"command_id": "begin", "revision": 1}
    done(operator, "runs", **begin)
    done(operator, "runs/run-2/start")

    done(operator, "runs/run-2/clear")

    watch.look()
    assert [key for key in snapshot(seeded) if key.startswith("rehearsal")] == []
    assert refused(operator, "runs/run-2/next") == (404, "not_found")
    assert refused(operator, "runs/run-2/clear") == (404, "not_found")
    assert done(operator, "runs", **begin)["run"] == "run-2"
    assert done(operator, "runs", revision=1)["run"] == "run-3"
    with seeded.database.reading() as db:
        for table in ("run_lane", "run_cue", "run_step", "run_act"):
            runs = db.scalars(sa.text(f"SELECT DISTINCT run_id FROM {table}")).all()  # noqa: S608 - fixed names
            assert "run-2" not in runs


def test_a_rehearsal_follows_the_working_plan_also_when_it_is_not_published(
    seeded: Hub, operator: FlaskClient, sign_in: SignIn
) -> None:
    organiser = sign_in(Role.ORGANISER)
    plan = organiser.get(f"{API}/plan").get_json()
    hall = {**plan["lanes"][0], "title": {"ko": "대강당"}}
    content = {"segments": plan["segments"], "lanes": [hall, plan["lanes"][1]]}
    done(organiser, "plan", revision=1, **content)
    assert refused(operator, "runs", revision=1) == (409, "plan_changed")

    done(operator, "runs", revision=2)

    docs = snapshot(seeded)
    assert (docs["rehearsal-lane/run-2/hall"] or {})["title"]["ko"] == "대강당"
    assert (docs["lane/hall"] or {})["title"]["ko"] == "현장"
    done(operator, "runs/run-2/clear")
    with seeded.database.reading() as db:
        assert db.scalars(sa.text("SELECT revision FROM plan_version")).all() == [1]


def test_the_live_run_is_no_rehearsal(seeded: Hub, operator: FlaskClient) -> None:
    before = snapshot(seeded)

    assert refused(operator, "runs/run-1/start") == (404, "not_found")
    assert refused(operator, "runs/run-1/clear") == (404, "not_found")

    assert snapshot(seeded) == before


def test_a_second_rehearsal_is_refused_until_the_first_is_cleared(operator: FlaskClient) -> None:
    done(operator, "runs", revision=1)
    second = {"command_id": "second", "revision": 1}
    assert refused(operator, "runs", **second) == (409, "too_many_rehearsals")

    done(operator, "runs/run-2/clear")

    assert done(operator, "runs", **second)["run"] == "run-3"


def test_an_apply_to_the_live_run_makes_no_command_of_a_rehearsal_stale(
    operator: FlaskClient, sign_in: SignIn
) -> None:
    organiser = sign_in(Role.ORGANISER)
    seen = done(operator, "runs", revision=1)["fact"]["seq"]
    plan = organiser.get(f"{API}/plan").get_json()
    done(organiser, "plan", revision=1, segments=plan["segments"], lanes=plan["lanes"])
    done(organiser, "run/apply", revision=2)

    started = done(operator, "runs/run-2/start", seen=seen)
    assert started["docs"]["rehearsal-lane/run-2/hall"]["status"] == "running"


def test_an_export_holds_the_live_run_only(seeded: Hub, operator: FlaskClient) -> None:
    done(operator, "runs", revision=1)
    done(operator, "run/start")

    with seeded.database.reading() as db:
        tables = conference_as_json(db, CONF)["tables"]

    assert {row["id"] for row in tables["run"]} == {"run-1"}
    assert {row["run_id"] for row in [*tables["run_lane"], *tables["run_cue"]]} == {"run-1"}
    topics = {entry["topic"] for entry in tables["journal_entry"]}
    assert ("LaneStarted" in topics, "RehearsalBegan" in topics) == (True, False)


def test_rehearsal_goes_by_its_own_clock(seeded: Hub, operator: FlaskClient, now: FakeNow) -> None:
    watch = Watch(seeded, CONF)
    done(operator, "runs", revision=1, cue="round-2-hall", speed=10)
    planned = (snapshot(seeded)["rehearsal-cue/run-2/round-2-hall"] or {})["planned_start"]
    now.forward(seconds=60)
    done(operator, "runs/run-2/next")
    now.forward(seconds=30)
    done(operator, "runs/run-2/speed", speed=1)
    now.forward(seconds=15)
    done(operator, "runs/run-2/hold")

    watch.look()
    docs = snapshot(seeded, Stream.REHEARSAL)
    begun = parse_iso(planned)
    second, lane = docs["cue/round-2-hall"] or {}, docs["lane/hall"] or {}
    assert (second["started_at"], second["ended_at"]) == (planned, iso(begun + timedelta(seconds=600)))
    assert (lane["status"], lane["held_since"]) == ("held", iso(begun + timedelta(seconds=600 + 300 + 15)))
    clock = (docs["rehearsal/run-2"] or {})["clock"]
    assert (clock["at"], clock["speed"]) == (iso(begun + timedelta(seconds=900)), 1)


def test_screens_follow_a_rehearsal_under_the_keys_of_the_live_run(
    seeded: Hub, operator: FlaskClient
) -> None:
    watch = Watch(seeded, CONF)
    common = snapshot(seeded, Stream.REHEARSAL)
    assert [key for key in common if key.startswith(("lane/", "cue/", "rehearsal"))] == []

    done(operator, "runs", revision=1, screens=True)
    done(operator, "runs/run-2/start")
    done(operator, "run/start", lane="metaverse")
    docs = snapshot(seeded, Stream.REHEARSAL)
    assert (docs["rehearsal/run-2"] or {})["on_screens"] is True
    assert [(docs[f"lane/{lane}"] or {})["status"] for lane in ("hall", "metaverse")] == [
        "running",
        "waiting",
    ]
    done(operator, "runs/run-2/screens", screens=False)
    assert (snapshot(seeded, Stream.REHEARSAL)["rehearsal/run-2"] or {})["on_screens"] is False
    done(operator, "runs/run-2/clear")

    watch.look()
    assert snapshot(seeded, Stream.REHEARSAL) == common


def test_rehearsal_waits_for_a_clear_word_while_the_day_is_on_air(operator: FlaskClient) -> None:
    done(operator, "run/start", lane="metaverse")

    status, answer = send(operator, "runs", revision=1)
    assert (status, answer["error"]["code"], answer["error"]["lanes"]) == (409, "live_on_air", ["metaverse"])

    assert done(operator, "runs", revision=1, while_live=True)["run"] == "run-2"


def test_rehearsal_is_refused_what_does_not_fit(operator: FlaskClient) -> None:
    assert refused(operator, "runs", revision=1, cue="nothing") == (404, "not_found")
    for speed in (0, 61, "fast"):
        assert refused(operator, "runs", revision=1, speed=speed)[0] == 422
    done(operator, "runs", revision=1)
    assert refused(operator, "runs/run-2/speed", speed=0)[0] == 422
    assert refused(operator, "runs/run-1/speed", speed=2) == (404, "not_found")
    assert refused(operator, "runs/run-1/screens", screens=True) == (404, "not_found")


def test_nothing_of_a_rehearsal_reaches_an_audience(
    seeded: Hub, operator: FlaskClient, sign_in: SignIn, client: FlaskClient
) -> None:
    """Every byte that the streams of audiences hold, and that their pages and feeds answer, is searched for a word."""
    organiser = sign_in(Role.ORGANISER)
    plan = organiser.get(f"{API}/plan").get_json()
    plan["lanes"][0]["cues"][0]["title"] = {"ko": SECRET, "en": SECRET}
    done(organiser, "plan", revision=1, segments=plan["segments"], lanes=plan["lanes"])
    done(operator, "runs", revision=2, screens=True)
    for command in ("start", "next", "back", "hold"):
        done(operator, f"runs/run-2/{command}")

    with seeded.database.reading() as db:
        held = {
            stream: str((since(db, CONF, stream, 0, 10_000), seeded.snapshot(db, CONF, stream)))
            for stream in Stream
        }
    pages = ("", "live", "results", "programme", "screen/stage", "screen/timer", "agenda.ics")
    answers = [client.get(f"/c/{CONF}/{page}").text for page in pages]
    answers += [
        client.get(f"{API}/{path}").text
        for path in ("state", "state?after=0", "state?stream=rehearsal", "run/projection")
    ]
    assert {stream for stream, text in held.items() if SECRET in text} == {Stream.OPERATOR, Stream.REHEARSAL}
    assert {stream for stream, text in held.items() if "run-2" in text} == {
        Stream.OPERATOR,
        Stream.REHEARSAL,
    }
    assert [one for one in answers if SECRET in one or "run-2" in one] == []
    assert client.get(f"{API}/state?stream=rehearsal").status_code == 401
