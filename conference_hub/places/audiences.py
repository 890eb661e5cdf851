"""Who may have the addresses of a channel: what forms and files may say of it."""

from __future__ import annotations

from conference_hub.conferences.places import KINDS_WITH_MODE, Channel, ChannelAudience
from conference_hub.core.errors import msg

TOLD_TO_ALL = msg(
    "암호가 있거나 주소에 암호가 들어 있는 경로는 누구나에게 공개할 수 없습니다. 공개 대상을 바꾸세요."
)
NO_MODE = msg("이 종류로 참석하는 사람은 따로 없습니다. 등록한 참석자에게 공개하세요.")
BOTH_TIMES = msg("공개 시각과 저절로 공개되는 때 가운데 하나만 정하세요.")


def audience_fault(channel: Channel) -> str | None:
    """Return what is wrong with a channel's audience: a passcode would be for everybody, or it is for nobody."""
    if channel.audience is ChannelAudience.PUBLIC and channel.tells_passcode:
        return TOLD_TO_ALL
    return (
        NO_MODE if channel.audience is ChannelAudience.MODE and channel.kind not in KINDS_WITH_MODE else None
    )
