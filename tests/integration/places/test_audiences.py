"""Who may have the link of a channel, and when: its passcode stands on no page, calendar or stream for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from conference_hub.access.model import Role
from conference_hub.access.policy import roles_of
from conference_hub.conferences.place_store import all_channels
from conference_hub.conferences.places import Channel, ChannelAudience, OpensWith, opened
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.entries import since
from conference_hub.core.ordered import put
from conference_hub.core.stream import Stream
from conference_hub.places.actions import open_due_everywhere, set_channels
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

PLACES = f"/c/{CONF}/desk/conference/places"
ZOOM, ONSITE, OFFICIAL = "zoom", "guest-001", "guest-088"
LINK = "https://zoom.example.com/j/81234567890?pwd=Ab12Cd34"
PASSCODE = "sesame-2021"
SECRETS = (PASSCODE, "81234567890", "Ab12Cd34")
ME = f"/c/{CONF}/me?lang=ko"


def channel_of(hub: Hub) -> Channel:
    with hub.database.reading() as db:
        return next(channel for channel in all_channels(db, CONF) if channel.id == ZOOM)


def change(hub: Hub, channel: Channel) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_channels(write, put(all_channels(write.session, CONF), channel))


@pytest.fixture
def meeting(seeded: Hub) -> Channel:
    """The meeting with its passcode, open for those who take part in it."""
    bare = replace(channel_of(seeded), url=LINK, passcode=PASSCODE, audience=ChannelAudience.MODE)
    channel = opened(bare, seeded.now())
    change(seeded, channel)
    return channel


def seen_in(browser: FlaskClient, path: str) -> list[str]:
    page = browser.get(path).text
    return [secret for secret in SECRETS if secret in page]


def public_paths(app: Flask) -> list[str]:
    """Return every address that everybody may open and that names nothing but the conference."""
    known = {"conf": CONF, "lang": "ko", "filename": "css/web-base.css"}
    found = []
    for rule in app.url_map.iter_rules():
        roles = roles_of(app.view_functions[rule.endpoint])
        everybody = roles is not None and Role.PUBLIC in roles
        if everybody and "GET" in (rule.methods or ()) and rule.arguments <= set(known):
            found.append(path_of(rule, known))
    return found


def path_of(rule: Rule, known: dict[str, str]) -> str:
    _, path = rule.build({name: known[name] for name in rule.arguments}) or ("", "")
    return path


def test_passcode_and_link_stand_on_nothing_that_everybody_may_open(
    seeded: Hub, app: Flask, client: FlaskClient, meeting: Channel
) -> None:
    paths = public_paths(app)

    assert {f"/c/{CONF}/", f"/c/{CONF}/live", f"/c/{CONF}/agenda.ics", "/api/openapi.json"} <= set(paths)
    assert [path for path in paths if seen_in(client, path)] == []


def test_no_stream_has_the_passcode_or_the_link(seeded: Hub, meeting: Channel) -> None:
    with seeded.database.reading() as db:
        told = [str(seeded.snapshot(db, CONF, stream)) for stream in Stream]
        told += [str(entry) for stream in Stream for entry in since(db, CONF, stream, 0, 10_000)]

    assert [secret for secret in SECRETS if any(secret in words for words in told)] == []


def test_link_that_is_no_longer_for_everybody_leaves_the_journal(seeded: Hub) -> None:
    plain = replace(channel_of(seeded), url="https://zoom.example.com/j/81234567890")
    change(seeded, opened(plain, seeded.now()))
    change(seeded, replace(opened(plain, seeded.now()), audience=ChannelAudience.REGISTERED))

    with seeded.database.reading() as db:
        entries = str([entry for stream in Stream for entry in since(db, CONF, stream, 0, 10_000)])
    assert "81234567890" not in entries


@pytest.mark.parametrize(
    ("audience", "shown"),
    [(ChannelAudience.MODE, [[], list(SECRETS)]), (ChannelAudience.REGISTERED, [list(SECRETS)] * 2)],
)
def test_own_page_has_what_is_for_its_guest(
    seeded: Hub, sign_in: SignIn, meeting: Channel, audience: ChannelAudience, shown: list[list[str]]
) -> None:
    change(seeded, replace(meeting, audience=audience))
    guests = [sign_in(Role.ATTENDEE, guest_id=ONSITE), sign_in(Role.ATTENDEE, guest_id=OFFICIAL)]
    guests[1].post(f"/c/{CONF}/me/mode", data={"mode": "zoom"})

    assert [seen_in(browser, ME) for browser in guests] == shown
    assert [seen_in(browser, f"/c/{CONF}/live") for browser in guests] == [[], []]


def test_own_page_has_nothing_before_it_is_open(seeded: Hub, sign_in: SignIn, meeting: Channel) -> None:
    change(seeded, replace(meeting, opened_at=None))
    browser = sign_in(Role.ATTENDEE, guest_id=OFFICIAL)
    browser.post(f"/c/{CONF}/me/mode", data={"mode": "zoom"})

    assert seen_in(browser, ME) == []


@pytest.mark.parametrize(
    ("opens_with", "before_min", "before"),
    [
        (OpensWith.DOORS, 0, timedelta(hours=3)),
        (OpensWith.START, 10, timedelta(minutes=10)),
        (OpensWith.START, 0, timedelta(0)),
    ],
)
def test_channel_opens_with_the_doors_or_before_the_start(
    seeded: Hub, now: FakeNow, opens_with: OpensWith, before_min: int, before: timedelta
) -> None:
    change(seeded, replace(channel_of(seeded), url=LINK, opens_with=opens_with, before_min=before_min))
    with seeded.database.reading() as db:
        time = get_conference(db, CONF).starts_at - before

    early = open_due_everywhere(seeded, time - timedelta(seconds=1)), channel_of(seeded).is_open
    now.instant = time
    open_due_everywhere(seeded, time)

    assert early == (time, False)
    assert channel_of(seeded).is_open


def sent(browser: FlaskClient, **fields: str) -> tuple[int, str]:
    page = browser.get(f"{PLACES}/channels/{ZOOM}?lang=ko").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    known = {"kind": "meeting", "title_ko": "화상회의", "title_en": "Video meeting", "seen": seen}
    answer = browser.post(f"{PLACES}/channels/{ZOOM}", data={**known, **fields})
    return answer.status_code, answer.text


def test_desk_sets_audience_passcode_and_when_it_opens(seeded: Hub, sign_in: SignIn) -> None:
    desk = sign_in(Role.ORGANISER)

    status, _ = sent(desk, url=LINK, audience="mode", passcode=PASSCODE, opens_with="start", before_min="15")

    found = channel_of(seeded)
    assert status == 302
    assert (found.url, found.audience, found.passcode) == (LINK, ChannelAudience.MODE, PASSCODE)
    assert (found.opens_with, found.before_min, found.is_open) == (OpensWith.START, 15, False)
    assert f"암호: {PASSCODE}" in desk.get(f"{PLACES}?lang=ko").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": LINK}, "암호가 있거나 주소에 암호가 들어 있는 경로는"),
        ({"passcode": PASSCODE}, "암호가 있거나 주소에 암호가 들어 있는 경로는"),
        ({"audience": "mode", "kind": "other"}, "이 종류로 참석하는 사람은 따로 없습니다."),
        ({"audience": "friends"}, "audience"),
        ({"opens_with": "doors", "opens_at": "2021-12-02T09:00"}, "가운데 하나만 정하세요."),
        ({"opens_with": "start", "before_min": "-1"}, "before_min"),
        ({"opens_with": "lunch"}, "opens_with"),
        ({"audience": "mode", "passcode": "x" * 61}, "passcode"),
    ],
)
def test_channel_is_refused_that_tells_its_passcode_or_is_for_nobody(
    seeded: Hub, sign_in: SignIn, fields: dict[str, str], words: str
) -> None:
    before = channel_of(seeded)

    status, page = sent(sign_in(Role.ORGANISER), **fields)

    assert (status, channel_of(seeded)) == (422, before)
    assert words in page
