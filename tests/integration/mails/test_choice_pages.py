"""Which mails people want: chosen on a page without signing in, or refused by one press of a mail program."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.checkin import guest_actions
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.outbox.model import MOST_OF_UNSUBSCRIBE
from conference_hub.people import mail_choices
from conference_hub.people.mail_choices import EVERYTHING, MailChoices, Refusable, choices_of, tokens_of
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.law import Watch
from tests.model_day import CONF

GUEST = "guest-088"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def page(seeded: Hub) -> str:
    with seeded.database.writing() as db:
        return f"/u/{tokens_of(db, CONF, [GUEST])[GUEST]}"


@pytest.fixture
def strict(app: Flask) -> FlaskClient:
    """Return a browser of an application that asks for form tokens, as the product does."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def chosen(hub: Hub) -> MailChoices:
    with hub.database.reading() as db:
        return choices_of(db, CONF, [GUEST]).get(GUEST, EVERYTHING)


@pytest.mark.parametrize("end", ["", "/news", "/reminders"])
def test_opening_a_link_changes_nothing(strict: FlaskClient, seeded: Hub, page: str, end: str) -> None:
    watch = Watch(seeded, CONF)

    answers = [strict.get(f"{page}{end}"), strict.head(f"{page}{end}")]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].text.count(" checked") == 3
    assert (answers[0].headers["Cache-Control"], "noindex" in answers[0].headers["X-Robots-Tag"]) == (
        "no-store",
        True,
    )
    assert (chosen(seeded), watch.look()) == (EVERYTHING, [])


@pytest.mark.parametrize(
    ("refused", "left"),
    [("news", MailChoices(news=False)), ("reminders", MailChoices(day_ahead=False, shortly=False))],
)
def test_one_press_of_a_mail_program_refuses_one_sort(
    strict: FlaskClient, seeded: Hub, page: str, refused: str, left: MailChoices
) -> None:
    watch = Watch(seeded, CONF)

    answers = [
        strict.post(f"{page}/{refused}", data=data) for data in (ONE_CLICK, {**ONE_CLICK, "more": "1"}, {})
    ]

    assert [one.status_code for one in answers] == [200, 200, 200]
    assert chosen(seeded) == left
    assert [(one.topic, one.body["guest"]) for one in watch.look()] == [("MailChoicesMade", GUEST)]


def test_the_form_keeps_what_is_chosen_and_takes_it_back(client: FlaskClient, seeded: Hub, page: str) -> None:
    answer = client.post(page, data={"shortly": "on"})

    assert (answer.status_code, answer.location) == (302, page)
    assert chosen(seeded) == MailChoices(day_ahead=False, shortly=True, news=False)
    assert client.get(page).text.count(" checked") == 1
    client.post(page, data={"day_ahead": "on", "shortly": "on", "news": "on"})
    assert chosen(seeded) == EVERYTHING


def test_the_form_of_another_site_is_refused(strict: FlaskClient, seeded: Hub, page: str) -> None:
    assert strict.post(page, data={}).status_code == 400
    assert chosen(seeded) == EVERYTHING


@pytest.mark.parametrize("address", ["/u/nobody", "/u/nobody/news"])
def test_a_wrong_link_says_so(client: FlaskClient, seeded: Hub, address: str) -> None:
    assert seeded is not None

    answer = client.get(address)

    assert answer.status_code == 404
    assert "주최 측에 알려 주세요" in answer.text
    assert client.post(address, data=ONE_CLICK).status_code == 404


def test_what_is_no_sort_of_mails_is_not_found(client: FlaskClient, page: str) -> None:
    assert client.post(f"{page}/everything", data=ONE_CLICK).status_code == 404


def test_a_removed_guest_leaves_no_choices(client: FlaskClient, seeded: Hub) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        leaving = _without_ties(seeded, write)
        address = f"/u/{tokens_of(write.session, CONF, [leaving])[leaving]}"
    assert client.get(address).status_code == 200

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        guest_actions.remove_guests(write, [leaving], ties=seeded.guest_ties, leaving=seeded.guests_leaving)

    assert client.get(address).status_code == 404


def _without_ties(hub: Hub, write: Write) -> str:
    ids = [guest.id for guest in all_guests(write.session, CONF)]
    tied = {guest for ties in hub.guest_ties for guest in ties(write.session, CONF, ids)}
    return next(one for one in ids if one not in tied)


def test_addresses_fit_a_header_or_are_left_out() -> None:
    token = "a" * 22

    usual = mail_choices.unsubscribe_url("https://conference.example.go.kr", token, Refusable.REMINDERS)

    assert usual is not None
    assert len(usual) <= MOST_OF_UNSUBSCRIBE
    assert mail_choices.unsubscribe_url(f"https://{'long.' * 10}example.org", token, Refusable.NEWS) is None
