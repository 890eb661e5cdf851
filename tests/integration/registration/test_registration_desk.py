"""The desk's pages of registration: decisions, settings, questions, consents, invitations; two people at once."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.people.model import Mode
from conference_hub.registration import invitation_store, store
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.registration.conftest import Desk
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
"""One database is enough: what depends on it is in `test_registering.py`."""

PAGE = f"/c/{CONF}/desk/registration"
SETTINGS = {"opening": "open", "mode_onsite": "on", "places_onsite": "2", "waiting_list": "on"}


@pytest.fixture
def organiser(desk: Desk, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER, name="이주최")


def move(organiser: FlaskClient, desk: Desk, name: str, state: str, revision: int = 1) -> int:
    person = f"{PAGE}/people/{desk.get(name).id}"
    return organiser.post(f"{person}/move", data={"state": state, "revision": str(revision)}).status_code


def test_a_registration_that_is_approved_gets_a_place_or_waits_for_one(
    desk: Desk, organiser: FlaskClient, now: FakeNow
) -> None:
    desk.opened(approval=True, capacity={Mode.ONSITE: 1})
    for name in ("one", "two", "three"):
        desk.form(name)
        now.forward(seconds=1)
    assert desk.get("one").guest_id is None

    statuses = [move(organiser, desk, name, "accepted") for name in ("two", "one")]
    statuses += [move(organiser, desk, "three", "declined"), move(organiser, desk, "three", "waiting", 2)]

    assert statuses == [302, 302, 302, 409]
    assert desk.states() == {"one": "waiting", "two": "accepted", "three": "declined"}
    assert "등록해 드리지 못했습니다" in desk.mails("three")[-1].body()


def test_an_organiser_gives_a_place_beyond_the_capacity(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened(capacity={Mode.ONSITE: 0})
    desk.form("one")

    assert move(organiser, desk, "one", "accepted") == 302

    assert desk.states() == {"one": "accepted"}


def test_a_decision_about_an_older_state_is_refused_with_who_changed_it(
    desk: Desk, organiser: FlaskClient
) -> None:
    desk.opened(approval=True)
    desk.form("one")
    person = f"{PAGE}/people/{desk.get('one').id}/move"
    organiser.post(person, data={"state": "waiting", "revision": "1"})

    answer = organiser.post(person, data={"state": "declined", "revision": "1"})

    assert answer.status_code == 409
    assert "그 사이 이주최 님이 이 등록을 바꾸었습니다." in answer.text


def test_more_places_go_to_the_waiting_list_at_once(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened(capacity={Mode.ONSITE: 0})
    desk.form("one")

    answer = organiser.post(f"{PAGE}/settings", data={**SETTINGS, "revision": "1"})

    assert answer.status_code == 302
    assert desk.states() == {"one": "accepted"}


def test_free_places_are_given_by_hand(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened(capacity={Mode.ONSITE: 0})
    desk.form("one")
    desk.opened()
    assert "빈자리를 대기자에게 주기" in organiser.get(PAGE).text

    assert organiser.post(f"{PAGE}/move-up").status_code == 302

    assert desk.states() == {"one": "accepted"}


def test_settings_changed_by_somebody_else_are_not_overwritten(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened()
    mine = {**SETTINGS, "revision": "0", "notice_ko": "내가 적은 안내문"}

    answer = organiser.post(f"{PAGE}/settings", data=mine)

    assert answer.status_code == 409
    assert all(
        words in answer.text for words in ("그 사이 김주최 님이", "내가 적은 안내문", "지금 저장된 설정")
    )
    assert 'name="revision" value="1"' in answer.text
    assert desk.setup().revision == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"opens_at": "2026-01-02T00:00", "closes_at": "2026-01-01T00:00"}, "closes_at"),
        ({"places_onsite": "-1"}, "places_onsite"),
        ({"opens_at": "언젠가"}, "opens_at"),
    ],
)
def test_settings_that_do_not_fit_come_back_with_the_error_at_its_field(
    desk: Desk, organiser: FlaskClient, fields: dict[str, str], field: str
) -> None:
    desk.opened()

    answer = organiser.post(f"{PAGE}/settings", data={**SETTINGS, "revision": "1", **fields})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_a_way_of_taking_part_is_needed(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened()

    answer = organiser.post(f"{PAGE}/settings", data={"revision": "1", "opening": "open"})

    assert answer.status_code == 422
    assert "참석 방식을 하나 이상 골라 주세요." in answer.text


def test_a_changed_notice_is_the_next_version(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened()

    for revision, notice in ((1, "새 안내"), (2, "새 안내"), (3, "")):
        form = {**SETTINGS, "revision": str(revision), "notice_ko": notice}
        assert organiser.post(f"{PAGE}/settings", data=form).status_code == 302

    assert desk.setup().settings.notice_version == 5


def question(organiser: FlaskClient, desk: Desk, question_id: str = "new", **fields: str) -> int:
    form = {"revision": str(desk.setup().revision), "kind": "choice", "label_ko": "점심", **fields}
    return organiser.post(f"{PAGE}/questions/{question_id}", data=form).status_code


def test_an_option_that_stays_keeps_its_answers(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened()
    assert question(organiser, desk, options_ko="일반\n채식", options_en="Standard\nVegetarian") == 302
    (asked,) = desk.setup().questions
    vegetarian = asked.options[1].id
    desk.form("hong", **{f"own_{asked.id}": vegetarian})

    assert question(organiser, desk, asked.id, options_ko="비건\n채식\n") == 302

    (changed,) = desk.setup().questions
    assert [option.words.ko for option in changed.options] == ["비건", "채식"]
    assert changed.options[1].id == vegetarian
    assert desk.get("hong").answers == {asked.id: vegetarian}
    assert "채식" in organiser.get(f"{PAGE}/people/{desk.get('hong').id}").text


@pytest.mark.parametrize(
    "options",
    [{}, {"options_ko": "같은 답\n같은 답"}, {"options_ko": "하나\n둘", "options_en": "one"}],
)
def test_a_choice_needs_different_options(
    desk: Desk, organiser: FlaskClient, options: dict[str, str]
) -> None:
    desk.opened()

    assert question(organiser, desk, **options) == 422
    assert desk.setup().questions == ()


def test_questions_move_and_go_with_their_answers(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened(asked=True)
    question(organiser, desk, kind="line")
    desk.form("hong", own_title="팀장")
    seen = {"revision": str(desk.setup().revision)}

    moved = organiser.post(f"{PAGE}/questions/title/move", data={**seen, "to": "down"})
    order = [one.label.ko for one in desk.setup().questions]
    stale = organiser.post(f"{PAGE}/questions/title/remove", data=seen)
    seen = {"revision": str(desk.setup().revision)}
    removed = organiser.post(f"{PAGE}/questions/title/remove", data=seen)

    assert [moved.status_code, stale.status_code, removed.status_code] == [302, 409, 302]
    assert order == ["점심", "직함"]
    assert ([one.label.ko for one in desk.setup().questions], desk.get("hong").answers) == (["점심"], {})


def test_a_consent_that_was_given_is_hidden_and_stays_on_record(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened(asked=True)
    desk.form("hong", own_title="팀장", consent_news="on")
    form = {"revision": "1", "title_ko": "새 소식", "body_ko": "메일"}
    organiser.post(f"{PAGE}/consents/news", data=form)
    assert desk.setup().consents[0].version == 2

    organiser.post(f"{PAGE}/consents/news/remove", data={"revision": "2"})

    (hidden,) = desk.setup().consents
    assert (hidden.hidden, desk.setup().asked) == (True, ())
    with desk.hub.database.reading() as db:
        assert [one.version for one in store.consents_of(db, CONF, desk.get("hong").id)] == [1]
    assert "새 소식" not in desk.stranger.get(f"/c/{CONF}/register").text


def test_a_question_or_consent_with_the_wording_of_another_one_is_refused_at_its_field(
    desk: Desk, organiser: FlaskClient
) -> None:
    desk.opened(asked=True)
    before = desk.setup()
    revision = str(before.revision)
    question = {"revision": revision, "kind": "line", "label_ko": f" {before.questions[0].label.ko.upper()} "}
    consent = {"revision": revision, "title_ko": before.asked[0].title.ko}

    answers = [
        organiser.post(f"{PAGE}/questions/new", data=question),
        organiser.post(f"{PAGE}/consents/new", data=consent),
    ]

    assert [(one.status_code, "같은 이름이 이미 있습니다." in one.text) for one in answers] == [
        (422, True)
    ] * 2
    assert desk.setup() == before


def test_people_are_found_by_state_and_words_in_pages(
    desk: Desk, organiser: FlaskClient, now: FakeNow
) -> None:
    desk.opened(capacity={Mode.ONSITE: 1})
    for number in range(53):
        desk.form(f"p{number:02}", organisation="서울" if number == 7 else "부산")
        now.forward(seconds=1)

    pages = [
        organiser.get(f"{PAGE}?{query}").text.count("/desk/registration/people/")
        for query in ("", "page=1", "state=accepted", "q=서울", "q=p0&state=waiting", "page=9")
    ]

    assert pages == [50, 3, 1, 1, 9, 0]


def invite(organiser: FlaskClient, address: str) -> None:
    form = {"title": "홍길동", "address": address}
    assert organiser.post(f"{PAGE}/invitations", data=form).status_code == 302


def test_a_second_invitation_of_an_address_replaces_the_mail_of_the_first(
    desk: Desk, organiser: FlaskClient, now: FakeNow
) -> None:
    invite(organiser, "hong@example.com")
    invite(organiser, "kim@example.com")
    now.forward(seconds=1)
    invite(organiser, "hong@example.com")

    assert [(one.state.value, one.link is None) for one in desk.mails("hong")] == [
        ("replaced", True),
        ("waiting", False),
    ]
    assert [one.state.value for one in desk.mails("kim")] == ["waiting"]
    assert "새 메일로 대신함" in organiser.get(f"/c/{CONF}/desk/mail").text


def test_the_mail_of_a_revoked_invitation_is_not_sent(
    desk: Desk, organiser: FlaskClient, now: FakeNow
) -> None:
    invite(organiser, "hong@example.com")
    now.forward(seconds=1)
    invite(organiser, "hong@example.com")
    with desk.hub.database.reading() as db:
        newer, older = invitation_store.invitations(db, CONF)

    organiser.post(f"{PAGE}/invitations/{older.id}/revoke")
    assert [one.state.value for one in desk.mails("hong")] == ["replaced", "waiting"]
    organiser.post(f"{PAGE}/invitations/{newer.id}/revoke")

    assert [one.state.value for one in desk.mails("hong")] == ["replaced", "withdrawn"]


def test_a_revoked_invitation_opens_nothing(desk: Desk, organiser: FlaskClient) -> None:
    desk.opened(opening=desk.setup().settings.opening.INVITED)
    organiser.post(f"{PAGE}/invitations", data={"title": "지자체", "most": "1"})
    with desk.hub.database.reading() as db:
        (made,) = invitation_store.invitations(db, CONF)
    assert f"#{made.code}" in organiser.get(f"{PAGE}/invitations").text

    statuses = [desk.form("one", invitation=made.code).status_code for _ in range(1)]
    statuses.append(desk.form("two", invitation=made.code).status_code)
    revoked = [organiser.post(f"{PAGE}/invitations/{made.id}/revoke").status_code for _ in range(2)]
    statuses.append(desk.form("three", invitation=made.code).status_code)

    assert (statuses, revoked) == ([302, 422, 422], [302, 409])
    assert desk.states() == {"one": "accepted"}
