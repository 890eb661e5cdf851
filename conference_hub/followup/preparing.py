"""How organisers make, change, announce, copy and remove sessions and series."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Invalid, NotFound, Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream
from conference_hub.followup import facts, model, notices, sign_up_store, store
from conference_hub.followup.actions import publish
from conference_hub.followup.documents import session_document
from conference_hub.followup.keys import SERIES_KEY, session_key
from conference_hub.followup.model import OnlineSession, Series, SessionId


def uid_of(session_id: str, conf: str, public_url: str) -> str:
    """Return what names a session in calendars, on a hub at `public_url`."""
    return f"{session_id}.{conf}@{urlsplit(public_url).hostname}"


def put_session(write: Write, wanted: OnlineSession) -> OnlineSession:
    """Add a session, or change the one with its id; returns it as it is then.

    A new one is announced unless it is a draft; a change does not move `status`, `sequence` or `changed_at` but as
    `model.edit` says. Raises Invalid for a title that the series has already, and what `model.edit` raises.
    """
    _require_own_title(write, wanted)
    before = store.find_session(write.session, write.conf, wanted.id)
    if before is None:
        model.require_span(wanted.starts_at, wanted.ends_at)
        store.save_session(write.session, wanted)
        publish(write, facts.SessionPrepared if wanted.is_draft else facts.SessionAnnounced, wanted)
        return wanted
    after = model.edit(before, wanted, write.at)
    if after != before:
        store.save_session(write.session, after)
        notices.note_change(write, before, after)
        publish(write, _fact_of(before, after), after)
    return after


def announce(write: Write, session_id: str) -> None:
    """Make a draft known to everybody. Raises NotFound, and what `model.announce` raises."""
    draft = store.get_session(write.session, write.conf, session_id)
    online = model.announce(draft, write.at)
    store.save_session(write.session, online)
    publish(write, facts.SessionAnnounced, online)


def remove(write: Write, session_id: str) -> None:
    """Remove a draft. Raises NotFound, and Refused for a session that was announced."""
    draft = store.get_session(write.session, write.conf, session_id)
    model.require_draft(draft)
    store.delete_session(write.session, draft)
    write.publish(facts.SessionRemoved(session=draft.id), session_key(draft.id), {})


def copy_weekly(
    write: Write, session_id: str, times: int, zone: ZoneInfo, public_url: str
) -> list[SessionId]:
    """Add `times` drafts like a session, each a week after the one before; returns their ids.

    Raises NotFound.
    """
    online = store.get_session(write.session, write.conf, session_id)
    known = store.all_sessions(write.session, write.conf)
    taken = [one.title for one in known if one.series_id == online.series_id]
    made = []
    for copy in model.weekly(online, times, zone, taken):
        new = SessionId(new_id())
        uid = uid_of(new, write.conf, public_url)
        made.append(put_session(write, replace(copy, id=new, uid=uid, changed_at=write.at)).id)
    return made


def revise_series(write: Write, change: Callable[[list[Series]], Iterable[Series]]) -> None:
    """Change the series, and publish the sessions that show it. Raises Invalid for a title that is given twice."""
    before = store.all_series(write.session, write.conf)
    after = {one.id: one for one in change(list(before.values()))}
    if list(after.values()) == list(before.values()):
        return
    _require_own_titles(write, after.values())
    store.save_series(write.session, write.conf, after.values())
    counts = sign_up_store.signed_up(write.session, write.conf)
    docs: Docs = {
        session_key(online.id): {**session_document(online, counts.get(online.id, 0), after)}
        for online in store.public_sessions(write.session, write.conf)
        if online.series_id and before.get(online.series_id) != after.get(online.series_id)
    }
    write.publish(facts.SeriesRevised(), SERIES_KEY, dict.fromkeys(Stream, docs))


def remove_series(write: Write, series_id: str) -> None:
    """Remove a series. Raises NotFound, and Refused while sessions belong to it."""
    known = store.all_series(write.session, write.conf)
    if series_id not in known:
        raise NotFound(msg("그런 시리즈가 없습니다."))
    count = sum(one.series_id == series_id for one in store.all_sessions(write.session, write.conf))
    if count:
        raise Refused(
            msg("이 시리즈에 세션이 %(count)s개 있습니다. 먼저 옮기거나 삭제해 주세요."),
            code="sessions_left",
            count=count,
        )
    revise_series(write, lambda series: [one for one in series if one.id != series_id])


def _fact_of(before: OnlineSession, after: OnlineSession) -> type[facts.FollowupFact]:
    if after.is_draft:
        return facts.SessionPrepared
    moved = after.sequence != before.sequence
    return facts.SessionRescheduled if moved else facts.SessionEdited


def _require_own_title(write: Write, wanted: OnlineSession) -> None:
    if wanted.series_id is not None and wanted.series_id not in store.all_series(write.session, write.conf):
        raise Invalid(msg("그런 시리즈가 없습니다."), field="series")
    for other in store.all_sessions(write.session, write.conf):
        same = (other.series_id, other.title) == (wanted.series_id, wanted.title)
        if same and other.id != wanted.id:
            raise Invalid(
                msg("이 시리즈에 같은 제목의 세션이 있습니다."), code="taken", field=_title_field(write)
            )


def _require_own_titles(write: Write, series: Iterable[Series]) -> None:
    titles = [one.title for one in series]
    if any(titles.count(title) > 1 for title in titles):
        raise Invalid(msg("같은 이름의 시리즈가 있습니다."), code="taken", field=_title_field(write))


def _title_field(write: Write) -> str:
    """Return the field of forms that holds a title in the conference's main language."""
    return f"title_{get_conference(write.session, write.conf).main_language}"
