"""Devices: paired by a code, bound to gates, seen on the desk, and ended at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import passwords
from conference_hub.access.accounts import add_account
from conference_hub.access.model import Grant, Role
from conference_hub.cli.main import main
from conference_hub.core.errors import NotSignedIn
from conference_hub.core.now import iso
from conference_hub.gates.acting import uploader
from conference_hub.gates.device_store import all_devices
from conference_hub.gates.model import Contact, Device
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

DEVICES = f"/c/{CONF}/desk/gates/devices"
API = f"/api/v1/c/{CONF}/checkin"
PASSWORD = "a long enough one"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{DEVICES}?lang=ko")
    return browser


def invited(desk: FlaskClient, **fields: Any) -> str:
    """Make a code on the desk and return it."""
    answer = desk.post(DEVICES, data={"name": "정문 1번", **fields})
    found = re.search(r'id="pairing-code">([A-Z0-9-]+)<', answer.text)
    assert (answer.status_code, found is not None) == (200, True), answer.text
    return found[1] if found else ""


def paired(browser: FlaskClient, code: str, **body: Any) -> dict[str, Any]:
    answer = browser.post("/checkin/pair", json={"code": code, **body})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def devices(hub: Hub) -> list[Device]:
    with hub.database.reading() as db:
        return all_devices(db, CONF)


def redeem(browser: FlaskClient, **body: Any) -> tuple[int, str]:
    answer = browser.post(
        f"{API}/redeem", json={"scan_id": "s1", "gate": "main", "token": "nobody's", **body}
    )
    found = answer.get_json()
    return answer.status_code, found.get("verdict") or found["error"]["code"]


def test_a_browser_is_paired_by_a_code_once_and_is_staff(
    seeded: Hub, app: Flask, desk: FlaskClient, now: FakeNow
) -> None:
    code = invited(desk, gates=["main"], scan_only="on")
    browser = app.test_client()

    answer = paired(browser, code.lower().replace("-", " "))
    again = app.test_client().post("/checkin/pair", json={"code": code})

    (device,) = devices(seeded)
    assert (answer["conf"], answer["device"], again.status_code) == (CONF, device.id, 401)
    assert (device.name, device.gates, device.scan_only, device.paired_at, device.paired_by) == (
        "정문 1번",
        frozenset({"main"}),
        True,
        now(),
        "김주최",
    )
    page = browser.get(f"/checkin/?conf={CONF}").text
    assert ('data-gate="main"' in page, 'data-gate="recipients"' in page, "정문 1번" in page) == (
        True,
        False,
        True,
    )


def test_a_code_lives_a_quarter_of_an_hour(seeded: Hub, app: Flask, desk: FlaskClient, now: FakeNow) -> None:
    code = invited(desk)
    now.instant += timedelta(minutes=15)

    assert app.test_client().post("/checkin/pair", json={"code": code}).status_code == 401
    assert devices(seeded) == []


def test_a_browser_that_is_paired_again_stays_the_same_device(
    seeded: Hub, app: Flask, desk: FlaskClient, now: FakeNow
) -> None:
    browser = app.test_client()
    first = paired(browser, invited(desk))
    since = now()
    desk.post(f"{DEVICES}/{first['device']}/end")
    now.instant += timedelta(hours=1)

    kept = [{"conf": CONF, "device": first["device"], "key": first["key"]}]
    second = paired(browser, invited(desk, name="옆문, 민지"), earlier=kept)

    (device,) = devices(seeded)
    assert (second["device"], second["key"] != first["key"]) == (first["device"], True)
    assert (device.name, device.paired_at, device.ended_at) == ("옆문, 민지", since, None)
    assert browser.get(f"/checkin/?conf={CONF}").status_code == 200


@pytest.mark.parametrize("key", ["", "wrong"])
def test_a_wrong_key_makes_a_new_device(seeded: Hub, app: Flask, desk: FlaskClient, key: str) -> None:
    first = paired(app.test_client(), invited(desk))

    kept = [{"conf": CONF, "device": first["device"], "key": key or "other"}]
    second = paired(app.test_client(), invited(desk), earlier=kept)

    assert second["device"] != first["device"]
    assert len(devices(seeded)) == 2


def test_pairing_ends_what_a_link_gave_here_and_says_so_before(app: Flask, desk: FlaskClient) -> None:
    code = invited(desk)
    asked = desk.get("/checkin/pair?lang=en").text

    paired(desk, code)

    assert ("This browser works as 김주최." in asked, "Do not connect" in asked) == (True, True)
    assert [desk.get(DEVICES).status_code, desk.get(f"/checkin/?conf={CONF}").status_code] == [403, 200]
    assert 'id="signed-in"' not in app.test_client().get("/checkin/pair").text


def test_pairing_signs_an_account_out_here_alone_and_says_so_before(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    with seeded.database.writing() as db:
        grants = [Grant(conf=CONF, role=Role.ORGANISER)]
        stored = passwords.hash_password(PASSWORD)
        add_account(db, login="lee", name="이감독", password_hash=stored, grants=grants, at=seeded.now())
    here, elsewhere = (app.test_client() for _ in range(2))
    for browser in (here, elsewhere):
        assert browser.post("/sign-in", data={"login": "lee", "password": PASSWORD}).status_code == 302

    asked = here.get("/checkin/pair").text
    paired(here, invited(desk))

    assert ("이감독 님으로 로그인되어 있습니다" in asked, "로그아웃하고 연결하기" in asked) == (True, True)
    assert [one.get(DEVICES).status_code for one in (here, elsewhere)] == [403, 200]
    assert "이감독" not in here.get(f"/checkin/?conf={CONF}").text


def test_a_device_that_only_scans_may_not_search_and_only_at_its_gates(app: Flask, desk: FlaskClient) -> None:
    browser, free = app.test_client(), app.test_client()
    paired(browser, invited(desk, gates=["main"], scan_only="on"))
    paired(free, invited(desk))

    refused = browser.get(f"{API}/search?q=김")

    assert (refused.status_code, refused.get_json()["error"]["code"]) == (403, "scan_only")
    assert free.get(f"{API}/search?q=김").status_code == 200


def test_an_ended_device_is_signed_out_at_once(
    seeded: Hub, app: Flask, desk: FlaskClient, now: FakeNow
) -> None:
    browser = app.test_client()
    answer = paired(browser, invited(desk))
    header = f"{answer['device']}.{answer['key']}"
    told: list[int] = []
    seeded.ended.append(lambda: told.append(1))
    with seeded.database.reading() as db, pytest.raises(NotSignedIn):
        uploader(db, CONF, header, now())

    ended = desk.post(f"{DEVICES}/{answer['device']}/end")
    twice = desk.post(f"{DEVICES}/{answer['device']}/end")

    assert (ended.status_code, twice.status_code, told) == (302, 409, [1])
    assert redeem(browser)[0] == 401
    assert browser.post(f"{API}/device", json={}).status_code == 401
    with seeded.database.reading() as db:
        assert uploader(db, CONF, header, now() + timedelta(hours=72)).id == answer["device"]
        for wrong, at in [(f"{header}x", now()), ("", now()), (header, now() + timedelta(hours=73))]:
            with pytest.raises(NotSignedIn):
                uploader(db, CONF, wrong, at)


def test_a_device_tells_how_it_is_and_the_desk_shows_it(
    seeded: Hub, app: Flask, desk: FlaskClient, now: FakeNow
) -> None:
    browser = app.test_client()
    device_id = paired(browser, invited(desk))["device"]
    at = now()
    report = {
        "version": "1.2",
        "roster_at": iso(at - timedelta(minutes=5)),
        "waiting": 7,
        "oldest_at": iso(at - timedelta(minutes=4)),
        "sent_at": iso(at + timedelta(seconds=2)),
    }

    answer = browser.post(f"{API}/device", json=report)

    expected = {"id": device_id, "name": "정문 1번", "gates": [], "scan_only": False}
    assert answer.get_json() == {"device": expected, "now": iso(at)}
    (device,) = devices(seeded)
    assert (device.last_seen_at, device.contact) == (
        at,
        Contact(
            version="1.2",
            roster_at=at - timedelta(minutes=5),
            skew_ms=2000,
            waiting=7,
            oldest_at=at - timedelta(minutes=4),
        ),
    )
    page = desk.get(DEVICES).text
    assert ["보내지 못한 스캔이 있음" in page, "7건" in page, "+2.0초" in page] == [True, True, True]


def listed(desk: FlaskClient) -> dict[str, list[str]]:
    """Return the columns of the desk's list from the state to the roster, by the name of the device."""
    rows = re.findall(r'<tr id="device-.*?</tr>', desk.get(DEVICES).text, re.DOTALL)
    cells = [re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.DOTALL) for row in rows]
    texts = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]
    return {row[0]: [row[1], *row[3:5]] for row in texts}


def test_the_list_says_when_each_device_was_heard_of_its_version_and_the_age_of_its_roster(
    app: Flask, desk: FlaskClient, now: FakeNow
) -> None:
    silent, ready, old, new = (app.test_client() for _ in range(4))
    for browser, name in ((silent, "조용한"), (ready, "준비된"), (old, "명단이 낡은"), (new, "새")):
        paired(browser, invited(desk, name=name))

    def tell(browser: FlaskClient, version: str, age: int) -> None:
        report = {"version": version, "roster_at": iso(now() - timedelta(minutes=age))}
        assert browser.post(f"{API}/device", json=report).status_code == 200

    tell(silent, "77c0", 2)
    now.forward(minutes=4)
    tell(ready, "4fd1", 5)
    tell(old, "09ab", 31)

    assert listed(desk) == {
        "조용한": ["연락 없음", "2021-12-02 09:00 77c0", "2021-12-02 08:58"],
        "준비된": ["준비됨", "2021-12-02 09:04 4fd1", "2021-12-02 08:59"],
        "명단이 낡은": ["명단이 오래됨", "2021-12-02 09:04 09ab", "2021-12-02 08:33"],
        "새": ["체크인 화면을 아직 열지 않음", "아직 연락 없음", "없음"],
    }


@pytest.mark.parametrize("body", [{"waiting": -1}, {"roster_at": "yesterday"}, {"guest": "guest-001"}])
def test_a_report_that_makes_no_sense_is_refused(app: Flask, desk: FlaskClient, body: dict[str, Any]) -> None:
    browser = app.test_client()
    paired(browser, invited(desk))

    assert browser.post(f"{API}/device", json=body).status_code == 422


def test_a_supervisor_is_no_device_and_tells_nothing(seeded: Hub, sign_in: SignIn) -> None:
    answer = sign_in(Role.STAFF).post(f"{API}/device", json={"waiting": 3})

    assert (answer.status_code, answer.get_json()["device"], devices(seeded)) == (200, None, [])


def test_the_list_ready_for_doors_counts_devices(app: Flask, desk: FlaskClient, now: FakeNow) -> None:
    def line() -> str:
        return desk.get(f"/c/{CONF}/desk/?lang=ko").text.partition('data-line="gates/devices" data-state="')[
            2
        ][:4]

    before = line()
    browser = app.test_client()
    paired(browser, invited(desk))
    unseen = line()
    browser.post(f"{API}/device", json={"roster_at": iso(now())})

    assert [before, unseen, line().rstrip('">')] == ["", "warn", "ok"]


def test_a_device_is_renamed_and_a_stale_form_is_refused(seeded: Hub, app: Flask, desk: FlaskClient) -> None:
    device_id = paired(app.test_client(), invited(desk))["device"]
    page = f"{DEVICES}/{device_id}"
    seen = desk.get(page).text.partition('name="seen" value="')[2].partition('"')[0]

    first = desk.post(page, data={"name": "옆문", "gates": ["recipients"], "seen": seen})
    stale = desk.post(page, data={"name": "뒷문", "seen": seen})
    unknown = desk.post(page, data={"name": "뒷문", "gates": ["nowhere"], "seen": "999999"})

    (device,) = devices(seeded)
    assert [first.status_code, stale.status_code, unknown.status_code] == [302, 409, 422]
    assert 'value="뒷문"' in stale.text
    assert (device.name, device.gates) == ("옆문", frozenset({"recipients"}))


def test_a_gate_that_a_device_is_bound_to_is_not_removed(app: Flask, desk: FlaskClient) -> None:
    device_id = paired(app.test_client(), invited(desk, gates=["recipients"]))["device"]

    refused = desk.post(f"/c/{CONF}/desk/gates/recipients/remove")
    desk.post(f"{DEVICES}/{device_id}/end")

    assert (refused.status_code, "정문 1번" in refused.text) == (409, True)
    assert desk.post(f"/c/{CONF}/desk/gates/recipients/remove").status_code == 302


def test_the_desk_is_told_which_browser_a_code_paired(app: Flask, desk: FlaskClient, now: FakeNow) -> None:
    answer = desk.post(DEVICES, data={"name": "정문 1번"}).text
    link = re.search(r'"link": ?"([a-z0-9]+)"', answer)
    code = re.search(r'id="pairing-code">([A-Z0-9-]+)<', answer)
    assert link
    assert code
    state = f"{DEVICES}/codes/{link[1]}"

    waiting = desk.get(state).get_json()
    device_id = paired(app.test_client(), code[1])["device"]
    now.instant += timedelta(minutes=16)

    assert waiting == {"device": None, "over": False}
    assert desk.get(state).get_json() == {
        "device": {"id": device_id, "name": "정문 1번", "browser": None},
        "over": True,
    }
    assert desk.get(f"{DEVICES}/codes/nothing").status_code == 404


def test_a_device_needs_a_name(desk: FlaskClient) -> None:
    refused = desk.post(DEVICES, data={"name": " "})

    assert (refused.status_code, "name-error" in refused.text) == (422, True)


def test_the_command_line_lists_a_device_once_and_ends_it(
    seeded: Hub,
    app: Flask,
    desk: FlaskClient,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = app.test_client()
    device_id = paired(browser, invited(desk))["device"]
    monkeypatch.setenv("HUB_DATABASE_URL", seeded.database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("HUB_DATA_DIR", str(seeded.settings.data_dir))
    monkeypatch.setenv("HUB_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("HUB_PUBLIC_URL", "https://hub.example.com")

    assert main(["device", "list"]) == 0
    listed = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert main(["device", "revoke", device_id]) == 0

    assert [line[3] for line in listed if line[0] == device_id] == ["정문 1번"]
    assert sum("정문 1번" in line for line in listed) == 1
    assert [device.ended for device in devices(seeded)] == [True]
    assert browser.get(f"/checkin/?conf={CONF}").status_code in {302, 401}
