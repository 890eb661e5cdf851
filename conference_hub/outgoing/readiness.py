"""The line of webhooks in the list "ready for doors": only where there are some."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.outgoing import store
from conference_hub.outgoing.model import HookState
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line where there are webhooks."""
    hooks, where = store.hooks(session, conf), f"/c/{conf}/desk/outgoing"
    troubled = sum(hook.state is HookState.DEAD or bool(hook.last_error) for hook in hooks)
    if troubled:
        words = ngettext(
            "보내지 못하는 웹훅이 %(num)d개 있습니다.", "보내지 못하는 웹훅이 %(num)d개 있습니다.", troubled
        )
        yield Line(id="outgoing/hooks", state="warn", words=words, where=where)
    elif hooks:
        yield Line(id="outgoing/hooks", state="ok", words=_("웹훅이 모두 보내고 있습니다."), where=where)
