"""The API of stages: what the operator lays over them."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command, require_basis
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
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
    text = Text(ko=body.text.ko or "", en=body.text.en or "") if body.text else None

    def run(write: Write) -> Doc:
        require_basis(write, body)
        others = others_of(current_hub())
        return layers.lay(write, lane=body.lane, kind=body.layer, text=text, seen=body.seen, others=others)

    return answer_command(body, conf, "screens/layer", run, render=with_fact)
