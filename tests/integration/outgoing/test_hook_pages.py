"""The desk's pages of webhooks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.sighted import mark_of
from conference_hub.core.stream import Stream
from conference_hub.data.export import conference_as_json
from conference_hub.outgoing import actions, message, store
from conference_hub.outgoing.actions import MOST_HOOKS
from conference_hub.outgoing.desk_pages import STREAMS
from conference_hub.outgoing.message import Message
from conference_hub.outgoing.model import Hook, HookDraft, HookState
from conference_hub.outgoing.sending import HookSender
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.outgoing.receiver import Receiver
from tests.model_day import CONF

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk/outgoing"
FORM = {"name": "사내 메신저", "url": "https://hooks.example.com/hub", "stream": "public"}


@pytest.fixture
def organiser(reaching: Hub, sign_in: SignIn) -> FlaskClient:
    assert reaching.settings.outgoing_private
    return sign_in(Role.ORGANISER)


def hooks(hub: Hub) -> list[Hook]:
    with hub.database.reading() as db:
        return store.hooks(db, CONF)


def added(hub: Hub, url: str = FORM["url"]) -> Hook:
    draft = HookDraft(name="사내 메신저", url=url, stream=Stream.PUBLIC)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        return actions.add_hook(write, draft, private=True)


@pytest.fixture
def started(reaching: Hub, sign_in: SignIn) -> Callable[[], None]:
    """Start the lane of the hall, and let webhooks send what there is."""
    operator = sign_in(Role.OPERATOR)

    def start() -> None:
        body = {"command_id": "c1", "lane": "hall"}
        assert operator.post(f"/api/v1/c/{CONF}/run/start", json=body).status_code == 200
        HookSender().work(reaching, reaching.now())

    return start


def test_webhook_is_added_and_its_secret_shown_once(reaching: Hub, organiser: FlaskClient) -> None:
    answer = organiser.post(f"{DESK}/hooks/new", data={**FORM, "topics": ["CueStarted", "AwardRevealed"]})
    (hook,) = hooks(reaching)
    secret = message.secret_of(reaching.settings.secret_key, CONF, hook.id, 1)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert f'value="{secret}"' in answer.text
    assert hook.draft == HookDraft(
        name=FORM["name"],
        url=FORM["url"],
        stream=Stream.PUBLIC,
        topics=("AwardRevealed", "CueStarted"),
    )
    pages = [organiser.get(path).text for path in (DESK, f"{DESK}/hooks/{hook.id}")]
    assert [(FORM["name"] in page, secret in page) for page in pages] == [(True, False)] * 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "1자"),
        ({"url": "ftp://hooks.example.com"}, "https:// 주소"),
        ({"url": "https://kim:pw@hooks.example.com"}, "https:// 주소"),
        ({"stream": "sealed"}, "확인란"),
        ({"stream": "nobody"}, "골라 주세요"),
        ({"stream": "rehearsal"}, "골라 주세요"),
        ({"topics": "NoSuchFact"}, "골라 주세요"),
    ],
)
def test_form_that_does_not_fit_comes_back_as_typed(
    reaching: Hub, organiser: FlaskClient, changes: dict[str, str], words: str
) -> None:
    sent = {**FORM, "topics": "CueStarted", **changes}
    answer = organiser.post(f"{DESK}/hooks/new?lang=ko", data=sent)

    assert (answer.status_code, words in answer.text or words == "1자") == (422, True)
    assert "http" in answer.text
    assert ('value="CueStarted" checked' in answer.text) == ("topics" not in changes)
    assert hooks(reaching) == []


def test_private_address_needs_the_setting(seeded: Hub, sign_in: SignIn) -> None:
    answers = [
        sign_in(Role.ORGANISER).post(f"{DESK}/hooks/new", data={**FORM, "url": url}).status_code
        for url in ("http://hooks.example.com/", "https://10.0.0.7/", "https://93.184.216.34/")
    ]

    assert (answers, len(hooks(seeded))) == ([422, 422, 200], 1)


def test_names_may_leave_the_hub_only_when_the_organiser_says_so(
    reaching: Hub, organiser: FlaskClient
) -> None:
    answer = organiser.post(f"{DESK}/hooks/new", data={**FORM, "stream": "operator", "sealed": "on"})

    assert (answer.status_code, [one.draft.stream for one in hooks(reaching)]) == (200, [Stream.OPERATOR])


@pytest.mark.parametrize("stream", list(STREAMS))
def test_every_stream_that_is_offered_can_be_followed(
    reaching: Hub, organiser: FlaskClient, stream: Stream
) -> None:
    added = organiser.post(f"{DESK}/hooks/new", data={**FORM, "stream": stream.value, "sealed": "on"})
    (hook,) = hooks(reaching)

    pages = [organiser.get(f"{DESK}{path}") for path in ("", f"/hooks/{hook.id}", f"/hooks/{hook.id}/edit")]
    assert (added.status_code, hook.draft.stream) == (200, stream)
    assert [page.status_code for page in pages] == [200, 200, 200]


def test_there_are_so_many_webhooks_and_no_more(reaching: Hub, organiser: FlaskClient) -> None:
    for _number in range(MOST_HOOKS):
        added(reaching)

    assert organiser.post(f"{DESK}/hooks/new", data=FORM).status_code == 409
    assert len(hooks(reaching)) == MOST_HOOKS


def test_edit_of_what_somebody_changed_meanwhile_is_refused_and_kept(
    reaching: Hub, organiser: FlaskClient
) -> None:
    hook = added(reaching)
    seen = mark_of(hook.draft)
    first = organiser.post(f"{DESK}/hooks/{hook.id}/edit", data={**FORM, "name": "첫째", "seen": seen})
    second = organiser.post(f"{DESK}/hooks/{hook.id}/edit", data={**FORM, "name": "둘째", "seen": seen})

    assert (first.status_code, second.status_code, hooks(reaching)[0].draft.name) == (302, 409, "첫째")
    assert ('value="둘째"' in second.text, "첫째" in second.text) == (True, True)


def test_webhook_is_paused_resumed_and_removed(reaching: Hub, organiser: FlaskClient) -> None:
    page = f"{DESK}/hooks/{added(reaching).id}"
    states = []
    for path, data in (
        ("pause", {}),
        ("pause", {}),
        ("resume", {"begin": "behind"}),
        ("resume", {"begin": "x"}),
    ):
        status = organiser.post(f"{page}/{path}", data=data).status_code
        states.append((status, hooks(reaching)[0].state))
    removed = organiser.post(f"{page}/remove")

    assert states == [
        (302, HookState.PAUSED),
        (409, HookState.PAUSED),
        (302, HookState.ON),
        (422, HookState.ON),
    ]
    assert (removed.status_code, hooks(reaching)) == (302, [])
    assert organiser.get(page).status_code == 404


def test_test_message_is_signed_and_its_answer_shown(
    reaching: Hub, organiser: FlaskClient, receiver: Receiver
) -> None:
    hook = added(reaching, receiver.url)
    receiver.answers = [(500, b"<b>no such channel</b>")]
    page = organiser.post(f"{DESK}/hooks/{hook.id}/test").text
    (one,) = receiver.received

    secret = message.secret_of(reaching.settings.secret_key, CONF, hook.id, 1)
    whole = Message(id=one.id, topic="", seq=None, body=one.body)
    stamp = int(one.headers["webhook-timestamp"])
    assert one.headers["webhook-signature"] == message.signature(secret, whole, stamp)
    assert (one.type, one.content["data"]) == ("Test", {"conference": CONF, "stream": "public"})
    assert ("HTTP 500" in page, "&lt;b&gt;no such channel&lt;/b&gt;" in page) == (True, True)
    assert hooks(reaching)[0].attempts == 0


def test_rotation_shows_another_secret(reaching: Hub, organiser: FlaskClient) -> None:
    hook = added(reaching)
    answers = [organiser.post(f"{DESK}/hooks/{hook.id}/rotate").text for _ in range(2)]
    found = [re.findall(r'value="(whsec_[^"]+)"', page) for page in answers]

    key = reaching.settings.secret_key
    assert found == [[message.secret_of(key, CONF, hook.id, number)] for number in (2, 3)]


def test_previous_secret_can_be_ended_before_its_day_is_over(reaching: Hub, organiser: FlaskClient) -> None:
    page = f"{DESK}/hooks/{added(reaching).id}"
    words = "이전 비밀 값으로도 서명합니다"
    early = organiser.post(f"{page}/retire", data={}).status_code
    organiser.post(f"{page}/rotate")
    (rotated,) = hooks(reaching)
    key, at = reaching.settings.secret_key, reaching.now()
    both = message.secrets_of(key, rotated, at)
    shown = words in organiser.get(f"{page}?lang=ko").text
    ended = organiser.post(f"{page}/retire").status_code
    (left,) = hooks(reaching)

    assert (early, len(both), shown, ended) == (409, 2, True, 302)
    assert message.secrets_of(key, left, at) == both[:1]
    assert words not in organiser.get(f"{page}?lang=ko").text


def test_page_of_a_webhook_in_trouble_says_what_was_answered_and_what_comes(
    reaching: Hub, organiser: FlaskClient, receiver: Receiver, started: Callable[[], None]
) -> None:
    hook = added(reaching, receiver.url)
    receiver.answers = [(503, b"<i>closed for lunch</i>")]
    receiver.retry_after = "600"
    started()
    page = organiser.get(f"{DESK}/hooks/{hook.id}?lang=en").text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())

    zone = ZoneInfo("Asia/Seoul")
    tried = reaching.now().astimezone(zone)
    again = (tried + timedelta(minutes=10)).strftime("%Y-%m-%d %H:%M:%S")
    stops = (tried + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    assert f"Next try {again} · stops if still failing at {stops}" in text
    assert f"Failing since {tried.strftime('%Y-%m-%d %H:%M:%S')} · 1 attempt " in text
    assert text.count("&lt;i&gt;closed for lunch&lt;/i&gt;") == 2


def test_message_is_sent_again_on_demand(
    reaching: Hub, organiser: FlaskClient, receiver: Receiver, started: Callable[[], None]
) -> None:
    hook = added(reaching, receiver.url)
    started()
    (first,) = receiver.received
    page = f"{DESK}/hooks/{hook.id}"
    receiver.answers = [(200, b"again")]
    answer = organiser.post(f"{page}/resend", data={"seq": str(first.content["data"]["seq"])})
    unknown = organiser.post(f"{page}/resend", data={"seq": "1"})

    assert [(one.id, one.body) for one in receiver.received] == [(first.id, first.body)] * 2
    assert (answer.status_code, "again" in answer.text, unknown.status_code) == (200, True, 409)
    with reaching.database.reading() as db:
        (kept,) = store.deliveries(db, CONF, hook.id, 10)
    assert (kept.attempts, kept.status, kept.answer) == (2, 200, "again")
    assert hooks(reaching)[0].attempts == 0


def test_message_that_is_sent_again_is_without_a_name_that_was_taken_back(
    reaching: Hub, organiser: FlaskClient, receiver: Receiver, started: Callable[[], None]
) -> None:
    hook = added(reaching, receiver.url)
    started()
    seq = receiver.received[0].content["data"]["seq"]
    with reaching.database.writing() as db:
        db.execute(
            sa.update(JournalEntryRow)
            .where(
                JournalEntryRow.conf == CONF, JournalEntryRow.stream == "public", JournalEntryRow.seq == seq
            )
            .values(body={"redacted": True})
        )
    organiser.post(f"{DESK}/hooks/{hook.id}/resend", data={"seq": str(seq)})

    first, again = receiver.received
    assert (again.content["data"]["body"], again.id == first.id) == ({"redacted": True}, False)


def test_list_of_what_is_ready_says_whether_webhooks_deliver(reaching: Hub, organiser: FlaskClient) -> None:
    overview = f"/c/{CONF}/desk/?lang=ko"
    without = organiser.get(overview).text
    hook = added(reaching)
    fine = organiser.get(overview).text
    with reaching.database.writing() as db:
        store.save_hook(db, replace(hook, state=HookState.DEAD, last_error="HTTP 410"))
    stopped = organiser.get(overview).text

    words = ("웹훅이 모두 보내고 있습니다.", "보내지 못하는 웹훅이 1개 있습니다.")
    assert [[one in page for one in words] for page in (without, fine, stopped)] == [
        [False, False],
        [True, False],
        [False, True],
    ]


def test_erasing_personal_data_ends_every_webhook_and_osc_address(reaching: Hub) -> None:
    gone = {one.name for one in reaching.erasures}

    assert {"web_hook", "web_hook_delivery", "osc_target"} <= gone


def test_exported_conference_holds_no_webhook(reaching: Hub) -> None:
    added(reaching, "https://hooks.example.com/secret-path")
    with reaching.database.reading() as db:
        exported = conference_as_json(db, CONF)

    assert "secret-path" not in json.dumps(exported)
    assert not {"web_hook", "web_hook_delivery", "osc_target"} & set(exported["tables"])
