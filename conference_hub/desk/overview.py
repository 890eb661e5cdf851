"""The first page of the desk: the state of the conference with its next step, and the list "ready for doors"."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.conferences import lifecycle
from conference_hub.conferences.model import State
from conference_hub.web.hub import current_hub

AFTERWARDS = frozenset({"conference/purge", "followup/links", "followup/certificates", "data/backup"})
"""The lines that still matter once the conference is over."""

desk_overview_bp = Blueprint("desk_overview", __name__)


@desk_overview_bp.get("/c/<conf>/desk/")
@allow(Role.ORGANISER)
def overview(conf: str) -> ResponseReturnValue:
    """Show how far the conference is, what comes next, and what is still to be done before the doors open."""
    hub, own = current_hub(), conference()
    with hub.database.reading() as db:
        run = hub.run_progress(db, conf)
        lines = [line for feature in hub.readiness for line in feature(db, conf)]
    state = lifecycle.stage(own.state, run)
    past = state in {State.OVER, State.ARCHIVED}
    if past:
        lines = [line for line in lines if line.id in AFTERWARDS]
    return render_template(
        "desk/overview.html",
        state=state,
        moves=lifecycle.next_states(own.state, run),
        lines=lines,
        past=past,
        undone=sum(line.state != "ok" for line in lines),
        run=run,
    )


def state_of(conf: str) -> State:
    """Return the state that the running request's conference is in at present."""
    hub = current_hub()
    with hub.database.reading() as db:
        return lifecycle.stage(conference().state, hub.run_progress(db, conf))
