"""How long personal data are kept: when they are due to be erased, and what remains to be known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from conference_hub.conferences.lifecycle import DELETABLE
from conference_hub.conferences.model import Conference, State
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused, msg
from conference_hub.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Purge:
    """The record of a purge: when, by whom, and until when data were to be kept (None: nobody had said).

    `erased` says how many rows of each kind were erased, `figures` what was counted before.
    """

    at: datetime
    by: Actor
    kept_until: date | None
    erased: Mapping[str, int]
    figures: Sequence[tuple[Text, int]]


def is_due(conference: Conference, now: datetime) -> bool:
    """Return whether the last day on which personal data are kept is over where the conference is held.

    A conference that has not ended is never due, whatever day was set.
    """
    kept = conference.purge_on
    today = now.astimezone(conference.zone).date()
    return kept is not None and today > kept and now > conference.ends_at


def refusal(conference: Conference, state: State, now: datetime, *, early: bool) -> Refused | None:
    """Return why personal data may not be erased now; `early` says that somebody wants it before they are due.

    Before that only what no audience uses any more is erased: a draft, or a conference that is over.
    """
    if is_due(conference, now):
        return None
    if state not in DELETABLE:
        return Refused(
            msg("공개되었거나 진행 중인 행사의 개인정보는 파기할 수 없습니다. 먼저 행사를 종료해 주세요."),
            code="wrong_state",
            state=state,
        )
    return None if early else Refused(msg("개인정보 보관 기한이 아직 지나지 않았습니다."), code="not_due")
