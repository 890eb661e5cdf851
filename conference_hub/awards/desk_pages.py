"""The desk's pages of awards: the list, and the form of one award."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.store import working_plan
from conference_hub.awards.arranging import loads, natural
from conference_hub.awards.cues import award_cues, get_cue
from conference_hub.awards.desk_requests import AwardForm, AwardsQuery, MoveAwards, Remove
from conference_hub.awards.joint import sense_of
from conference_hub.awards.keys import CEREMONY_KEY, award_key
from conference_hub.awards.levels import LevelId
from conference_hub.awards.model import NOWHERE, Award, AwardId, AwardKind, StandIn, with_progress
from conference_hub.awards.openings import SealedPage, note
from conference_hub.awards.preparation import Prepared, place, put_award, remove_awards
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.people.search import holds
from conference_hub.people.store import find_guest, holder_of
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

PREFIX = "/c/<conf>/desk/awards"
awards_desk_bp = Blueprint("awards_desk", __name__, url_prefix=PREFIX)


def note_opening() -> None:
    """Note who opens a page of the desk that shows recipients."""
    conf = (request.view_args or {}).get("conf", "")
    hub = current_hub()
    note(hub.database, conf, viewer().worker(conf), SealedPage.AWARDS, hub.now())


awards_desk_bp.before_request(note_opening)

ROWS = 100
"""Awards on one page of the list."""
SHOWN: Mapping[str, Callable[[Award], bool]] = {
    "missing": lambda award: award.lacks_recipient,
    "unplaced": lambda award: not award.placed,
    "unnamed": lambda award: award.unnamed,
    "joint": lambda award: award.joint is not None,
    "fixed": lambda award: award.state.is_fixed,
}


@awards_desk_bp.get("")
@allow(Role.ORGANISER)
@takes(AwardsQuery)
def awards(query: AwardsQuery, conf: str) -> ResponseReturnValue:
    """Show the awards, filtered, a page at a time."""
    with current_hub().database.reading() as db:
        prepared, plan = load_prepared(db, conf), working_plan(db, conf)
    found = _filtered(prepared, query)
    pages = max(1, -(-len(found) // ROWS))
    page = min(max(1, query.page), pages)
    return render_template(
        "awards/desk_list.html",
        prepared=prepared,
        plan=plan,
        cues=award_cues(plan, loads(prepared.awards.values(), prepared.levels)),
        found=len(found),
        awards=found[(page - 1) * ROWS : page * ROWS],
        page=page,
        pages=pages,
        query=query,
        missing=sum(award.lacks_recipient for award in prepared.awards.values()),
        unplaced=sum(not award.placed for award in prepared.awards.values()),
    )


@awards_desk_bp.post("")
@allow(Role.ORGANISER)
@takes_form(MoveAwards, awards)
def move(form: MoveAwards, conf: str) -> ResponseReturnValue:
    """Put the chosen awards into another cue, or out of the ceremony."""
    if not form.award:
        raise Refused(msg("옮길 상을 먼저 골라 주세요."), code="nothing_given")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        cue_id, lane_id = _place_of(write.session, conf, form.cue)
        prepare(write, lambda now: place(now, form.award, cue_id, lane_id))
    flash(_("%(count)s건을 옮겼습니다.", count=len(form.award)), "good")
    query = request.query_string.decode()
    return redirect(url_for(".awards", conf=conf) + (f"?{query}" if query else ""))


@awards_desk_bp.get("/new")
@allow(Role.ORGANISER)
def new_award(conf: str) -> ResponseReturnValue:
    """Show the form of a new award."""
    return _form(conf, None)


@awards_desk_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(AwardForm, new_award)
def add_award(form: AwardForm, conf: str) -> ResponseReturnValue:
    """Add an award."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        award = _award(write, form, new_id(), None)
        prepare(write, lambda now: put_award(now, award), subject=award_key(award.id))
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".edit_award", conf=conf, award_id=award.id))


@awards_desk_bp.get("/<award_id>")
@allow(Role.ORGANISER)
def edit_award(conf: str, award_id: str) -> ResponseReturnValue:
    """Show the form of an award; raises NotFound."""
    return _form(conf, award_id)


@awards_desk_bp.post("/<award_id>")
@allow(Role.ORGANISER)
@takes_form(AwardForm, edit_award)
def change_award(form: AwardForm, conf: str, award_id: str) -> ResponseReturnValue:
    """Change an award; refused once it is revealed, and when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        before = load_prepared(write.session, conf).award(award_id)
        _require_same(write, form.seen, before)
        award = _award(write, form, award_id, before)
        prepare(write, lambda now: put_award(now, award), subject=award_key(before.id))
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".edit_award", conf=conf, award_id=award_id))


@awards_desk_bp.post("/<award_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Remove, edit_award)
def remove_award(form: Remove, conf: str, award_id: str) -> ResponseReturnValue:
    """Remove an award; refused once it is revealed, and when somebody else changed it since it was shown."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        _require_same(write, form.seen, load_prepared(write.session, conf).award(award_id))
        prepare(write, lambda now: remove_awards(now, [award_id]))
    flash(_("삭제했습니다."), "good")
    return redirect(url_for(".awards", conf=conf))


def _filtered(prepared: Prepared, query: AwardsQuery) -> list[Award]:
    found: Iterable[Award] = prepared.awards.values()
    if query.programme:
        own = {one.id for one in prepared.levels.values() if one.programme_id == query.programme}
        found = (award for award in found if award.level_id in own)
    if query.level:
        found = (award for award in found if award.level_id == query.level)
    if query.cue:
        found = (award for award in found if award.cue_id == query.cue)
    if shown := SHOWN.get(query.show or ""):
        found = (award for award in found if shown(award))
    if query.q:
        found = (award for award in found if _matches(award, query.q))
    return sorted(found, key=lambda award: (natural(award.number), award.id))


def _matches(award: Award, words: str) -> bool:
    return holds(
        (award.recipient, award.number, award.organisation, award.representative, award.presenter), words
    )


def _form(conf: str, award_id: str | None) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        prepared, plan = load_prepared(db, conf), working_plan(db, conf)
        award = prepared.award(award_id) if award_id else None
        guest = find_guest(db, conf, award.guest_id) if award and award.guest_id else None
    return render_template(
        "awards/desk_award.html",
        prepared=prepared,
        award=award,
        guest=guest,
        cues=award_cues(plan, loads(prepared.awards.values(), prepared.levels)),
        sense=sense_of(award, prepared.awards.values()) if award else None,
        words=sorted({one.joint for one in prepared.awards.values() if one.joint}),
        lanes={lane.id: lane.title for lane in plan.lanes},
        seen=mark_of(award) if award else "",
        kinds=list(AwardKind),
        stand_ins=[one for one in StandIn if one],
    )


def _require_same(write: Write, seen: str | None, award: Award) -> None:
    require_same(write, seen or "", award, award_key(award.id), CEREMONY_KEY)


def _place_of(session: Session, conf: str, cue_id: str | None) -> tuple[CueId, LaneId]:
    if cue_id is None:
        return NOWHERE, NOWHERE
    cue = get_cue(working_plan(session, conf), cue_id)
    return cue.id, cue.lane_id


def _award(write: Write, form: AwardForm, award_id: str, before: Award | None) -> Award:
    cue_id, lane_id = _place_of(write.session, write.conf, form.cue)
    stated = Award(
        id=AwardId(award_id),
        level_id=LevelId(form.level),
        lane_id=lane_id,
        cue_id=cue_id,
        call_order=before.call_order if before else 0,
        kind=form.kind,
        recipient=None if form.kind is AwardKind.ORGANISATION else form.recipient,
        organisation=form.organisation,
        guest_id=_guest_id(write.session, write.conf, form.guest),
        profile=form.profile,
        number=form.number or (before.number if before else ""),
        unnamed=form.unnamed and not form.recipient and form.kind is not AwardKind.ORGANISATION,
        citation=form.citation,
        representative=form.representative,
        stand_in=StandIn.of(form.stand_in, form.kind, form.representative),
        relation=form.relation,
        presenter=form.presenter,
        read_by=form.read_by,
        honorific=form.honorific,
        conferrer=form.conferrer,
        pronunciation=form.pronunciation,
        joint=form.joint,
    )
    return with_progress(stated, before)


def _guest_id(session: Session, conf: str, words: str | None) -> str | None:
    if words is None:
        return None
    found = holder_of(session, conf, words)
    if found is None:
        raise Invalid(msg("이 이메일이나 번호의 참석자가 명단에 없습니다."), field="guest")
    return found
