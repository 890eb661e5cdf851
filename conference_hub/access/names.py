"""Names of accounts and tokens: the journal has them in the same place as ids of guests, so they must differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from conference_hub.core.errors import Invalid, msg

INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that a reader does not see: controls, format characters, spaces."""
GUEST_ID = re.compile(r"guest[\W_]*\d+")


def plain_name(text: str) -> str:
    """Return a name as readers perceive it: without case, width, spaces, invisible characters and kinds of hyphens."""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in INVISIBLE)
    return "".join("-" if unicodedata.category(c) == "Pd" else c for c in seen).casefold()


def refuse_guests_id(name: str, *, field: str, ids: Collection[str] = ()) -> None:
    """Raise Invalid, which names `field`, when `name` reads like a guest's id (`guest-015`) or like one of `ids`.

    `ids` are in the form of `plain_name`.
    """
    if reads_like_a_guests_id(name, ids):
        raise Invalid(
            msg("참석자 번호와 같아 보이는 이름은 쓸 수 없습니다: %(name)s"), field=field, name=name.strip()
        )


def reads_like_a_guests_id(name: str, ids: Collection[str] = ()) -> bool:
    """Return whether a name reads like a guest's id, or like one of `ids` in the form of `plain_name`."""
    plain = plain_name(name)
    return GUEST_ID.fullmatch(plain) is not None or plain in ids
