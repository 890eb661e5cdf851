"""Names that a reader of the journal would take for a guest's id."""

from __future__ import annotations

import pytest

from conference_hub.access.names import refuse_guests_id
from conference_hub.core.errors import Invalid


@pytest.mark.parametrize(
    "name",
    [
        "guest-015",
        "GUEST-1",
        " Guest 015 ",
        "ｇｕｅｓｔ－０１５",
        "guest‐015",
        "gu\u200best-015",
        "guest_7",
        "guest٣",
    ],
)
def test_a_name_that_reads_like_a_guests_id_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        refuse_guests_id(name, field="login")

    assert refusal.value.detail == {"field": "login", "name": name.strip()}


@pytest.mark.parametrize(
    "name", ["kim", "gate-3", "guest desk", "guests-team", "김감독", "guest", "my guest-015 pad"]
)
def test_another_name_is_allowed(name: str) -> None:
    assert not is_refused(name)


def is_refused(name: str) -> bool:
    try:
        refuse_guests_id(name, field="name", ids={"vip-7"})
    except Invalid:
        return True
    return False


@pytest.mark.parametrize("name", ["vip-7", "VIP—7", "ｖｉｐ-7"])
def test_the_id_of_a_guest_on_the_list_is_refused_in_any_form(name: str) -> None:
    with pytest.raises(Invalid):
        refuse_guests_id(name, field="name", ids={"vip-7"})
