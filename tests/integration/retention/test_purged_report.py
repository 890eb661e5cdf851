"""The report of the day once personal data are erased: what was done and when stays, who did it goes."""

from __future__ import annotations

from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.data import purging
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.retention.conftest import PLANTED
from tests.model_day import CONF

pytestmark = ON_SQLITE
REPORT = f"/c/{CONF}/desk/report"


def test_the_report_stays_without_who_commanded(held: Hub, sign_in: SignIn) -> None:
    organiser = sign_in(Role.ORGANISER)
    before = organiser.get(f"{REPORT}.csv").data.decode("utf-8-sig").splitlines()

    purging.purge(held, CONF, Actor.system("test"))

    organiser = sign_in(Role.ORGANISER)
    after = organiser.get(f"{REPORT}.csv").data.decode("utf-8-sig").splitlines()
    pages = [organiser.get(f"{REPORT}{page}") for page in ("", "/awards", "/acts")]
    assert (PLANTED in str(before), PLANTED in str(after), len(after)) == (True, False, len(before))
    assert [line.split(",")[0] for line in after] == [line.split(",")[0] for line in before]
    assert [(page.status_code, PLANTED in page.text) for page in pages] == [(200, False)] * 3
