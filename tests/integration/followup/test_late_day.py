"""A day that runs into a follow-up session: the desk says so and offers to move it, and nothing moves by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from conference_hub.access.model import Role
from conference_hub.agenda.store import published_plan
from conference_hub.core.actor import Actor
from conference_hub.followup import store
from conference_hub.followup.preparing import put_session
from conference_hub.web.hub import Hub
from conference_hub.web.local_time import typed_time
from tests.integration.agenda.commanding import done
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, OPENING, FakeNow

pytestmark = ON_SQLITE

SEOUL = ZoneInfo("Asia/Seoul")
DESK = f"/c/{CONF}/desk/follow-up"


def test_desk_offers_to_move_what_the_day_runs_into(seeded: Hub, sign_in: SignIn, now: FakeNow) -> None:
    organiser = sign_in(Role.ORGANISER)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        version = published_plan(write.session, CONF)
        assert version is not None
        ends_at = max(cue.planned_end for cue in version.plan.cues)
        known = store.get_session(write.session, CONF, "session-1")
        starts_at = ends_at + timedelta(minutes=5)
        before = put_session(
            write, replace(known, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
        )
    now.instant = OPENING
    done(organiser, "run/start", lane="hall")
    assert "분 뒤로 옮기기" not in organiser.get(DESK).text
    now.forward(minutes=40)

    listed = organiser.get(DESK).text
    minutes = listed.partition("?later=")[2].partition('"')[0]
    form = organiser.get(f"{DESK}/session-1?later={minutes}").text

    later = timedelta(minutes=int(minutes))
    assert later >= timedelta(minutes=5)
    assert later % timedelta(minutes=5) == timedelta(0)
    with seeded.database.reading() as db:
        held = store.get_session(db, CONF, "session-1")
        [found] = store.overtaken_now(db, CONF, now())
    assert held == before
    assert found.finish <= before.starts_at + later < found.finish + timedelta(minutes=5)
    for at in (before.starts_at, before.ends_at):
        assert f'value="{typed_time(at + later, SEOUL)}"' in form
    assert f"{minutes}분 뒤로 옮긴 시각을 채웠습니다." in form
    assert "후속 세션 1개가 행사가 끝나기 전에 시작합니다." in organiser.get(f"/c/{CONF}/desk/").text
