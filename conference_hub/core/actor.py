"""Who acts: the value that requests, transactions, the journal, stored commands and scans carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from conference_hub.core.errors import msg

SYSTEM_NAMES = {
    "system:command-line": msg("명령줄"),
    "system:seed": msg("예시 자료"),
    "system:registration": msg("등록 페이지"),
    "system:lost-link": msg("링크 다시 받기"),
    "system:invitation": msg("초대 페이지"),
    "system:received-mail": msg("받은 메일"),
    "system:clock": msg("정해 둔 시각"),
    "system:mail-choices": msg("메일 받기 설정"),
}
"""What pages call the parts of the hub that act by themselves, by id: an account may have any label."""
SYSTEM_LABELS = {key.partition(":")[2].replace("-", " "): words for key, words in SYSTEM_NAMES.items()}
"""The same by label, for sentences that know no more of who acted."""


class ActorKind(StrEnum):
    """What sort of actor; the value is the first part of an actor's id."""

    ACCOUNT = "account"
    TOKEN = "token"  # noqa: S105 - a kind, not a secret
    DEVICE = "device"
    GUEST = "guest"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An account, a machine token, a device signed in by a link, a guest, or the hub itself.

    `id` (`account:7`, `guest:guest-005`) decides who is who and never changes; `label` is shown to people and may be
    that of several actors.
    """

    id: str
    kind: ActorKind
    label: str

    @classmethod
    def of(cls, kind: ActorKind, key: str, label: str) -> Actor:
        """Return the actor of a kind; `key` is the id of the account, token, web session or guest, or a name."""
        return cls(id=f"{kind}:{key}", kind=kind, label=label)

    @classmethod
    def stored(cls, actor_id: str, label: str) -> Actor:
        """Return the actor with a stored id and label."""
        return cls(id=actor_id, kind=ActorKind(actor_id.partition(":")[0]), label=label)

    @classmethod
    def system(cls, name: str) -> Actor:
        """Return a part of the hub that acts by itself, such as `seed` or `command line`."""
        return cls.of(ActorKind.SYSTEM, name.replace(" ", "-"), name)
