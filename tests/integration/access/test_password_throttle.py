"""Signing in by password under attack: wrong tries slow down who sends them, and keep nobody else out."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access import accounts, passwords
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.access.throttle import WINDOW_S
from conference_hub.access.tries import Try
from conference_hub.access.turns import Turns
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

CONSOLE = f"/c/{CONF}/console"
PASSWORD = "correct horse battery"
WRONG = "wrong"
HALL = "192.0.2.1"


def account(hub: Hub, login: str = "kim") -> None:
    with hub.database.writing() as db:
        accounts.add_account(
            db,
            login=login,
            name="김감독",
            password_hash=hash_password(PASSWORD),
            grants=[Grant(conf=CONF, role=Role.OPERATOR)],
            at=hub.now(),
        )


def plain(answer: TestResponse, login: str) -> str:
    """Return the text of a page without what is made anew for each, and how many seconds are left."""
    return re.sub(r'(nonce|content|value)="[^"]*"|\d+초', "", answer.text).replace(login, "")


def try_in(browser: FlaskClient, login: str = "kim", password: str = WRONG, **options: str) -> TestResponse:
    """Post the sign-in form from the hall in `lang`, with a page to go to afterwards."""
    return browser.post(
        "/sign-in",
        data={"login": login, "password": password, "next": CONSOLE},
        headers={"Accept-Language": options.get("lang", "ko")},
        environ_overrides={"REMOTE_ADDR": HALL},
    )


def tried_before(login: str, times: int) -> None:
    """Count wrong tries from the hall's address without the time they take."""
    limiter.storage.incr(Try.of(login, HALL).pair, WINDOW_S, times)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ko", "로그인 시도가 너무 잦습니다. {}초 뒤에 다시 시도해 주세요."),
        ("en", "Too many attempts to sign in. You can try again in {} sec."),
    ],
)
def test_wrong_passwords_are_slowed_down_with_the_seconds_to_wait(
    seeded: Hub, client: FlaskClient, lang: str, words: str
) -> None:
    account(seeded)
    tried_before("kim", 20)

    last, refused = try_in(client, lang=lang), try_in(client, lang=lang)

    assert (last.status_code, refused.status_code) == (401, 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert words.format(refused.headers["Retry-After"]) in refused.text
    assert 'value="kim"' in refused.text
    assert f'value="{CONSOLE}"' in refused.text


def test_unknown_login_gets_the_same_answer_as_a_known_one(seeded: Hub, client: FlaskClient) -> None:
    account(seeded)
    seen = {}
    for login in ("kim", "lee"):
        tried_before(login, 20)
        seen[login] = [
            (a.status_code, plain(a, login)) for a in (try_in(client, login), try_in(client, login))
        ]

    assert seen["kim"] == seen["lee"]


def test_a_colleague_at_the_same_address_signs_in_after_ten_wrong_tries(seeded: Hub, app: Flask) -> None:
    account(seeded)
    account(seeded, "lee")
    for _ in range(10):
        try_in(app.test_client(), "kim")

    assert try_in(app.test_client(), "lee", PASSWORD).location == CONSOLE


def test_impossible_passwords_are_refused_without_hashing(
    seeded: Hub, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(seeded)
    hashed: list[object] = []
    monkeypatch.setattr(seeded, "offload", lambda *work: hashed.append(work))
    absurd = [("kim", "x" * 201), ("kim", "x" * 10**4), ("k" * 81, WRONG), ("k\0", WRONG), ("kim", "x\0")]

    answers = [try_in(client, login, password) for login, password in absurd]
    too_large = try_in(client, "kim", "x" * 10**6)

    assert ([answer.status_code for answer in answers], hashed) == ([422] * 5, [])
    assert too_large.status_code == 413
    assert "200자까지 쓸 수 있습니다." in answers[1].text


def test_full_queue_answers_429_with_retry_after_and_counts_no_try(seeded: Hub, client: FlaskClient) -> None:
    account(seeded)
    nobody_waits = Turns(at_once=0, waiting=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_turns", nobody_waits)
        busy = [try_in(client, "kim", PASSWORD, lang="en") for _ in range(9)]

    assert {(answer.status_code, answer.headers["Retry-After"]) for answer in busy} == {(429, "3")}
    assert "Many people are signing in right now. You can try again in 3 sec." in busy[0].text
    assert try_in(client, "kim", PASSWORD).location == CONSOLE
