"""Whether this process can do its work: what a load balancer or a supervisor asks."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from conference_hub import migrate, outage
from conference_hub.errors import Unavailable
from conference_hub.hub import Hub
from conference_hub.live.relay import Relay

log = logging.getLogger(__name__)

MAX_LAG = timedelta(seconds=5)
"""A committed fact that waits longer for the relay makes the process not ready."""

WRITING_REASONS = frozenset({"locked", "read_only", "full"})


def reasons_against(hub: Hub, relay: Relay) -> list[str]:
    """Return why the process is not ready.

    The reasons are `database`, `locked`, `read_only`, `full`, `migrations`, `relay` and `relay_lag`.
    """
    try:
        with outage.reported():
            if not migrate.at_head(hub.database):
                return ["migrations"]
        with hub.database.writing():
            pass  # a lock or a file that may only be read refuses already here
        with hub.database.reading() as db:
            backlog = relay.backlog(db)
    except Unavailable as error:
        return [error.reason if error.reason in WRITING_REASONS else "database"]
    except SQLAlchemyError as error:
        log.warning("the database does not answer: %s", type(error).__name__)
        return ["database"]
    reasons = [] if relay.alive() else ["relay"]
    if backlog.oldest is not None and hub.now() - backlog.oldest > MAX_LAG:
        reasons.append("relay_lag")
    return reasons
