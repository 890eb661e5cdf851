"""Signing up for several sessions at once."""

from __future__ import annotations

from dataclasses import dataclass

from conference_hub.core.errors import NotFound, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.followup import sign_up_store, store
from conference_hub.followup.actions import sign_up
from conference_hub.followup.model import OnlineSession, still_open
from conference_hub.web.hub import Hub


@dataclass(frozen=True, kw_only=True)
class SignedUpForAll:
    """What became of signing up for several sessions: `full` are those without a place."""

    taken: list[OnlineSession]
    full: list[OnlineSession]


def sign_up_for_all(hub: Hub, write: Write, guest_id: str, series_id: str | None) -> SignedUpForAll:
    """Sign a guest up for each session that is still to come, of a series or all; those that are full are left out.

    Raises NotFound for an unknown series or guest.
    """
    if series_id is not None and series_id not in store.all_series(write.session, write.conf):
        raise NotFound(msg("그런 시리즈가 없습니다."))
    asked = sign_up_store.signed_up_of_guest(write.session, write.conf, guest_id)
    found = SignedUpForAll(taken=[], full=[])
    for online in store.public_sessions(write.session, write.conf):
        of_series = series_id is None or online.series_id == series_id
        if not of_series or online.id in asked or not still_open(online, write.at):
            continue
        try:
            sign_up(hub, write, online.id, guest_id)
        except Refused as refusal:
            if refusal.code != "full":
                raise
            found.full.append(online)
        else:
            found.taken.append(online)
    return found
