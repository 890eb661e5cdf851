"""Gates from before there were points: those of the hall, for guests on site, with the doors as they were."""

from __future__ import annotations

from datetime import timedelta

from conference_hub.conferences.store import get_conference
from conference_hub.gates.device_store import all_devices
from conference_hub.gates.model import DOORS, HALL, Window
from conference_hub.gates.store import all_gates, all_points, windows_of
from conference_hub.people.model import Mode
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_gates_belong_to_the_doors_of_the_hall(hub: Hub) -> None:
    with hub.database.reading() as db:
        conference, points, gates = get_conference(db, CONF), all_points(db, CONF), all_gates(db, CONF)
        devices = all_devices(db, CONF)

    three_hours = timedelta(hours=3)
    assert (points, devices) == ((DOORS,), [])
    assert [(gate.id, gate.point, gate.groups, gate.modes) for gate in gates] == [
        ("main", HALL, frozenset(), frozenset({Mode.ONSITE})),
        ("recipients", HALL, frozenset(), frozenset({Mode.ONSITE})),
    ]
    assert windows_of(points[0], conference) == (
        Window(opens_at=conference.starts_at - three_hours, closes_at=conference.ends_at + three_hours),
    )
