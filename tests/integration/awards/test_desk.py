"""Organisers prepare awards on the desk: forms, lists, calling orders, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.awards.cues import cue_loads
from conference_hub.awards.levels import Prize
from conference_hub.awards.model import Award
from conference_hub.awards.preparation import Prepared
from conference_hub.awards.prepared import load_prepared
from conference_hub.core import load as core_load
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import run
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.languages import speak
from tests.integration.rendered_forms import forms_of
from tests.model_day import CONF

pytestmark = ON_SQLITE
DESK = f"/c/{CONF}/desk/awards"
AWARD = {"level": "grand", "recipient": "새 수상자", "organisation": "기관"}
Send = Callable[..., TestResponse]


@pytest.fixture
def desk(sign_in: SignIn, seeded: Hub) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER)


def known(hub: Hub) -> Prepared:
    with hub.database.reading() as db:
        return load_prepared(db, CONF)


def named(hub: Hub, name: str) -> Award:
    return next(one for one in known(hub).awards.values() if one.recipient == name)


def seen(desk: FlaskClient, path: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', desk.get(f"{DESK}{path}").text)
    assert found is not None
    return found[1]


def test_award_is_added_with_the_next_number_and_waits_for_its_place(desk: FlaskClient, seeded: Hub) -> None:
    answer = desk.post(f"{DESK}/new", data={**AWARD, "guest": "NAMU.427@example.com", "citation": "한\r\n둘"})

    award = named(seeded, "새 수상자")
    assert answer.location == f"{DESK}/{award.id}"
    assert (award.number, award.placed, award.guest_id, award.citation) == (
        "90",
        False,
        "guest-002",
        "한\n둘",
    )


def test_forms_of_what_is_new_are_taken_as_they_are_shown(desk: FlaskClient, seeded: Hub) -> None:
    typed = {
        "/programmes/new": {"title_ko": "새 부문"},
        "/levels/new": {"label_ko": "새 훈격"},
        "/new": {"recipient": "새 수상자"},
    }

    answers = {path: as_shown(desk, path, **own).status_code for path, own in typed.items()}

    after = known(seeded)
    assert answers == dict.fromkeys(typed, 302)
    assert "새 부문" in {one.title.ko for one in after.programmes}
    assert "새 훈격" in {one.label.ko for one in after.levels.values()}
    assert named(seeded, "새 수상자").recipient == "새 수상자"


def as_shown(desk: FlaskClient, path: str, **typed: str) -> TestResponse:
    """Send the form of a page with everything that the page put into it, and what was typed."""
    own = next(form for form in forms_of(desk.get(f"{DESK}{path}").text) if form.action.endswith(path))
    return desk.post(own.action, data=own.values.to_dict(flat=False) | typed)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("guest", "nobody@example.com", "참석자가 명단에 없습니다"),
        ("number", "1", "다른 상의 번호입니다"),
        ("recipient", "가" * 81, "80자까지"),
        ("cue", "none", "그런 순서가 없습니다"),
        ("kind", "animal", "목록에 있는 것을"),
    ],
)
def test_refused_award_is_shown_again_with_what_was_typed(
    desk: FlaskClient, field: str, value: str, words: str
) -> None:
    answer = desk.post(f"{DESK}/new", data={**AWARD, "profile": "적은 것", field: value})

    assert answer.status_code == 422
    assert words in answer.text
    assert "적은 것" in answer.text


def test_award_is_changed_moved_and_removed(desk: FlaskClient, seeded: Hub) -> None:
    form = {**AWARD, "cue": "round-2-metaverse", "seen": seen(desk, "/case-01")}
    assert desk.post(f"{DESK}/case-01", data=form).status_code == 302

    award = known(seeded).award("case-01")
    assert (award.recipient, award.lane_id, award.call_order) == ("새 수상자", "metaverse", 12)
    assert desk.post(f"{DESK}/case-01/remove", data={"seen": seen(desk, "/case-01")}).location == DESK
    assert "case-01" not in known(seeded).awards


@pytest.mark.parametrize("path", ["", "/remove"])
def test_form_from_before_anothers_change_is_refused_and_keeps_what_was_typed(
    desk: FlaskClient, seeded: Hub, path: str
) -> None:
    old = seen(desk, "/case-01")
    run(seeded, "correct", "case-01", recipient="먼저 고친 이름")

    data = {"seen": old} if path else {**AWARD, "seen": old}
    answer = desk.post(f"{DESK}/case-01{path}", data=data)

    assert answer.status_code == 409
    assert "김감독 님이 바꾸었습니다" in answer.text
    assert "먼저 고친 이름" in answer.text
    assert path or "새 수상자" in answer.text
    assert known(seeded).award("case-01").recipient == "먼저 고친 이름"


def test_revealed_award_is_refused(desk: FlaskClient, seeded: Hub) -> None:
    run(seeded, "arm", "case-01")
    run(seeded, "reveal", "case-01")

    answer = desk.post(f"{DESK}/case-01", data={**AWARD, "seen": seen(desk, "/case-01")})

    assert (answer.status_code, "이미 발표한 상입니다" in answer.text) == (409, True)


def test_list_is_filtered_and_awards_are_moved_together(desk: FlaskClient, seeded: Hub) -> None:
    page = desk.get(f"{DESK}?level=grand").text
    assert re.findall(r'name="award" value="([\w-]+)"', page) == ["case-01", "case-02"]

    answer = desk.post(f"{DESK}?level=grand", data={"award": ["case-01", "case-02"], "cue": ""})

    assert answer.location == f"{DESK}?level=grand"
    assert [known(seeded).award(one).placed for one in ("case-01", "case-02")] == [False, False]
    assert re.findall(r'name="award" value="([\w-]+)"', desk.get(f"{DESK}?show=unplaced").text) == [
        "case-01",
        "case-02",
    ]
    assert "옮길 상을 먼저" in desk.post(DESK, data={"cue": ""}).text


def test_programme_and_level_are_made_changed_and_removed(desk: FlaskClient, seeded: Hub) -> None:
    desk.post(f"{DESK}/programmes/new", data={"title_ko": "공로상", "title_en": "Merit"})
    (programme,) = (one for one in known(seeded).programmes if one.title == Text(ko="공로상", en="Merit"))
    level = {
        "programme": programme.id,
        "label_ko": "금상",
        "rank": "7",
        "amount": "500",
        "currency": "usd",
        "prize_ko": "여행",
        "style": "pair",
    }
    assert desk.post(f"{DESK}/levels/new", data=level).status_code == 302

    (gold,) = known(seeded).levels_of(programme.id)
    assert (gold.prize, gold.seconds_each) == (Prize(amount=500, currency="USD", text=Text(ko="여행")), 20)
    assert "levels_left" not in desk.get(f"{DESK}/levels").text
    path = f"/programmes/{programme.id}"
    assert desk.post(f"{DESK}{path}/remove", data={"seen": seen(desk, path)}).status_code == 409
    path = f"/levels/{gold.id}"
    changed = {**level, "pace": "40", "seen": seen(desk, path)}
    assert desk.post(f"{DESK}{path}", data=changed).status_code == 302
    assert known(seeded).level(gold.id).seconds_each == 40
    assert desk.post(f"{DESK}{path}/remove", data={"seen": seen(desk, path)}).status_code == 302
    assert known(seeded).levels_of(programme.id) == []


@pytest.mark.parametrize(("path", "field"), [("programmes/new", "title_en"), ("levels/new", "label_en")])
def test_a_name_that_is_taken_is_said_at_its_field_when_the_conference_is_in_english_only(
    desk: FlaskClient, seeded: Hub, path: str, field: str
) -> None:
    speak(seeded, "en")
    sent = {field: "Merit"}

    assert desk.post(f"{DESK}/{path}", data=sent).status_code == 302
    again = desk.post(f"{DESK}/{path}", data=sent)

    assert (again.status_code, f'id="{field}-error"' in again.text) == (422, True)


@pytest.mark.parametrize(
    ("field", "value"), [("label_ko", ""), ("rank", "0"), ("currency", "원"), ("pace", "0"), ("amount", "-1")]
)
def test_unusable_level_is_refused(desk: FlaskClient, field: str, value: str) -> None:
    answer = desk.post(f"{DESK}/levels/new", data={"label_ko": "금상", field: value})

    assert (answer.status_code, "field-error" in answer.text) == (422, True)


def test_order_by_rule_is_previewed_before_it_is_saved(desk: FlaskClient, seeded: Hub) -> None:
    before = [one.id for one in known(seeded).called_in("round-1-hall")]
    page = desk.get(f"{DESK}/order/round-1-hall?rule=higher-first").text
    order = re.search(r'name="order" value="([^"]+)"', page)
    assert order is not None
    assert [one.id for one in known(seeded).called_in("round-1-hall")] == before

    data = {"order": order[1], "seen": seen(desk, "/order/round-1-hall")}
    assert desk.post(f"{DESK}/order/round-1-hall", data=data).status_code == 302

    ranks = [known(seeded).level(one.level_id).rank for one in known(seeded).called_in("round-1-hall")]
    assert ranks == sorted(ranks)


def test_one_press_moves_an_award_and_an_old_page_is_refused(desk: FlaskClient, seeded: Hub) -> None:
    ids = [one.id for one in known(seeded).called_in("round-1-hall")]
    data = {
        "order": ",".join(ids),
        "move": f"{ids[1]}:up",
        "seen": seen(desk, "/order/round-1-hall"),
    }

    assert desk.post(f"{DESK}/order/round-1-hall", data=data).location.endswith(f"#award-{ids[1]}")

    assert [one.id for one in known(seeded).called_in("round-1-hall")][:2] == [ids[1], ids[0]]
    assert desk.post(f"{DESK}/order/round-1-hall", data=data).status_code == 409


def test_plan_learns_how_full_its_cues_are(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        found = cue_loads(db, CONF)

    assert found["round-2-hall"] == core_load.Load(count=25, pace_s=8)
    assert found["round-1-hall"] == core_load.Load(count=26, pace_s=(14 * 28 + 12 * 8) / 26)


def test_levels_to_choose_stand_under_their_programme(desk: FlaskClient) -> None:
    desk.post(f"{DESK}/programmes/new", data={"title_ko": "새 부문"})
    page = desk.get(DESK).text
    choices = re.search(r'<select id="level".*?</select>', page, re.DOTALL)

    assert choices is not None
    assert '<optgroup label="새 부문">' in choices[0]
    assert '<option value="grand">' in choices[0]
