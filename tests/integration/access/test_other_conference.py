"""Two conferences in one database: nobody of the one sees or changes anything of the other, by whatever route or id."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.db import Base
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.access.route_bodies import DAY_LATER, MESSAGE, body_of
from tests.integration.access.route_ids import LEVEL, PROGRAMME, SERIES, Ids, ids_of
from tests.integration.access.route_requests import let_in, routes, send
from tests.integration.access.test_every_route import MAY, PLACES, SIGNING_IN
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.registration import registering
from tests.model_day import CONF
from tests.small_conference import MARK, OTHER

pytestmark = ON_SQLITE
"""One database is enough: every statement asks for the conference in the same way on both."""
DESK_FORMS = (
    PLACES,
    *(
        f"/c/<conf>/desk/{name}"
        for name in (
            "gates",
            "people",
            "attendance",
            "awards",
            "honours",
            "follow-up",
            "registration",
            "outgoing",
        )
    ),
    "/c/<conf>/desk/team/accounts",
)

PEOPLE = (Role.ORGANISER, Role.OPERATOR, Role.EMCEE, Role.STAFF, Role.ATTENDEE)
OF_A_CONFERENCE = [
    name for name in MAY if ("<conf>" in name and name not in SIGNING_IN) or name == "GET /checkin/"
]
API, DESK = f"/api/v1/c/{CONF}", f"/c/{CONF}/desk"
BELONGS = {"conf", "slug"}
"""Columns that say to which conference a row belongs."""
numbers = itertools.count(1)


@pytest.fixture
def other(seeded: Hub) -> Ids:
    """The second conference, with ids that the first has too."""
    small.load(seeded)
    return ids_of(
        seeded,
        OTHER,
        lane=small.HALL,
        gate="main",
        guest=small.ON_SITE,
        award=small.FIRST_AWARD,
        session=small.FIRST_SESSION,
    )


@pytest.fixture
def here(seeded: Hub, other: Ids) -> Ids:
    """The same ids in the model conference."""
    return ids_of(
        seeded,
        CONF,
        lane=other.lane,
        gate=other.gate,
        guest=other.guest,
        award=other.award,
        session=other.session,
    )


def browser_of(role: Role, sign_in: SignIn) -> FlaskClient:
    return sign_in(role, conf=CONF, guest_id=small.REMOTE if role is Role.ATTENDEE else None)


LOGS = frozenset({"award_opening"})
"""What grows when somebody who may reads what is sealed."""


def rows_of(hub: Hub, conf: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that belongs to a conference, by table."""
    with hub.database.reading() as db:
        return {
            table.name: sorted(
                (tuple(row) for row in db.execute(sa.select(table).where(column == conf))), key=repr
            )
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if column.name in BELONGS and table.name not in LOGS
        }


def private_words(answer: str) -> list[str]:
    """Return what an answer holds of the other conference that only those who work for it may know."""
    words = ("손님", "수상자", " 공적", " 기관", "-1", " 정문", " 옆문")
    return [word for word in words if f"{MARK}{word}" in answer]


@pytest.mark.parametrize("role", PEOPLE)
def test_role_of_one_conference_gives_no_access_to_another(
    seeded: Hub, app: Flask, sign_in: SignIn, other: Ids, role: Role
) -> None:
    browser, rules, before = browser_of(role, sign_in), dict(routes(app)), rows_of(seeded, OTHER)

    answers = {
        name: send(browser, name, rules[name], other) for name in OF_A_CONFERENCE if name != "GET /checkin/"
    }

    reached = {name for name, answer in answers.items() if let_in(answer)}
    assert reached == {name for name in answers if Role.PUBLIC in MAY[name]}
    assert {
        name: words
        for name, answer in answers.items()
        if (words := private_words(answer.data.decode(errors="replace")))
    } == {}
    assert rows_of(seeded, OTHER) == before


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.STAFF])
def test_gate_page_lists_only_conferences_where_the_viewer_is_staff(
    app: Flask, sign_in: SignIn, other: Ids, role: Role
) -> None:
    browser = browser_of(role, sign_in)

    answer = browser.get(f"/checkin/?conf={OTHER}")

    assert (answer.status_code, MARK in answer.text) == (404, False)
    assert MARK not in browser.get("/checkin/").text


@pytest.mark.parametrize("role", PEOPLE)
def test_only_the_public_stream_of_another_conference_is_readable(
    sign_in: SignIn, other: Ids, role: Role
) -> None:
    browser = browser_of(role, sign_in)

    for stream in Stream:
        path = f"/api/v1/c/{OTHER}/state?stream={stream}"
        answers = [browser.get(f"{path}{after}") for after in ("", "&after=0")]

        public = stream is Stream.PUBLIC
        assert [answer.status_code for answer in answers] == [200 if public else 403] * 2
        assert [MARK in answer.text for answer in answers] == [public] * 2
        assert [private_words(answer.text) for answer in answers] == [[], []]


def test_streams_hold_nothing_of_another_conference(sign_in: SignIn, other: Ids) -> None:
    organiser = browser_of(Role.ORGANISER, sign_in)

    for stream in Stream:
        path = f"/api/v1/c/{CONF}/state?stream={stream}"
        answers = [organiser.get(f"{path}{after}") for after in ("", "&after=0")]

        assert [(answer.status_code, MARK in answer.text) for answer in answers] == [(200, False)] * 2


@pytest.mark.parametrize("role", PEOPLE)
def test_commands_change_nothing_in_another_conference_with_the_same_ids(
    seeded: Hub, app: Flask, sign_in: SignIn, here: Ids, role: Role
) -> None:
    browser, rules, before = browser_of(role, sign_in), dict(routes(app)), rows_of(seeded, OTHER)

    walked = [name for name in MAY if name not in SIGNING_IN | {"POST /sign-out"}]
    answers = {name: send(browser, name, rules[name], here) for name in walked}

    assert {name for name, answer in answers.items() if let_in(answer)} == {
        n for n in answers if role in MAY[n]
    }
    assert [name for name in OF_A_CONFERENCE if MARK.encode() in answers[name].data] == []
    assert rows_of(seeded, OTHER) == before


NEEDED: dict[str, dict[str, Any]] = {
    **{name: {"cue": "annex-1"} for name in ("arm", "jump", "skip", "bring-back")},
    "extend": {"seconds": 60},
    "make-up": {"cuts": {"annex-1": 60}},
    "speed": {"speed": 2},
    "screens": {"screens": True},
}
OF_REHEARSED_AWARDS: dict[str, dict[str, Any]] = {
    "awards/line-up": {"lane": small.ANNEX, "cue": "-", "order": [small.ONLY_AWARD]},
    "awards/group": {"lane": small.ANNEX, "awards": [small.ONLY_AWARD]},
    "screens/layer": {"lane": small.ANNEX, "layer": "logo"},
}
"""What commands of a rehearsed ceremony say, by where they are sent."""
"""What a command must say beside its lane."""
WRITTEN = {"correct": {"recipient": "이름"}, "withdraw": {"reason": "사유"}}
"""What a command must say beside its award."""
LANE_COMMANDS = [
    name
    for name in MAY
    if "/run/" in name and not name.endswith(("/run/projection", "/run/apply", "/run/ways"))
]


def foreign(ids: Ids) -> Iterator[tuple[str, str, dict[str, Any], int]]:
    """Yield `(route, address, body, status)`: requests to this conference that name things only the other one has."""
    scan = {"scan_id": "foreign", "gate": "main"}
    for route in LANE_COMMANDS:
        verb = route.rpartition("/")[2]
        yield route, f"{API}/run/{verb}", {"lane": small.ANNEX, **NEEDED.get(verb, {})}, 404
    for route in (name for name in MAY if name.startswith("POST ") and "/runs/<run_id>/" in name):
        path = route.partition("/runs/<run_id>/")[2]
        own = path.replace("<award_id>", small.ONLY_AWARD)
        yield route, f"{API}/runs/{ids.run}/{own}", _of_a_rehearsal(path), 404
    for route in (name for name in MAY if "/api/v1/c/<conf>/awards/<award_id>/" in name):
        verb = route.rpartition("/")[2]
        yield route, f"{API}/awards/{small.ONLY_AWARD}/{verb}", WRITTEN.get(verb, {}), 404
    for verb, body in (("edit", MESSAGE), ("retract", {}), ("acknowledge", {})):
        yield (
            f"POST /api/v1/c/<conf>/messages/<message_id>/{verb}",
            f"{API}/messages/{ids.message}/{verb}",
            body,
            404,
        )
    yield (
        "POST /api/v1/c/<conf>/honours/<honour_id>/mark",
        f"{API}/honours/honour-there/mark",
        {"standing": "here"},
        404,
    )
    yield (
        "POST /api/v1/c/<conf>/awards/line-up",
        f"{API}/awards/line-up",
        {"lane": small.ANNEX, "cue": "-", "order": [small.ONLY_AWARD]},
        404,
    )
    yield (
        "POST /api/v1/c/<conf>/awards/group",
        f"{API}/awards/group",
        {"lane": small.HALL, "awards": [small.ONLY_AWARD]},
        404,
    )
    for verb in ("next", "back", "pause", "resume", "skip", "end"):
        yield (
            f"POST /api/v1/c/<conf>/awards/group/{verb}",
            f"{API}/awards/group/{verb}",
            {"lane": small.ANNEX},
            404,
        )
    yield (
        "POST /api/v1/c/<conf>/screens/layer",
        f"{API}/screens/layer",
        {"lane": small.ANNEX, "layer": "logo"},
        404,
    )
    yield (
        "POST /api/v1/c/<conf>/checkin/redeem",
        f"{API}/checkin/redeem",
        {**scan, "guest": small.ONLY_HERE},
        404,
    )
    yield (
        "POST /api/v1/c/<conf>/checkin/redeem",
        f"{API}/checkin/redeem",
        {"scan_id": "foreign gate", "gate": "side", "guest": ids.guest},
        404,
    )
    yield "POST /api/v1/c/<conf>/checkin/undo", f"{API}/checkin/undo", {"scan_id": ids.scan}, 404
    settle = "POST /api/v1/c/<conf>/checkin/conflicts/<conflict_id>/settle"
    yield settle, f"{API}/checkin/conflicts/of-there/settle", {"what": "looked"}, 404
    session = f"{API}/follow-up/{small.ONLY_SESSION}"
    yield "POST /api/v1/c/<conf>/follow-up/<session_id>/reschedule", f"{session}/reschedule", DAY_LATER, 404
    for verb in ("cancel", "restore"):
        yield f"POST /api/v1/c/<conf>/follow-up/<session_id>/{verb}", f"{session}/{verb}", {}, 404
    for kind, given_id in ids.given.items():
        route = f"POST /c/<conf>/desk/team/{kind}/<given_id>/revoke"
        yield route, f"{DESK}/team/{kind}/{given_id}/revoke", {}, 404
    for what in ("link", "link/revoke", "revoke", "reissue"):
        route = f"POST /c/<conf>/desk/people/<guest_id>/{what}"
        yield route, f"{DESK}/people/{small.ONLY_HERE}/{what}", {}, 404


PAGES = {
    "GET /c/<conf>/desk/badges/<guest_id>.svg": f"{DESK}/badges/{small.ONLY_HERE}.svg",
    "GET /c/<conf>/follow-up/<session_id>.ics": f"/c/{CONF}/follow-up/{small.ONLY_SESSION}.ics",
    "GET /c/<conf>/follow-up/series/<series_id>.ics": f"/c/{CONF}/follow-up/series/{SERIES}.ics",
    "GET /api/v1/c/<conf>/door/companions/<guest_id>": f"{API}/door/companions/{small.ONLY_HERE}",
    "GET /c/<conf>/door/badges/<guest_id>": f"/c/{CONF}/door/badges/{small.ONLY_HERE}",
    "GET /c/<conf>/door/badges/<guest_id>.svg": f"/c/{CONF}/door/badges/{small.ONLY_HERE}.svg",
}


def _of_a_rehearsal(path: str) -> dict[str, Any]:
    """Return what a command of a rehearsal says."""
    verb = path.rpartition("/")[2]
    if path.startswith("awards/group/"):
        return {"lane": small.ANNEX}
    if path.startswith("awards/<award_id>/"):
        return WRITTEN.get(verb, {})
    return OF_REHEARSED_AWARDS.get(path) or NEEDED.get(verb, {})


def pages(ids: Ids) -> dict[str, str]:
    """Return the addresses, by route, of pages about things only the other conference has."""
    places = {route: address for route, (address, _) in of_desk(ids).items() if route.startswith("GET ")}
    uploads = {
        f"GET /c/<conf>/desk/files/drafts/<draft_id>{end}": f"{DESK}/files/drafts/{ids.upload}{end}"
        for end in ("", "/review")
    }
    ways = {
        "GET /api/v1/c/<conf>/run/ways": f"{API}/run/ways?lane={small.ANNEX}",
        "GET /api/v1/c/<conf>/runs/<run_id>/ways": f"{API}/runs/{ids.run}/ways",
    }
    return {
        **PAGES,
        **places,
        **uploads,
        **ways,
        "GET /c/<conf>/desk/mail/<mail_id>": f"{DESK}/mail/{ids.mail}",
        "GET /c/<conf>/desk/mail/<mail_id>/mail.eml": f"{DESK}/mail/{ids.mail}/mail.eml",
    }


def forms(ids: Ids) -> dict[str, tuple[str, dict[str, str]]]:
    """Return address and fields, by route, of the desk's forms about things only the other conference has."""
    mails: dict[str, tuple[str, dict[str, str]]] = {
        f"POST /c/<conf>/desk/mail/<mail_id>/{verb}": (f"{DESK}/mail/{ids.mail}/{verb}", {})
        for verb in ("copied", "withdraw", "retry")
    }
    mails |= {
        f"POST /c/<conf>/desk/mail/sendings/<sending_id>/{verb}": (
            f"{DESK}/mail/sendings/{ids.sending}/{verb}",
            {},
        )
        for verb in ("pause", "resume", "stop", "retry")
    }
    uploads: dict[str, tuple[str, dict[str, str]]] = {
        f"POST /c/<conf>/desk/files/drafts/<draft_id>/{verb}": (
            f"{DESK}/files/drafts/{ids.upload}/{verb}",
            fields,
        )
        for verb, fields in (("reading", {}), ("apply", {"token": "x"}), ("cancel", {}))
    }
    return {
        **mails,
        **uploads,
        "POST /c/<conf>/desk/check-in/<conflict_id>": (
            f"{DESK}/check-in/of-there",
            {"do": "looked", "word": ""},
        ),
        "POST /c/<conf>/desk/screens/<screen_id>/revoke": (
            f"{DESK}/screens/{ids.given['screen']}/revoke",
            {},
        ),
        **{route: form for route, form in of_desk(ids).items() if route.startswith("POST ")},
    }


COMMANDS_OF_DESK = (
    "<given_id>/revoke",
    *(f"<guest_id>/{verb}" for verb in ("link", "link/revoke", "revoke", "reissue")),
)
"""No forms: `foreign` sends them."""


def of_desk(ids: Ids) -> dict[str, tuple[str, dict[str, str]]]:
    """Return address and fields, by route, of the desk's forms about things that only the other one has."""
    names = {
        "<conf>": CONF,
        "<room_id>": "annex",
        "<gate_id>": "side",
        "<channel_id>": "broadcast",
        "<video_id>": "main",
        "<award_id>": small.ONLY_AWARD,
        "<level_id>": LEVEL,
        "<series_id>": SERIES,
        "<honour_id>": "honour-there",
        "<session_id>": small.ONLY_SESSION,
        "<guest_id>": small.ONLY_HERE,
        "<programme_id>": PROGRAMME,
        "<cue_id>": "annex-1",
        "<given_id>": ids.given["accounts"],
        "<hook_id>": ids.given["hook"],
        "<target_id>": ids.given["osc"],
        "<group_id>": small.ONLY_GROUP,
        **{f"<{name}>": value for name, value in registering.IDS.items()},
    }
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for route in (name for name in MAY if name.split(" ")[1].startswith(DESK_FORMS) and "_id>" in name):
        if route.startswith("POST") and route.endswith(COMMANDS_OF_DESK):
            continue
        address = route.split(" ")[1]
        for name, value in names.items():
            address = address.replace(name, value)
        found[route] = (address, body_of(route, ids).get("data", {}))
    return found


def test_ids_of_another_conference_are_not_found(
    seeded: Hub, app: Flask, sign_in: SignIn, other: Ids
) -> None:
    organiser, attendee = browser_of(Role.ORGANISER, sign_in), browser_of(Role.ATTENDEE, sign_in)
    _scanned_there(sign_in, other)
    before = {conf: rows_of(seeded, conf) for conf in (CONF, OTHER)}

    answers = [
        (route, body, organiser.post(address, json={**_numbered(address), **body}), status)
        for route, address, body, status in foreign(other)
    ]
    theirs = f"/c/{CONF}/follow-up/{small.ONLY_SESSION}"
    taken = attendee.post(f"{theirs}/sign-up", data={"action": "take"})
    joined = attendee.post(f"{theirs}/join")
    read = {route: organiser.get(address) for route, address in pages(other).items()}
    sent = {route: organiser.post(address, data=data) for route, (address, data) in forms(other).items()}

    assert [(r, b, a.status_code) for r, b, a, _ in answers] == [
        (r, b, status) for r, b, _, status in answers
    ]
    shown = {**read, **sent}
    found = {route: page.status_code for route, page in shown.items()}
    assert (taken.status_code, joined.status_code, found) == (
        404,
        404,
        dict.fromkeys(shown, 404),
    )
    assert {conf: rows_of(seeded, conf) for conf in (CONF, OTHER)} == before
    own = {f"POST /c/<conf>/follow-up/<session_id>/{act}" for act in ("sign-up", "join")}
    named = {route for route, *_ in answers} | set(shown) | own
    assert named >= {
        name
        for name in MAY
        if ("_id>" in name or name in LANE_COMMANDS or name.endswith(("/redeem", "/undo")))
        and " /conferences/" not in name  # uploads of no conference yet: of the account that made them
    }


def test_badge_of_another_conference_is_unknown(seeded: Hub, sign_in: SignIn, other: Ids) -> None:
    before = rows_of(seeded, OTHER)
    scan = {"scan_id": "foreign", "gate": "main", "token": other.badge}

    answer = browser_of(Role.STAFF, sign_in).post(f"{API}/checkin/redeem", json=scan)

    assert (answer.status_code, answer.get_json()["verdict"]) == (200, "unknown_badge")
    assert MARK not in answer.text
    assert rows_of(seeded, OTHER) == before


def test_scan_of_another_conference_is_not_told_to_a_gate(seeded: Hub, sign_in: SignIn, other: Ids) -> None:
    assert seeded is not None
    _scanned_there(sign_in, other)

    answer = browser_of(Role.STAFF, sign_in).get(f"{API}/checkin/undoable?scans={other.scan}")

    assert (answer.status_code, answer.get_json()) == (200, {"scans": []})


def test_guest_of_two_conferences_is_a_separate_guest_in_each(
    seeded: Hub, sign_in: SignIn, other: Ids
) -> None:
    """Both have a guest-088; signed in here, the one there is not found by it."""
    attendee = browser_of(Role.ATTENDEE, sign_in)

    pages = [attendee.get(f"/c/{conf}/me").status_code for conf in (CONF, OTHER)]

    assert pages == [200, 403]
    assert MARK not in attendee.get(f"/c/{CONF}/me").text


def _numbered(address: str) -> dict[str, str]:
    return {} if address.endswith("/redeem") else {"command_id": f"foreign-{next(numbers)}"}


def _scanned_there(sign_in: SignIn, other: Ids) -> None:
    scan = {"scan_id": other.scan, "gate": other.gate, "guest": other.guest}
    answer = sign_in(Role.STAFF, conf=OTHER).post(f"/api/v1/c/{OTHER}/checkin/redeem", json=scan)
    assert answer.get_json()["verdict"] == "admitted"
