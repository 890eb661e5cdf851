"""The desk's pages of what mails say: changed with a preview, refused with a reason, tested, and put back."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.checkin.mail_kinds import PERSONAL_LINK
from conference_hub.checkin.personal_links import link_mail
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.outbox import store
from conference_hub.outbox.tables import MailWordingRow
from conference_hub.outbox.wording import default_words
from conference_hub.outbox.wording_model import Words
from conference_hub.outbox.wording_store import OwnWords, save_words
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF

LIST = f"/c/{CONF}/desk/mail/words"
PAGE = f"{LIST}/personal-link/ko"
DEFAULT = default_words(PERSONAL_LINK, "ko")
OWN = Words(subject="[{title}] 내 링크", text="{name} 님\n\n{link}\n\n<b>굵게</b> {host}")


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER, name="김주최")


def send(
    browser: FlaskClient, words: Words, end: str = "", *, seen: Words = DEFAULT, **more: str
) -> TestResponse:
    fields = {"subject": words.subject, "text": words.text, "seen": seen.digest, **more}
    return browser.post(f"{PAGE}{end}", data=fields)


def letter(hub: Hub) -> tuple[str, str]:
    with hub.database.reading() as db:
        guest = next(one for one in all_guests(db, CONF) if one.language in {None, "ko"})
        draft = link_mail(db, get_conference(db, CONF), guest, "https://hub.example.com/link#secret")
    return draft.subject, draft.content


def preview(answer: TestResponse) -> str:
    found = re.search(r'id="preview".*?</section>', answer.text, re.DOTALL)
    assert found is not None
    return unescape(found[0])


def typed(answer: TestResponse) -> str:
    found = re.search(r'<textarea id="text".*?>(.*?)</textarea>', answer.text, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_each_kind_of_mail_is_listed_and_opens_in_each_language(organiser: FlaskClient, seeded: Hub) -> None:
    listed = organiser.get(LIST).text

    for kind in seeded.mail_kinds.values():
        for lang in ("ko", "en"):
            assert f'href="{LIST}/{kind.name}/{lang}"' in listed
            page = organiser.get(f"{LIST}/{kind.name}/{lang}")
            assert page.status_code == 200
            assert typed(page).strip() == default_words(kind, lang).text
    assert "바꿈" not in listed


def test_changed_words_are_in_the_next_mail_and_in_the_list(organiser: FlaskClient, seeded: Hub) -> None:
    before, watch = letter(seeded), Watch(seeded, CONF)

    answer = send(organiser, OWN)

    assert (answer.status_code, answer.location) == (302, PAGE)
    subject, content = letter(seeded)
    assert (subject.endswith("내 링크"), content.count("{link}"), "<b>굵게</b>" in content) == (True, 1, True)
    assert (subject, content) != before
    assert [entry.topic for entry in watch.look()] == ["MailWordsChanged"]
    assert "바꿈" in organiser.get(LIST).text
    assert "김주최" in organiser.get(PAGE).text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (Words(subject="제목", text="링크 없이"), "꼭 필요한 {link} 자리가 내용에 없습니다."),
        (Words(subject="제목", text="{link} {이름}"), "{이름} 자리는 이 메일에 없습니다."),
        (Words(subject="{link}", text="{link}"), "{link} 자리는 제목에 쓸 수 없습니다."),
        (Words(subject="", text="{link}"), "꼭 필요한 항목입니다."),
        (Words(subject="가" * 201, text="{link}"), "200자까지 적을 수 있습니다."),
    ],
)
@pytest.mark.parametrize(("end", "status"), [("", 422), ("/test", 422), ("/preview", 200)])
def test_what_makes_no_mail_is_refused_and_nothing_typed_is_lost(
    organiser: FlaskClient, seeded: Hub, words: Words, sentence: str, end: str, status: int
) -> None:
    answer = send(organiser, words, end, address="me@example.com")

    assert answer.status_code == status
    assert sentence in preview(answer)
    assert typed(answer).strip() == words.text
    assert letter(seeded)[0].endswith("개인 링크")
    with seeded.database.reading() as db:
        assert store.mails(db, CONF) == []


def test_the_preview_shows_what_is_typed_without_keeping_it_or_running_it(
    organiser: FlaskClient, seeded: Hub
) -> None:
    answer = send(organiser, OWN, "/preview")

    assert answer.status_code == 200
    assert "홍길동 님" in preview(answer)
    assert "&lt;b&gt;굵게&lt;/b&gt;" in answer.text
    assert typed(answer).strip() == OWN.text
    assert letter(seeded)[0].endswith("개인 링크")


def test_who_typed_over_older_words_is_told_by_whom_and_keeps_the_typed(
    organiser: FlaskClient, sign_in: SignIn, seeded: Hub
) -> None:
    send(sign_in(Role.ORGANISER, name="박주최"), OWN)
    mine = Words(subject="내 것", text="{link}\n\n내 것")

    answer = send(organiser, mine)

    assert answer.status_code == 409
    assert "박주최 님이 이 메일을 바꾸었습니다" in answer.text
    assert typed(answer).strip() == mine.text
    assert "내 링크" in answer.text, "what is stored now"
    assert letter(seeded)[0].endswith("내 링크")
    assert send(organiser, mine, seen=OWN).status_code == 302
    assert letter(seeded)[0] == "내 것"


def test_words_are_put_back_to_those_of_the_product(organiser: FlaskClient, seeded: Hub) -> None:
    send(organiser, OWN)
    stale = organiser.post(f"{PAGE}/reset", data={"seen": DEFAULT.digest})

    answer = organiser.post(f"{PAGE}/reset", data={"seen": OWN.digest})

    assert (stale.status_code, answer.status_code) == (409, 302)
    assert letter(seeded)[0].endswith("개인 링크")
    late = send(organiser, OWN, seen=OWN)
    assert "기본 내용으로 되돌렸습니다" in late.text


def test_the_words_of_the_product_saved_again_are_none_of_ones_own(
    organiser: FlaskClient, seeded: Hub
) -> None:
    send(organiser, OWN)

    assert send(organiser, DEFAULT, seen=OWN).status_code == 302

    with seeded.database.reading() as db:
        assert db.query(MailWordingRow).count() == 0


def test_a_test_mail_has_the_typed_words_and_keeps_none(organiser: FlaskClient, seeded: Hub) -> None:
    answer = send(organiser, OWN, "/test", address="me@example.com")

    assert answer.status_code == 200
    with seeded.database.reading() as db:
        (mail,) = store.mails(db, CONF)
    assert (mail.kind, mail.to_address, mail.link) == ("test", "me@example.com", None)
    assert mail.content.startswith("홍길동 님\n\nhttps://")
    assert typed(answer).strip() == OWN.text
    assert letter(seeded)[0].endswith("개인 링크")


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c"])
def test_a_test_mail_needs_an_address(organiser: FlaskClient, seeded: Hub, address: str) -> None:
    answer = send(organiser, OWN, "/test", address=address)

    assert answer.status_code == 422
    assert typed(answer).strip() == OWN.text
    with seeded.database.reading() as db:
        assert store.mails(db, CONF) == []


@pytest.mark.parametrize("page", ["nothing/ko", "personal-link/fr", "test/ko"])
def test_what_is_no_kind_or_language_is_not_found(organiser: FlaskClient, page: str) -> None:
    assert organiser.get(f"{LIST}/{page}").status_code == 404


def test_words_that_came_to_lack_what_is_needed_do_not_count(organiser: FlaskClient, seeded: Hub) -> None:
    old = OwnWords(
        words=Words(subject="옛 문구", text="링크가 없다"), changed_at=seeded.now(), changed_by="누군가"
    )
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        save_words(write.session, CONF, "personal-link", "ko", old)

    assert letter(seeded)[1].count("{link}") == 1
    assert "바꿈" not in organiser.get(LIST).text
