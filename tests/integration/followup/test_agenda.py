"""A guest's own agenda, and signing up for several sessions at once, through the real application."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from conference_hub.access.model import Role
from conference_hub.agenda.store import published_plan
from conference_hub.core.actor import Actor
from conference_hub.followup import actions, invitation_store, keeping, kept_store, own_calendar_store, store
from conference_hub.followup.model import SessionId
from conference_hub.followup.own_agenda import ItemKind, KeptItem
from conference_hub.followup.preparing import put_session
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import done
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.judges.libical import complaints
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

PAGE, AGENDA = f"/c/{CONF}/follow-up", f"/c/{CONF}/me/agenda"
GUEST, OTHER_GUEST = "guest-088", "guest-001"
SESSIONS = [f"session-{n}" for n in range(1, 8)]


@pytest.fixture
def guest(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ATTENDEE, guest_id=GUEST)


def change(hub: Hub, session_id: str, **fields: object) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        online = store.get_session(write.session, CONF, session_id)
        put_session(write, type(online)(**{**vars(online), **fields}))


def kept(hub: Hub) -> set[KeptItem]:
    with hub.database.reading() as db:
        return kept_store.kept_items(db, CONF, GUEST)


def places(hub: Hub) -> dict[str, str]:
    """Return what the guest has in each session that is in their agenda."""
    with hub.database.reading() as db:
        items = keeping.agenda_of(db, CONF, GUEST)
    words = {item.what.id: "seat" if item.seat else "waits" if item.waits else "kept" for item in items}
    return dict(sorted(words.items()))


def feed(hub: Hub, app: Flask) -> dict[str, tuple[int, str]]:
    """Return SEQUENCE and STATUS of each event in the guest's own feed, by UID."""
    with hub.database.reading() as db:
        token = own_calendar_store.find_calendar_token(db, CONF, GUEST)
    answer = app.test_client().get(f"/cal/{token}.ics")
    assert complaints(answer.data) == []
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(one["UID"]): (int(str(one["SEQUENCE"])), str(one["STATUS"])) for one in events}


def a_segment(hub: Hub) -> str:
    with hub.database.reading() as db:
        version = published_plan(db, CONF)
    assert version is not None
    return version.plan.cues[0].segment_id


def test_guest_keeps_a_segment_and_a_session_and_gets_them_in_the_feed(
    guest: FlaskClient, seeded: Hub, app: Flask
) -> None:
    segment = a_segment(seeded)
    sent = [
        {"kind": "segment", "item": segment, "page": "overview"},
        {"kind": "session", "item": "session-2", "page": "follow-up"},
    ]

    answers = [guest.post(AGENDA, data=one) for one in (*sent, sent[0])]

    assert [answer.location for answer in answers] == [
        f"/c/{CONF}/#segment-{segment}",
        f"/c/{CONF}/follow-up#session-2",
        f"/c/{CONF}/#segment-{segment}",
    ]
    held = feed(seeded, app)
    public = [
        str(event["UID"])
        for path in ("agenda.ics", "follow-up.ics")
        for event in Calendar.from_ical(app.test_client().get(f"/c/{CONF}/{path}").data).walk("VEVENT")
    ]
    assert len(held) == 2
    assert set(held) <= set(public)


def test_kept_things_are_dropped_again(guest: FlaskClient, seeded: Hub, app: Flask) -> None:
    sent = {"kind": "session", "item": "session-2"}
    guest.post(AGENDA, data=sent)
    assert kept(seeded) == {KeptItem(kind=ItemKind.SESSION, id="session-2")}

    for _ in range(2):
        assert guest.post(AGENDA, data={**sent, "action": "drop"}).status_code == 302

    assert (kept(seeded), feed(seeded, app)) == (set(), {})


def test_kept_segment_that_goes_stays_in_the_feed_as_cancelled(
    guest: FlaskClient, seeded: Hub, app: Flask, sign_in: SignIn
) -> None:
    guest.post(AGENDA, data={"kind": "segment", "item": "performance"})
    [(uid, (sequence, _))] = feed(seeded, app).items()
    organiser = sign_in(Role.ORGANISER)
    gone = [{"op": "remove_cue", "id": "performance"}, {"op": "remove_segment", "id": "performance"}]
    done(organiser, "plan/edit", revision=1, edits=gone)
    done(organiser, "plan/publish", revision=2)

    assert feed(seeded, app) == {uid: (sequence + 1, "CANCELLED")}
    assert "취소되었습니다" in guest.get(f"/c/{CONF}/me").text


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "session", "item": "no-such"},
        {"kind": "segment", "item": "no-such"},
    ],
)
def test_what_is_not_published_cannot_be_kept(guest: FlaskClient, seeded: Hub, sent: dict[str, str]) -> None:
    assert guest.post(AGENDA, data=sent).status_code == 404
    assert kept(seeded) == set()


def test_only_guests_keep_things(client: FlaskClient, seeded: Hub, sign_in: SignIn) -> None:
    sent = {"kind": "session", "item": "session-1"}

    assert client.post(AGENDA, data=sent).status_code == 401
    assert sign_in(Role.STAFF).post(AGENDA, data=sent).status_code == 403
    assert "내 일정에 담기" not in client.get(PAGE).text + client.get(f"/c/{CONF}/").text


def test_overview_and_own_page_show_what_is_kept(guest: FlaskClient, seeded: Hub) -> None:
    segment = a_segment(seeded)
    guest.post(AGENDA, data={"kind": "segment", "item": segment})
    guest.post(AGENDA, data={"kind": "session", "item": "session-3"})

    overview, own = guest.get(f"/c/{CONF}/").text, guest.get(f"/c/{CONF}/me").text

    assert (overview.count("내 일정에서 빼기"), "내 일정에 담기" in overview) == (1, True)
    assert own.count("내 일정에서 빼기") == 2
    assert (f"#segment-{segment}" in own, "follow-up#session-3" in own, "/cal/" in own) == (True, True, True)


def test_guest_signs_up_for_all_and_hears_which_were_full(
    guest: FlaskClient, seeded: Hub, sign_in: SignIn
) -> None:
    change(seeded, "session-1", capacity=1)
    change(seeded, "session-2", capacity=1, waits=True)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        for session_id in SESSIONS[:2]:
            actions.sign_up(seeded, write, session_id, OTHER_GUEST)
        actions.cancel(write, "session-3", seen=None)
        title = store.get_session(write.session, CONF, "session-1").title.ko

    answer = guest.post(f"{PAGE}/sign-up", data={})
    page = guest.get(PAGE).text

    assert answer.status_code == 302
    assert places(seeded) == {"session-2": "waits", **dict.fromkeys(SESSIONS[3:], "seat")}
    assert "세션 5개를 신청했습니다." in page
    assert f"정원이 차서 신청하지 못한 세션: {title}" in page
    assert "자리가 나기를 기다리는 세션:" in page


def test_signing_up_for_all_again_changes_nothing(guest: FlaskClient, seeded: Hub) -> None:
    guest.post(f"{PAGE}/sign-up", data={"series": "online-conference"})
    before = places(seeded)
    guest.get(PAGE)

    assert guest.post(f"{PAGE}/sign-up", data={}).status_code == 302
    assert places(seeded) == before == dict.fromkeys(SESSIONS, "seat")
    assert "한 번에 신청" not in guest.get(PAGE).text


def test_sessions_that_are_over_are_left_out_and_stand_below(
    guest: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    with seeded.database.reading() as db:
        now.instant = store.get_session(db, CONF, "session-3").ends_at

    guest.post(f"{PAGE}/sign-up", data={})
    page = guest.get(PAGE).text

    assert list(places(seeded)) == SESSIONS[3:]
    assert page.index('id="session-4"') < page.index('id="past-title"') < page.index('id="session-1"')


def test_series_that_is_not_there_is_not_found(guest: FlaskClient, seeded: Hub) -> None:
    assert guest.post(f"{PAGE}/sign-up", data={"series": "none"}).status_code == 404
    assert places(seeded) == {}


def test_clash_is_shown_before_and_after_signing_up(guest: FlaskClient, seeded: Hub) -> None:
    with seeded.database.reading() as db:
        first = store.get_session(db, CONF, "session-1")
    half = timedelta(minutes=30)
    change(seeded, "session-2", starts_at=first.starts_at + half, ends_at=first.ends_at + half)
    assert "겹치는 일정" not in guest.get(PAGE).text
    guest.post(AGENDA, data={"kind": "session", "item": "session-1"})

    before = guest.get(PAGE).text
    guest.post(f"{PAGE}/session-2/sign-up", data={"action": "take"})
    after = guest.get(PAGE).text

    assert before.count(f"겹치는 일정: {first.title.ko}") == 1
    assert after.count("겹치는 일정: ") == 2
    assert guest.get(f"/c/{CONF}/me").text.count("겹치는 일정: ") == 2


def test_desk_names_the_other_session_of_somebody_at_the_same_time(seeded: Hub, sign_in: SignIn) -> None:
    with seeded.database.reading() as db:
        first = store.get_session(db, CONF, "session-1")
    half = timedelta(minutes=30)
    change(seeded, "session-2", starts_at=first.starts_at + half, ends_at=first.ends_at + half)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        for session_id in ("session-1", "session-2", "session-3"):
            actions.sign_up(seeded, write, session_id, GUEST)
        actions.sign_up(seeded, write, "session-1", OTHER_GUEST)
    organiser = sign_in(Role.ORGANISER)

    pages = [organiser.get(f"/c/{CONF}/desk/follow-up/session-{n}/sign-ups").text for n in (1, 2, 3)]

    assert [page.count("겹치는 세션") for page in pages] == [1, 1, 0]
    assert first.title.ko in pages[1].partition("겹치는 세션")[2]


def test_own_feed_is_not_behind_the_last_mail(seeded: Hub, app: Flask) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, "session-1", GUEST)
        uid = store.get_session(write.session, CONF, "session-1").uid
        told = invitation_store.ensure(write.session, CONF, SessionId("session-1"), GuestId(GUEST))
        invitation_store.save(write.session, type(told)(**{**vars(told), "sequence": 4}))

    assert feed(seeded, app) == {uid: (4, "CONFIRMED")}


def test_session_without_a_seat_is_in_the_feed_once_it_is_kept(
    guest: FlaskClient, seeded: Hub, app: Flask
) -> None:
    change(seeded, "session-2", capacity=1, waits=True)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, "session-2", OTHER_GUEST)
        actions.sign_up(seeded, write, "session-2", GUEST)
    assert feed(seeded, app) == {}

    guest.post(AGENDA, data={"kind": "session", "item": "session-2"})

    assert len(feed(seeded, app)) == 1


def test_removed_guest_keeps_nothing(guest: FlaskClient, seeded: Hub) -> None:
    guest.post(AGENDA, data={"kind": "session", "item": "session-2"})
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.leave(seeded, write, [GUEST])

    assert kept(seeded) == set()


def test_moved_session_says_from_when(guest: FlaskClient, seeded: Hub) -> None:
    with seeded.database.reading() as db:
        before = store.get_session(db, CONF, "session-1")
    day = timedelta(days=1)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.reschedule(write, "session-1", before.starts_at + day, before.ends_at + day, seen=None)

    assert "12월 6일 (월) 14:00에서 옮겼습니다" in guest.get(PAGE).text


def test_cases_are_shown_in_the_language_of_the_page(
    client: FlaskClient, seeded: Hub, sign_in: SignIn
) -> None:
    organiser = sign_in(Role.ORGANISER)
    desk = f"/c/{CONF}/desk/follow-up"
    sent = {
        "title_ko": "사례 세션",
        "title_en": "A session of cases",
        "starts_at": "2021-12-20T14:00",
        "ends_at": "2021-12-20T15:00",
        "cases_ko": "다시 찾은 일 | 구미고용센터\n둘째 사례",
        "cases_en": "Back to work | Gumi job centre\nThe second case",
    }
    where = organiser.post(f"{desk}/new", data=sent).location
    session_id = where.rpartition("/")[2]
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        online = store.get_session(write.session, CONF, session_id)
        store.save_session(write.session, type(online)(**{**vars(online), "status": "scheduled"}))

    korean, english = (client.get(f"{PAGE}?lang={lang}").text for lang in ("ko", "en"))
    calendar = client.get(f"{PAGE}/{session_id}.ics?lang=en").data

    assert ("다시 찾은 일" in korean, "구미고용센터" in korean) == (True, True)
    assert ("Cases presented" in english, "Gumi job centre" in english) == (True, True)
    said = str(Calendar.from_ical(calendar).walk("VEVENT")[0]["DESCRIPTION"])
    assert said == "Cases presented:\n- Back to work · Gumi job centre\n- The second case"
    assert "둘째 사례" in organiser.get(where).text


def test_conference_without_sessions_says_so(client: FlaskClient, seeded: Hub) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        for online in store.all_sessions(write.session, CONF):
            store.delete_session(write.session, online)

    assert "아직 공개된 세션이 없습니다." in client.get(PAGE).text
