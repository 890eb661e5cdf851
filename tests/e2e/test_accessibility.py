"""axe finds nothing serious on any page, in both languages, light and dark."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from conference_hub.access.account_links import make_account_link
from conference_hub.access.accounts import add_account
from conference_hub.access.model import Grant, Role
from tests.e2e.axe import violations
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

DRAWN = "() => (document.querySelector('[data-connection]')?.dataset.state ?? 'live') === 'live'"
"""A page that follows the conference has what it shows; the others have it from the start."""
READY = "() => document.readyState === 'complete' && !document.querySelector('.file-progress')"
"""A comparison under way is a page that loads itself again."""
COMPARED = re.compile(r"/(drafts|conferences/import)/[^/?]+")
numbers = itertools.count(1)
PAGES = {
    None: [
        *("", "live", "results", "follow-up", "screen/stage?lane=hall", "/sign-in", "/link", "/nowhere"),
        *("programme", "register", "register/sent", "registration", "lost-link", "lost-link/sent"),
        "/checkin/pair",
    ],
    "organiser": [
        "console",
        *("/conferences/", "desk/", "desk/conference", "desk/conference/delete"),
        "desk/conference/personal-data",
        *("desk/files", "desk/files/import/cues"),
        "desk/programme",
        *("desk/people", "desk/people/new", "desk/people/guest-001", "desk/people/groups"),
        *("desk/people/groups/staff", "desk/people/export", "desk/people/log"),
        "desk/team",
        *(f"desk/conference/places{page}" for page in ("", "/rooms/new", "/channels/youtube")),
        *(
            "desk/conference/places/channels/youtube/videos/new",
            "desk/gates",
            "desk/gates/new",
            "desk/gates/main",
            "desk/gates/points/new",
            "desk/gates/points/hall",
            "desk/gates/devices",
            "desk/gates/offline",
            "desk/check-in",
            "desk/check-in/quarantine",
        ),
        *("desk/badges", "desk/badges/design"),
        *("desk/awards", "desk/awards/new", "desk/awards/case-01", "desk/awards/order"),
        *("desk/awards/order/round-1-hall", "desk/awards/levels", "desk/awards/levels/grand"),
        *("desk/awards/programmes/new", "desk/follow-up", "desk/follow-up/new", "desk/follow-up/session-1"),
        *(
            "desk/follow-up/session-1/sign-ups",
            "desk/follow-up/session-1/attendance",
            "desk/follow-up/answers",
            "desk/follow-up/reminders",
            "desk/follow-up/certificates",
            "desk/follow-up/series/new",
        ),
        *("desk/attendance", "desk/attendance/list", "desk/attendance/file", "desk/attendance/settings"),
        *("desk/attendance/certificates", "desk/attendance/certificates/file"),
        *("desk/honours", "desk/honours/new", "desk/honours/minister", "desk/honours/paste"),
        *("desk/registration", "desk/registration/settings", "desk/registration/invitations"),
        *("desk/registration/questions/new", "desk/registration/consents/new", "desk/mail"),
        *("desk/mail/sendings", "desk/mail/words", "desk/mail/words/session-invited/ko", "desk/mail/write"),
        *("desk/outgoing", "desk/outgoing/hooks/new", "desk/outgoing/osc/new"),
        *("desk/screens", "desk/awards/seal"),
    ],
    "maker": [
        *("/password", "/conferences/", "/conferences/new", "/conferences/import"),
        "desk/conference/clone",
    ],
    "emcee": ["screen/emcee", "screen/backstage", "screen/cue-sheet"],
    "staff": ["/checkin/", "desk/check-in", "honours"],
    "attendee": ["me", "me/devices", "follow-up"],
}


@pytest.fixture(scope="module")
def model_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelDay]:
    """One hub for all tests of this file: they change nothing."""
    with running_day(tmp_path_factory.mktemp("day")) as day:
        yield day


def enter_as_maker(day: ModelDay, visit: Visit, **how: str) -> Page:
    """Return the browser of an account that may create conferences and is an organiser of the model conference."""
    with day.beside() as hub, hub.database.writing() as db:
        account = add_account(
            db,
            login=f"maker-{next(numbers)}",
            name="Maker",
            password_hash=None,
            grants=[Grant(conf=CONF, role=Role.ORGANISER)],
            at=hub.now(),
            may_create=True,
        )
        secret = make_account_link(db, account, hub.now())
    page = visit(f"{day.server.url}/link#{secret}", **how)
    page.locator("main button").first.click()
    page.wait_for_url("**/password*")
    return page


def address(day: ModelDay, path: str, lang: str) -> str:
    whole = day.server.url + path if path.startswith("/") else day.page(path)
    return f"{whole}{'&' if '?' in whole else '?'}lang={lang}"


@pytest.mark.parametrize(("lang", "scheme"), [("ko", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious(
    model_day: ModelDay, enter: Visit, visit: Visit, lang: str, scheme: str
) -> None:
    found: list[str] = []
    for role, paths in PAGES.items():
        how = {"lang": lang, "scheme": scheme}
        person = "guest-088" if role == "attendee" else None
        if role is None:
            page = visit(model_day.page(""), **how)
        elif role == "maker":
            page = enter_as_maker(model_day, visit, **how)
        else:
            page = enter(role, person, **how)
        for path in paths:
            answer = page.goto(address(model_day, path, lang))
            assert answer is not None
            assert answer.ok or path == "/nowhere", f"{answer.status} {path}"
            page.wait_for_function(DRAWN)
            found += violations(page)
    assert found == []


@pytest.mark.parametrize(("lang", "scheme"), [("ko", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious_in_refused_forms(
    model_day: ModelDay, visit: Visit, lang: str, scheme: str
) -> None:
    page, found = visit(address(model_day, "/sign-in", lang), lang=lang, scheme=scheme), []
    for path, fields in {"/sign-in": ("#login", "#password"), "/link": ("#secret",)}.items():
        page.goto(address(model_day, path, lang))
        for field in fields:
            page.locator(field).fill("x" * 201)
        page.locator("main form button").click()
        page.get_by_role("alert").first.wait_for()
        found += violations(page)
    assert found == []


@pytest.mark.parametrize(("lang", "scheme"), [("ko", "light"), ("en", "dark")])
@pytest.mark.parametrize(
    ("path", "name", "content"),
    [
        ("desk/files/import/guests", "new.csv", "이름,이메일\n새 손님,new@example.com\n"),
        ("desk/files/import/guests", "bad.csv", "이름,이메일\n가,가\n"),
        ("/conferences/import", "bad.json", '{"format": 3, "kind": "conference"}'),
    ],
)
def test_axe_finds_nothing_serious_in_comparisons_of_files(
    model_day: ModelDay, visit: Visit, lang: str, scheme: str, path: str, name: str, content: str
) -> None:
    page = enter_as_maker(model_day, visit, lang=lang, scheme=scheme)
    page.goto(address(model_day, path, lang))
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content.encode()})
    page.locator("main form button").first.click()
    page.wait_for_url(COMPARED)
    page.wait_for_function(READY)
    page.locator("main h1").wait_for()

    assert violations(page) == []
