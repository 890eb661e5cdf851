"""The API of stages: what the operator lays over them."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command, require_basis
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.rehearsal_actions import get_rehearsal
from conference_hub.agenda.step_owners import others_of
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.shapes import FactAnswer
from conference_hub.core.stream import Doc
from conference_hub.core.text import Text
from conference_hub.screens import layers
from conference_hub.screens.requests import LayLayer
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

screens_bp = Blueprint("screens", __name__)


@screens_bp.post("/api/v1/c/<conf>/screens/layer")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=SEEN_CODES)
@takes(LayLayer)
def lay(body: LayLayer, conf: str) -> ResponseReturnValue:
    """Lay something over the stage of a lane, or take it away."""
    return _lay(body, conf, None)


@screens_bp.post("/api/v1/c/<conf>/runs/<run_id>/screens/layer")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=SEEN_CODES)
@takes(LayLayer)
def rehearsal_lay(body: LayLayer, conf: str, run_id: str) -> ResponseReturnValue:
    """In a rehearsal: lay something over the stage of a lane, or take it away."""
    return _lay(body, conf, run_id)


def _lay(body: LayLayer, conf: str, run_id: str | None) -> ResponseReturnValue:
    """Lay something over the stage of a lane, in a rehearsal with this id, None: in the live run."""
    text = Text(ko=body.text.ko or "", en=body.text.en or "") if body.text else None

    def run(write: Write) -> Doc:
        require_basis(write, body)
        others = others_of(current_hub())
        asked = LIVE_RUN if run_id is None else get_rehearsal(write, RunId(run_id)).id
        return layers.lay(
            write, lane=body.lane, kind=body.layer, text=text, seen=body.seen, run=asked, others=others
        )

    where = "" if run_id is None else f"runs/{run_id}/"
    return answer_command(body, conf, f"{where}screens/layer", run, render=with_fact)
