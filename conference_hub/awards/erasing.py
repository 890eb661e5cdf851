"""What awards erase: all names of what was never revealed, and of the rest what the public never saw."""

from __future__ import annotations

from conference_hub.awards.model import AwardState
from conference_hub.awards.soon_tables import ReadyRow
from conference_hub.awards.tables import AwardRow
from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg

_PRIVATE = ("guest_id", "representative", "relation", "read_by", "pronunciation", "withdrawal")
_NAMES = ("recipient", "organisation", "profile", "citation", "presenter", "honorific", "conferrer")

ERASURES = (
    Erasure(row=ReadyRow, name="award_ready"),
    Erasure(
        row=AwardRow,
        name="award_private",
        words=msg("시상의 참석자 연결, 대리 수상자, 대독자, 이름 읽는 법"),
        blank=dict.fromkeys(_PRIVATE),
    ),
    Erasure(
        row=AwardRow,
        name="award_unpublished",
        words=msg("발표하지 않은 시상의 이름"),
        only=AwardRow.state.not_in([state for state in AwardState if state.is_public]),
        blank=dict.fromkeys(_NAMES),
    ),
)
