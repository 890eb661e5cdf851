"""What the database of version 82fd37d held stays as it was after the upgrade."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from icalendar import Calendar

from conference_hub.awards.prepared import load_prepared
from conference_hub.core import entries
from conference_hub.core.db import Database
from conference_hub.core.stream import Stream
from conference_hub.followup.model import SessionStatus
from conference_hub.followup.store import all_sessions
from conference_hub.people.group_store import all_groups
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests import law
from tests.integration.upgrade.morning import API, HEADS, INSIDE, fields, snapshot, state
from tests.model_day import CONF
from tests.traces import rows_with
from tests.upgrade import half_a_day
from tests.upgrade.half_a_day import TOKENS

AWARDS = {
    "award/case-15": ("done", None, "2021-12-02T00:33:18.250Z"),
    "award/case-03": ("done", "정정된 이름", "2021-12-02T00:34:03.250Z"),
    "award/case-04": ("presented", "하연희", "2021-12-02T00:34:30.250Z"),
    "award/case-05": ("sealed", "권영혜", None),
    "award/case-06": ("armed", "최인숙", None),
    "award/commend-38": ("skipped", None, None),
    "award/commend-02": ("revealed", "허진희", "2021-12-02T00:45:16.250Z"),
    "award/commend-03": ("sealed", "현상열", None),
}
"""State, recipient and when it was revealed."""
REVEALED = {"award/case-15", "award/case-03", "award/case-04", "award/commend-02"}


def test_every_row_of_that_version_is_loaded(database_url: str) -> None:
    database = Database(database_url)
    half_a_day.load(database)

    with database.engine.connect() as connection:
        counts = {
            name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name)))
            for name, _, _ in half_a_day.read()
        }
    database.close()
    assert counts == {name: len(rows) for name, _, rows in half_a_day.read()}
    assert (len(counts), counts["journal_entry"], counts["command"], counts["scan"]) == (23, 205, 57, 17)


def test_heads_stay_so_that_followers_go_on_where_they_were(client: FlaskClient) -> None:
    assert {stream: state(client, stream)["head"] for stream in HEADS} == HEADS


def test_lanes_and_cues_stand_where_they_stood(client: FlaskClient) -> None:
    docs = snapshot(client, "public")

    assert fields(docs["lane/hall"], "status", "cue", "held_since") == ("running", "round-2-hall", None)
    assert fields(docs["lane/metaverse"], "status", "cue", "held_since") == (
        "held",
        "round-2-metaverse",
        "2021-12-02T00:47:00.250Z",
    )
    timing = ("started_at", "ended_at", "extension_s", "held_s")
    assert fields(docs["cue/opening"], *timing) == (
        "2021-12-02T00:20:30.250Z",
        "2021-12-02T00:31:10.250Z",
        120,
        90,
    )
    assert fields(docs["cue/round-1-hall"], *timing) == (
        "2021-12-02T00:31:10.250Z",
        "2021-12-02T00:46:10.250Z",
        0,
        0,
    )
    assert fields(docs["cue/round-2-metaverse"], *timing) == ("2021-12-02T00:44:00.250Z", None, -60, 0)
    assert fields(docs["cue/round-3-hall"], *timing) == (None, None, 0, 0)


def test_lanes_keep_their_cues_and_the_order_of_them(client: FlaskClient) -> None:
    cues = [doc for key, doc in snapshot(client).items() if key.startswith("cue/")]
    by_lane = {
        lane: [cue["id"] for cue in sorted(cues, key=lambda cue: cue["position"]) if cue["lane"] == lane]
        for lane in ("hall", "metaverse")
    }

    assert by_lane["metaverse"] == ["round-2-metaverse", "round-3-metaverse"]
    assert by_lane["hall"] == [
        "opening",
        "round-1-hall",
        "round-2-hall",
        "round-3-hall",
        "performance",
        "sharing-employment-support",
        "sharing-counselling",
        "sharing-work-experience",
        "closing",
    ]


def test_awards_of_that_version_say_nothing_of_how_names_are_called(client: FlaskClient) -> None:
    docs = [doc for key, doc in snapshot(client, "sealed").items() if key.startswith("award/")]

    assert {fields(doc, "honorific", "conferrer", "pronunciation") for doc in docs} == {(None, None, None)}


def test_deferred_award_is_sealed_and_marked_in_all_that_is_stored(client: FlaskClient, hub: Hub) -> None:
    docs = snapshot(client, "sealed")

    assert [key for key, doc in docs.items() if doc.get("deferred")] == ["award/case-05"]
    assert [table for table, _ in rows_with(hub.database, "'state': 'deferred'")] == []
    with hub.database.reading() as db:
        told = [
            one for one in entries.since(db, CONF, Stream.SEALED, 0, 1_000) if one.topic == "AwardDeferred"
        ]
    assert [fields(one.body["docs"]["award/case-05"], "state", "deferred") for one in told] == [
        ("sealed", True)
    ]


@pytest.mark.parametrize("stream", ["sealed", "operator"])
def test_awards_keep_their_states_and_names(client: FlaskClient, stream: str) -> None:
    docs = snapshot(client, stream)

    shown = {key: doc for key, doc in docs.items() if key.startswith("award/")}
    assert {key: fields(doc, "state", "recipient", "revealed_at") for key, doc in shown.items()} == AWARDS
    assert docs["award/commend-03"]["organisation"] == "정정된 기관"


def test_public_knows_the_revealed_awards_only(client: FlaskClient) -> None:
    docs = snapshot(client, "public")

    assert {key for key in docs if key.startswith("award/")} == REVEALED
    assert fields(docs["ceremony"], "revealed", "total") == (4, 8)


def test_presence_and_gates_count_as_before(client: FlaskClient) -> None:
    docs = snapshot(client, "staff")

    counts = ("expected", "admitted", "inside", "remote")
    assert fields(docs["presence"], *counts) == (15, 8, 6, 2)
    assert docs["presence"]["by_mode"] == {
        "onsite": {"expected": 11, "here": 6},
        "metaverse": {"expected": 3, "here": 1},
        "zoom": {"expected": 1, "here": 1},
        "online": {"expected": 0, "here": 0},
    }
    assert fields(docs["gate/main"], "admitted", "left", "refused") == (5, 1, 5)
    assert fields(docs["gate/recipients"], "admitted", "left", "refused") == (3, 0, 0)


def test_guests_are_where_they_were(client: FlaskClient) -> None:
    guests = {doc["id"]: doc for key, doc in snapshot(client).items() if key.startswith("guest/")}

    assert {guest for guest, doc in guests.items() if doc["inside"]} == INSIDE
    assert {guest for guest, doc in guests.items() if doc["remote_connected"]} == {"guest-088", "guest-089"}
    assert guests["guest-003"]["first"] == {"at": "2021-12-01T23:48:30.000Z", "gate": "main"}
    assert guests["guest-003"]["since"] == "2021-12-02T00:12:00.250Z"
    assert guests["guest-089"]["mode"] == "metaverse"


def test_online_sessions_keep_their_dates_and_sign_ups(client: FlaskClient) -> None:
    docs = snapshot(client, "public")

    shown = ("starts_at", "status", "sequence", "taken")
    assert fields(docs["session/session-1"], *shown) == ("2021-12-06T05:00:00.000Z", "scheduled", 0, 1)
    assert fields(docs["session/session-2"], *shown) == ("2021-12-09T06:00:00.000Z", "scheduled", 1, 0)
    assert fields(docs["session/session-3"], *shown) == ("2021-12-10T05:00:00.000Z", "cancelled", 1, 0)


def test_calendar_keeps_the_sequence_that_the_version_gave(client: FlaskClient) -> None:
    events = Calendar.from_ical(client.get(f"/c/{CONF}/agenda.ics").data).events
    assert {one["SEQUENCE"] for one in events} == {0}


def test_awards_get_numbers_in_calling_order_and_levels_the_programme_of_their_honour(hub: Hub) -> None:
    with hub.database.reading() as db:
        prepared = load_prepared(db, CONF)

    by_number = sorted(prepared.awards.values(), key=lambda award: int(award.number))
    assert [award.id for award in by_number[:3]] == ["case-15", "case-03", "case-04"]
    assert {award.id for award in by_number if award.unnamed} == {"case-15"}
    assert [
        (one.title.ko, [level.label.ko for level in prepared.levels_of(one.id)])
        for one in prepared.programmes
    ] == [
        ("장관상", ["최우수상", "장려상"]),
        ("장관표창", ["장관표창"]),
    ]


def test_sessions_of_that_version_are_announced_and_have_nobody_waiting(hub: Hub) -> None:
    with hub.database.reading() as db:
        found = [(one.status, one.waits, one.speakers, one.materials) for one in all_sessions(db, CONF)]

    assert {status for status, *_ in found} == {SessionStatus.SCHEDULED, SessionStatus.CANCELLED}
    assert {tuple(rest) for _, *rest in found} == {(False, (), ())}


def _grown(old: Any, new: Any) -> bool:
    """Return whether `new` is `old`, perhaps with more fields, at any depth."""
    match old, new:
        case dict(), dict():
            return all(name in new and _grown(value, new[name]) for name, value in old.items())
        case list(), list():
            return len(old) == len(new) and all(map(_grown, old, new))
        case _:
            return bool(old == new)


@pytest.mark.parametrize("replaced", ["윤지수", "광주광산센터"])
def test_corrected_texts_are_left_on_the_guest_list_only(hub: Hub, replaced: str) -> None:
    before = {name for name, _, rows in half_a_day.read() if replaced in str(rows)}
    assert before >= {"guest", "journal_entry"}

    assert {table for table, _ in rows_with(hub.database, replaced)} == {"guest"}


@pytest.mark.parametrize("stream", [stream for stream in Stream if stream is not Stream.REHEARSAL])
def test_log_of_the_morning_replays_to_what_is_shown_now(
    client: FlaskClient, hub: Hub, stream: Stream
) -> None:
    """A field that came after that version is not in its entries, nor is the stream of rehearsals."""
    assert client is not None
    with hub.database.reading() as db:
        replayed = law.grown({}, entries.since(db, CONF, stream, 0, law.PLENTY))
        fresh = hub.snapshot(db, CONF, stream)

    later = {key for key in fresh if key not in replayed}
    assert {key.partition("/")[0] for key in later} <= {
        "calling",
        "channel",
        "conference",
        "plan",
        "programme",
    }
    assert {key: doc for key, doc in replayed.items() if key not in fresh} == {}
    for key, document in replayed.items():
        assert _grown(document, fresh[key]), (key, document, fresh[key])


def test_groups_of_that_version_are_data_now_and_guests_have_numbers(hub: Hub) -> None:
    with hub.database.reading() as db:
        groups = all_groups(db, CONF)
        guests = all_guests(db, CONF)

    assert [(group.id, group.title.ko, group.position) for group in groups.values()] == [
        ("recipient", "수상자", 1),
        ("official", "신규 공무원", 2),
        ("guest_of_honour", "내빈", 3),
        ("staff", "운영진", 4),
        ("attendee", "참석자", 5),
    ]
    assert {guest.group for guest in guests} <= set(groups)
    assert [guest.number for guest in guests] == [str(place) for place in range(1, len(guests) + 1)]


def test_plan_gets_numbers_in_the_order_of_its_lanes_and_the_usual_departments(client: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {TOKENS['stream-deck']}"}
    plan = client.get(f"{API}/plan", headers=headers).get_json()
    docs = snapshot(client)

    cues = [cue for lane in plan["lanes"] for cue in lane["cues"]]
    assert [cue["number"] for cue in cues] == [str(number) for number in range(1, 12)]
    assert {cue["id"]: docs[f"cue/{cue['id']}"]["number"] for cue in cues} == {
        cue["id"]: cue["number"] for cue in cues
    }
    assert {(docs[f"cue/{cue['id']}"]["fixed"], cue["sync"]) for cue in cues} == {(True, None)}
    assert {(cue["shortest_s"], cue["droppable"]) for cue in cues} == {(None, False)}
    assert {(cue["fixed"], cue["skipped"], str(cue["notes"]), str(cue["speakers"])) for cue in cues} == {
        (True, False, "{}", "[]")
    }
    assert [one["id"] for one in plan["departments"]] == ["mc", "video", "sound", "light", "remarks"]
    assert {one["public"] for one in plan["segments"]} == {True}
    first = client.get(f"{API}/plan?version=1", headers=headers).get_json()
    assert first == {**plan, "by": "seed"}
