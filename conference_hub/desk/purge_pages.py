"""The desk's page on which personal data are erased: what goes, what stays, and the records of what was erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, while_archived
from conference_hub.conferences import lifecycle, retention
from conference_hub.conferences.purge_store import purges
from conference_hub.conferences.retention import Purge
from conference_hub.core.errors import Invalid, msg
from conference_hub.data import purging
from conference_hub.desk.making import require_typed
from conference_hub.desk.requests import ErasePersonalData
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message

desk_purge_bp = Blueprint("desk_purge", __name__)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A record of a purge, with what was erased by the words for it; `traces` counts what has none."""

    purge: Purge
    erased: list[tuple[str, int]]
    traces: int


@desk_purge_bp.get("/c/<conf>/desk/conference/personal-data")
@allow(Role.ORGANISER)
def page(conf: str) -> ResponseReturnValue:
    """Show what would be erased and what stays, and what was erased before."""
    hub, own = current_hub(), conference()
    with hub.database.reading() as db:
        found = purging.found(hub, db, conf)
        state = lifecycle.stage(own.state, hub.run_progress(db, conf))
        records = purges(db, conf)
    counts = {one.erasure.name: one.rows for one in found}
    return render_template(
        "desk/personal_data.html",
        due=retention.is_due(own, hub.now()),
        refusal=retention.refusal(own, state, hub.now(), early=True),
        found=_named(counts),
        records=[_shown(record) for record in records],
    )


@desk_purge_bp.post("/c/<conf>/desk/conference/personal-data")
@allow(Role.ORGANISER)
@while_archived
@takes_form(ErasePersonalData, page)
def erase(form: ErasePersonalData, conf: str) -> ResponseReturnValue:
    """Erase the personal data of the conference; before their day only when that is stated."""
    hub = current_hub()
    require_typed(conf, form.slug)
    if not form.early and not retention.is_due(conference(), hub.now()):
        raise Invalid(msg("보관 기한 전에 파기하려면 표시해 주세요."), field="early")
    purging.purge(hub, conf, actor(), early=form.early)
    flash(_("개인정보를 파기했습니다."), "good")
    return redirect(url_for(".page", conf=conf))


def _shown(record: Purge) -> Shown:
    named = _named(record.erased)
    return Shown(
        purge=record, erased=named, traces=sum(record.erased.values()) - sum(rows for _words, rows in named)
    )


def _named(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the counts of what people have words for, in the order in which it is erased."""
    return [
        (translate_message(one.words, {}), counts[one.name])
        for one in current_hub().erasures
        if one.words and one.name in counts
    ]
