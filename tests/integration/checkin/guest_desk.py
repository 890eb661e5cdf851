"""What the tests of the desk's guest pages share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from conference_hub.checkin import guest_actions
from conference_hub.core.actor import Actor
from conference_hub.people.model import Guest
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from tests.model_day import CONF

DESK = f"/c/{CONF}/desk"
PEOPLE = f"{DESK}/people"


def shown(page: str) -> list[str]:
    return re.findall(r'data-guest="([\w-]+)"', page)


def found(desk: FlaskClient, **query: str) -> list[str]:
    return shown(desk.get(PEOPLE, query_string=query).text)


def change(hub: Hub, guest_id: str, **fields: Any) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("누군가")) as write:
        before = get_guest(write.session, CONF, guest_id)
        guest_actions.change_guests(write, [replace(before, **fields)])


def guest(hub: Hub, guest_id: str) -> Guest:
    with hub.database.reading() as db:
        return get_guest(db, CONF, guest_id)
