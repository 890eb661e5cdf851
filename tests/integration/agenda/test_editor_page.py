"""The page of the plan's editor: what it tells its script, and in which language."""

from __future__ import annotations

import json
import re

import pytest

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

PAGE = f"/c/{CONF}/desk/programme"
KINDS = ["opening", "ceremony", "performance", "case_sharing", "closing", "break", "general"]


@pytest.mark.usefixtures("seeded")
def test_editor_page_tells_its_script_what_it_edits(hub: Hub, sign_in: SignIn) -> None:
    page = sign_in(Role.ORGANISER).get(f"{PAGE}?lang=en").get_data(as_text=True)
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', page)
    assert found is not None
    data = json.loads(found[1])
    actor = re.search(r'<meta name="actor" content="([^"]+)">', page)
    assert actor is not None
    assert [kind["value"] for kind in data.pop("kinds")] == KINDS
    assert data == {
        "conf": CONF,
        "zone": "Asia/Seoul",
        "languages": ["ko", "en"],
        "startsAt": data["startsAt"],
        "endsAt": data["endsAt"],
        "actor": actor[1],
    }
    assert data["startsAt"] < data["endsAt"]


@pytest.mark.usefixtures("seeded")
def test_editor_page_is_linked_from_the_desk_and_says_the_kinds_in_its_language(sign_in: SignIn) -> None:
    organiser = sign_in(Role.ORGANISER)
    korean, english = (organiser.get(f"{PAGE}?lang={lang}").get_data(as_text=True) for lang in ("ko", "en"))
    assert f'href="{PAGE}" aria-current="page"' in korean
    assert ('"label": "\\uc2dc\\uc0c1\\uc2dd"' in korean, '"label": "Award ceremony"' in english) == (
        True,
        True,
    )
