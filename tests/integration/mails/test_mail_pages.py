"""The desk's page of mails: what waits can be read, copied, settled and tried again."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.data.export import conference_as_json
from conference_hub.outbox import retries, store
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft, MailState
from conference_hub.web.hub import Hub
from tests import small_conference
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF

DESK = f"/c/{CONF}/desk/mail"
SECRET = "https://hub.example.com/link#very-secret"


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER, name="김주최")


def write(hub: Hub, subject: str = "초대합니다", conf: str = CONF) -> str:
    with hub.journal.writing(conf, actor=Actor.system("test")) as writing:
        return put(
            writing,
            Draft(
                kind="registration",
                to_name="홍길동",
                to_address="hong@example.com",
                subject=subject,
                content="여기서 확인해 주세요: {link}\n",
                link=SECRET,
            ),
        )


def state(hub: Hub, mail: str) -> tuple[str, str | None]:
    with hub.database.reading() as db:
        found = store.get_mail(db, CONF, mail)
    return found.state.value, found.link


def test_without_a_mail_server_a_waiting_mail_says_so_and_can_be_copied(
    organiser: FlaskClient, seeded: Hub
) -> None:
    mail = write(seeded)

    listed, page = organiser.get(DESK).text, organiser.get(f"{DESK}/{mail}")

    assert "메일 서버가 설정되지 않아" in listed
    assert all(words in listed for words in ("초대합니다", "hong@example.com", "보내기 전"))
    assert SECRET not in listed
    assert f"여기서 확인해 주세요: {SECRET}" in page.text
    assert all(f'data-copy="{part}"' in page.text for part in ("to", "subject", "link", "text"))
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("verb", "after"), [("copied", "copied"), ("withdraw", "withdrawn")])
def test_a_settled_mail_shows_no_link_and_is_not_settled_again(
    organiser: FlaskClient, seeded: Hub, verb: str, after: str
) -> None:
    mail = write(seeded)

    answers = [organiser.post(f"{DESK}/{mail}/{verb}") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert "이미 처리한 메일입니다." in answers[1].text
    assert state(seeded, mail) == (after, None)
    assert SECRET not in organiser.get(f"{DESK}/{mail}").text


def test_a_failed_mail_is_tried_again(organiser: FlaskClient, seeded: Hub) -> None:
    mail = write(seeded)
    with seeded.database.writing() as db:
        claimed = retries.claim(store.get_mail(db, CONF, mail), seeded.now())
        store.save_mail(db, retries.settle(claimed, retries.Rejected(reason="550 no"), seeded.now()))
    assert "550 no" in organiser.get(f"{DESK}/{mail}").text

    assert organiser.post(f"{DESK}/{mail}/retry").status_code == 302

    assert state(seeded, mail) == ("waiting", SECRET)


def test_mails_are_listed_by_state_and_in_pages(organiser: FlaskClient, seeded: Hub) -> None:
    mails = [write(seeded, f"제목 {number:02}") for number in range(53)]
    organiser.post(f"{DESK}/{mails[0]}/copied")

    pages = [organiser.get(f"{DESK}?state=waiting&page={page}").text for page in (0, 1, 2)]

    assert [page.count('<th scope="row">') for page in pages] == [50, 2, 0]
    assert "제목 00" in organiser.get(f"{DESK}?state={MailState.COPIED}").text
    assert organiser.get(f"{DESK}?state=lost").status_code == 422


def test_a_test_mail_waits_like_any_other(organiser: FlaskClient, seeded: Hub) -> None:
    watch = Watch(seeded, CONF)

    answer = organiser.post(f"{DESK}/test", data={"address": "me@example.com"})

    assert [entry.topic for entry in watch.look()] == ["MailHandled"]

    page = organiser.get(answer.location)
    assert "me@example.com" in page.text
    assert "시험 메일" in page.text


@pytest.mark.parametrize(
    "address", ["", "me", "me@example", "me@example.com, you@example.com", "나@예시.한국"]
)
def test_a_test_mail_goes_to_an_address_only(organiser: FlaskClient, address: str) -> None:
    answer = organiser.post(f"{DESK}/test", data={"address": address})

    assert answer.status_code == 422
    assert 'id="address-error"' in answer.text


def test_another_conferences_mail_is_not_found(organiser: FlaskClient, seeded: Hub) -> None:
    small_conference.load(seeded)
    mail = write(seeded, conf=small_conference.OTHER)

    answers = [organiser.get(f"{DESK}/{mail}"), organiser.post(f"{DESK}/{mail}/copied")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_no_mail_is_exported(seeded: Hub) -> None:
    write(seeded)

    with seeded.database.reading() as db:
        assert "very-secret" not in str(conference_as_json(db, CONF))
