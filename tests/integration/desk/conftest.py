"""An account of the hub that may create conferences, signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import accounts
from conference_hub.access.account_links import make_account_link
from conference_hub.access.model import Grant
from conference_hub.web.hub import Hub

SignInAccount = Callable[..., FlaskClient]


@pytest.fixture
def account(app: Flask, hub: Hub) -> SignInAccount:
    """Return `account(login, *grants, may_create=False)`: a browser signed in as a new account."""

    def browser(login: str, *grants: Grant, may_create: bool = False) -> FlaskClient:
        with hub.database.writing() as db:
            account_id = accounts.add_account(
                db,
                login=login,
                name=login,
                password_hash=None,
                grants=list(grants),
                at=hub.now(),
                may_create=may_create,
            )
            secret = make_account_link(db, account_id, hub.now())
        client = app.test_client()
        assert client.post("/link", data={"secret": secret}).status_code == 302
        return client

    return browser
