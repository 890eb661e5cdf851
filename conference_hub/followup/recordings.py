"""The mail that a recording or materials of a session can be had, to those who signed up for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.followup import sign_up_store, store
from conference_hub.followup.mail_kinds import SESSION
from conference_hub.followup.model import OnlineSession
from conference_hub.outbox.bulk import BulkMail, Occasion
from conference_hub.outbox.wording_model import (
    CONFERENCE_FIELDS,
    LINK_FIELD,
    NAME,
    STOP,
    Field,
    MailKind,
)

RECORDING = MailKind(
    name="recording",
    label=msg("세션 자료와 녹화 안내"),
    subject=msg("[{title}] 자료와 녹화: {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "‘{session}’ 세션의 자료를 올렸습니다.\n\n{materials}\n\n보기: {link}\n\n"
        "{host}\n이런 소식을 그만 받으려면: {stop}"
    ),
    fields=(
        NAME,
        *CONFERENCE_FIELDS,
        SESSION,
        Field(
            name="materials",
            label=msg("자료 목록"),
            sample=Text(ko="- 녹화 영상\n- 발표 자료", en="- Recording\n- Slides"),
        ),
        LINK_FIELD,
        STOP,
    ),
    refusable="news",
)


def _with_materials(session: Session, conference: Conference, now: datetime) -> Sequence[Occasion]:
    """Return the sessions that have begun and have something that everybody is shown."""
    if conference.hidden:
        return []
    return [
        Occasion(
            id=online.id,
            title=online.title,
            path=f"/c/{conference.slug}/follow-up#{online.id}",
            values={"session": online.title, "materials": _listed(online, now)},
            edition=_edition(online, now),
        )
        for online in store.public_sessions(session, conference.slug)
        if online.starts_at <= now and any(one.is_public(now) for one in online.materials)
    ]


def _edition(online: OnlineSession, now: datetime) -> str:
    """Return a name of what everybody is shown: what is added is told anew, another title or order is not."""
    urls = sorted({one.url for one in online.materials if one.is_public(now)})
    return sha256("\n".join(urls).encode()).hexdigest()[:16]


def _listed(online: OnlineSession, now: datetime) -> Text:
    return Text.of("\n".join(f"- {one.title}" for one in online.materials if one.is_public(now)))


def _signed_up(session: Session, conference: Conference, occasion: Occasion) -> Collection[str]:
    return [one.guest_id for one in sign_up_store.sign_ups(session, conference.slug, occasion.id)]


BULK_MAILS = (BulkMail(kind=RECORDING, occasions=_with_materials, readers=_signed_up),)
MAIL_KINDS = (RECORDING,)
