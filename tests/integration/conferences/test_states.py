"""A draft is for its team, an archived conference is for reading; edits say what they change and overwrite nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.conferences import actions, store
from conference_hub.conferences.actions import Edit
from conference_hub.conferences.model import Archived, Conference, State
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Invalid, Refused, Stale
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from conference_hub.web.readiness import RunProgress
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF

KIM = Actor.of(ActorKind.ACCOUNT, "kim", "김주최")
NO_RUN = RunProgress()
ON_AIR = RunProgress(lanes=1, started=1)
JSON = {"Accept": "application/json"}


def present(hub: Hub) -> Conference:
    with hub.database.reading() as db:
        return store.get_conference(db, CONF)


def bring(hub: Hub, *states: State) -> None:
    for state in states:
        with hub.journal.writing(CONF, actor=KIM) as write:
            actions.move(write, state, seen=present(hub).state, run=NO_RUN)


def edit(
    hub: Hub, wanted: Edit, *, seen: str = "", run: RunProgress = NO_RUN, confirmed: bool = False
) -> None:
    with hub.journal.writing(CONF, actor=KIM) as write:
        seen = seen or actions.seen_of(store.get_conference(write.session, CONF))
        actions.edit(write, wanted, seen=seen, run=run, confirmed=confirmed)


PUBLIC = ("/", "/live", "/results", "/follow-up", "/agenda.ics", "/follow-up.ics", "/screen/stage")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_draft_is_not_there_for_the_public(seeded: Hub, client: FlaskClient, path: str) -> None:
    title = present(seeded).title.ko
    bring(seeded, State.DRAFT)

    page, script = client.get(f"/c/{CONF}{path}"), client.get(f"/c/{CONF}{path}", headers=JSON)

    assert (page.status_code, script.status_code) == (404, 404)
    assert "아직 공개되지 않은 행사입니다." in page.text
    assert title not in page.text
    assert script.get_json()["error"]["code"] == "not_published"


def test_the_state_of_a_draft_is_for_the_team_whatever_was_kept_for_others(
    seeded: Hub, client: FlaskClient, sign_in: SignIn
) -> None:
    team, address = sign_in(Role.EMCEE), f"/api/v1/c/{CONF}/state"
    bring(seeded, State.DRAFT)

    answers = [browser.get(address).status_code for browser in (team, client, team)]
    refused = client.get(f"{address}?after=0")
    bring(seeded, State.READY)

    assert answers == [200, 404, 200]
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (404, "not_published")
    assert client.get(address).status_code == 200


SHARED = ("state", "run/projection", "applause")


def test_no_cache_keeps_what_the_team_sees_of_a_draft(seeded: Hub, sign_in: SignIn) -> None:
    """The cache in front of the hub would answer everybody with it."""
    team = sign_in(Role.EMCEE)
    addresses = [*(f"/api/v1/c/{CONF}/{path}" for path in SHARED), f"/c/{CONF}/agenda.ics"]
    before = {team.get(address).headers["Cache-Control"].partition(",")[0] for address in addresses}
    bring(seeded, State.DRAFT)

    answers = [team.get(address) for address in addresses]

    assert before == {"public"}
    assert {(one.status_code, one.headers["Cache-Control"]) for one in answers} == {(200, "no-store")}


def test_an_archived_draft_stays_hidden(seeded: Hub, client: FlaskClient, sign_in: SignIn) -> None:
    team = sign_in(Role.ORGANISER)
    bring(seeded, State.DRAFT, State.ARCHIVED)

    public = [client.get(path).status_code for path in (f"/c/{CONF}/", f"/api/v1/c/{CONF}/state")]

    assert (public, team.get(f"/c/{CONF}/").status_code) == ([404, 404], 200)
    assert present(seeded).title.ko not in client.get("/", follow_redirects=True).text


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.OPERATOR, Role.EMCEE, Role.STAFF])
def test_the_team_sees_its_draft(seeded: Hub, sign_in: SignIn, role: Role) -> None:
    browser = sign_in(role)
    bring(seeded, State.DRAFT)

    assert browser.get(f"/c/{CONF}/").status_code == 200


def test_a_guest_of_a_draft_waits_until_it_is_published(seeded: Hub, sign_in: SignIn) -> None:
    guest = sign_in(Role.ATTENDEE, guest_id="guest-088")
    bring(seeded, State.DRAFT)
    before = guest.get(f"/c/{CONF}/me").status_code
    bring(seeded, State.READY)

    assert (before, guest.get(f"/c/{CONF}/me").status_code) == (404, 200)


def test_an_archived_conference_is_read_and_not_commanded(
    seeded: Hub, client: FlaskClient, sign_in: SignIn
) -> None:
    operator = sign_in(Role.OPERATOR)
    bring(seeded, State.OVER, State.ARCHIVED)

    page = client.get(f"/c/{CONF}/")
    command = operator.post(f"/api/v1/c/{CONF}/run/start", json={"command_id": "c1"})

    assert page.status_code == 200
    assert (command.status_code, command.get_json()["error"]["code"]) == (409, "archived")
    assert command.get_json()["error"]["by"] == "김주최"


def test_a_conference_comes_back_from_the_archive_as_it_was(seeded: Hub, sign_in: SignIn) -> None:
    bring(seeded, State.OVER, State.ARCHIVED)
    kept = present(seeded)
    with seeded.journal.writing(CONF, actor=KIM) as write:
        actions.bring_back(write)

    assert (kept.state, kept.archived) == (
        State.ARCHIVED,
        Archived(at=seeded.now(), by="김주최", before=State.OVER),
    )
    assert (present(seeded).state, present(seeded).archived) == (State.OVER, None)


def test_a_state_that_cannot_follow_is_refused(seeded: Hub) -> None:
    with pytest.raises(Refused) as refused:
        bring(seeded, State.ARCHIVED)
    with pytest.raises(Refused) as back, seeded.journal.writing(CONF, actor=KIM) as write:
        actions.bring_back(write)

    assert (refused.value.code, back.value.code) == ("wrong_state", "wrong_state")


def test_a_move_that_did_not_see_the_present_state_is_refused(seeded: Hub) -> None:
    bring(seeded, State.LIVE)
    with pytest.raises(Stale) as refused, seeded.journal.writing(CONF, actor=KIM) as write:
        actions.move(write, State.DRAFT, seen=State.READY, run=NO_RUN)

    assert refused.value.detail["by"] == "김주최"


def test_an_edit_reaches_every_stream(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)
    edit(seeded, replace(actions.edit_of(present(seeded)), venue=Text(ko="다른 곳", en="Elsewhere")))

    entries = watch.look()
    assert {entry.stream for entry in entries} == set(Stream)
    assert {entry.body["docs"]["conference"]["venue"]["en"] for entry in entries} == {"Elsewhere"}
    assert {tuple(entry.body["fields"]) for entry in entries} == {("venue",)}


def test_an_edit_that_changes_nothing_publishes_nothing(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)
    edit(seeded, actions.edit_of(present(seeded)))

    assert watch.look() == []


def test_an_edit_of_what_another_changed_meanwhile_is_refused_with_who_it_was(seeded: Hub) -> None:
    seen, mine = actions.seen_of(present(seeded)), actions.edit_of(present(seeded))
    edit(seeded, replace(mine, host=Text.of("다른 주최")))

    with pytest.raises(Stale) as refused:
        edit(seeded, replace(mine, venue=Text.of("내가 고친 곳")), seen=seen)

    assert (refused.value.detail["by"], present(seeded).venue) == ("김주최", mine.venue)


def test_once_live_a_changed_date_asks_and_a_changed_venue_does_not(seeded: Hub) -> None:
    own = actions.edit_of(present(seeded))
    later = replace(own, ends_at=own.ends_at + timedelta(hours=1))

    edit(seeded, replace(own, venue=Text.of("옮긴 곳")), run=ON_AIR)
    with pytest.raises(Invalid) as asked:
        edit(seeded, replace(later, venue=Text.of("옮긴 곳")), run=ON_AIR)
    edit(seeded, replace(later, venue=Text.of("옮긴 곳")), run=ON_AIR, confirmed=True)

    assert (asked.value.code, asked.value.detail["field"]) == ("confirm", "confirmed")
    assert (present(seeded).venue, present(seeded).ends_at) == (Text.of("옮긴 곳"), later.ends_at)


def test_once_live_a_language_asks_when_it_goes(seeded: Hub) -> None:
    own = actions.edit_of(present(seeded))

    edit(seeded, replace(own, languages=("en", "ko")), run=ON_AIR)
    with pytest.raises(Invalid):
        edit(seeded, replace(own, languages=("ko",)), run=ON_AIR)


def test_a_deleted_conference_leaves_no_row(seeded: Hub) -> None:
    with seeded.database.writing() as db:
        store.delete_conference(db, CONF)

    from tests.integration.access.test_other_conference import rows_of

    assert {table: rows for table, rows in rows_of(seeded, CONF).items() if rows} == {}
