"""Who of the guests of honour is here, and what is taken over from the guest list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.core.errors import Invalid
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.honours.attending import completed, marked, standing_now
from conference_hub.honours.documents import honour_documents
from conference_hub.honours.model import Honour, HonourId, HonourStanding
from conference_hub.people.model import Guest, GuestId, Mode

KIM = Honour(id=HonourId("kim"), name="김내빈", office=Text(ko="차관", en="Vice Minister"))
OFFICE = Honour(id=HonourId("office"), office=Text(ko="정책관"))


def test_representative_stays_known_when_somebody_comes_after_all() -> None:
    represented = marked(KIM, HonourStanding.REPRESENTED, "국장 이대참")

    assert represented == replace(KIM, standing=HonourStanding.REPRESENTED, representative="국장 이대참")
    assert marked(represented, HonourStanding.HERE, None) == replace(
        represented, standing=HonourStanding.HERE
    )


def test_represented_by_nobody_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        marked(KIM, HonourStanding.REPRESENTED, None)

    assert refusal.value.detail == {"field": "representative"}


@pytest.mark.parametrize(
    ("said", "inside", "now"),
    [
        (HonourStanding.EXPECTED, False, HonourStanding.EXPECTED),
        (HonourStanding.EXPECTED, True, HonourStanding.HERE),
        (HonourStanding.HERE, False, HonourStanding.HERE),
        (HonourStanding.ABSENT, True, HonourStanding.ABSENT),
        (HonourStanding.REPRESENTED, True, HonourStanding.REPRESENTED),
    ],
)
def test_check_in_tells_until_the_team_says_something(
    said: HonourStanding,
    inside: bool,  # noqa: FBT001 - a case
    now: HonourStanding,
) -> None:
    assert standing_now(replace(KIM, standing=said), inside=inside) is now


def test_guest_list_fills_what_nobody_wrote() -> None:
    guest = Guest(
        id=GuestId("g"),
        name="김명단",
        label=Text(ko="실장"),
        organisation="고용노동부",
        group=None,
        mode=Mode.ONSITE,
        pronunciation="Kim",
    )

    assert completed(KIM, guest) == replace(KIM, guest_id="g", organisation="고용노동부", pronunciation="Kim")
    assert completed(OFFICE, guest) == replace(
        OFFICE, guest_id="g", name="김명단", organisation="고용노동부", pronunciation="Kim"
    )


def test_somebody_has_a_name_or_an_office() -> None:
    with pytest.raises(ValueError, match="neither name nor office"):
        Honour(id=HonourId("nobody"), name="")

    assert (KIM.title, OFFICE.title) == (Text.of("김내빈"), OFFICE.office)


def test_public_knows_whom_organisers_announce_and_nothing_of_their_coming() -> None:
    honours = (
        KIM,
        replace(KIM, id=HonourId("away"), public=True, standing=HonourStanding.ABSENT),
        replace(OFFICE, public=True, note="악수 없음", representative="국장 이대참"),
        replace(
            KIM, id=HonourId("sent"), public=True, standing=HonourStanding.REPRESENTED, representative="과장"
        ),
    )

    public: Docs = {
        "honour/office": {
            "id": "office",
            "position": 1,
            "name": None,
            "office": {"ko": "정책관", "en": ""},
            "organisation": None,
            "representative": None,
        },
        "honour/sent": {
            "id": "sent",
            "position": 2,
            "name": "김내빈",
            "office": {"ko": "차관", "en": "Vice Minister"},
            "organisation": None,
            "representative": "과장",
        },
    }
    assert honour_documents(honours, Stream.PUBLIC) == public
    team = honour_documents(honours, Stream.SEALED)
    assert [team == honour_documents(honours, stream) for stream in (Stream.STAFF, Stream.OPERATOR)] == [
        True,
        True,
    ]
    assert team["honour/office"] == {
        "id": "office",
        "position": 3,
        "name": None,
        "office": {"ko": "정책관", "en": ""},
        "organisation": None,
        "representative": "국장 이대참",
        "standing": "expected",
        "pronunciation": None,
        "note": "악수 없음",
        "guest": None,
        "public": True,
    }
