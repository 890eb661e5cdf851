"""The desk's page of the seal: what the gate may know, and the proof of the results."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.run_store import followed_plan
from conference_hub.awards.calling import in_calling_order
from conference_hub.awards.desk_pages import PREFIX
from conference_hub.awards.desk_requests import Commit, GateOrder, OpenResults, TellRecipients
from conference_hub.awards.hints import hints_of
from conference_hub.awards.keys import PROOF_KEY, SEAL
from conference_hub.awards.model import Ceremony
from conference_hub.awards.openings import openings
from conference_hub.awards.proof import Commitment, kept
from conference_hub.awards.proof_actions import commit, open_results
from conference_hub.awards.proof_store import commitments, salts_of
from conference_hub.awards.sealing import Seal, seal_of, set_gate_order
from conference_hub.awards.soon_actions import set_told
from conference_hub.awards.store import load
from conference_hub.core.journal import Write
from conference_hub.core.sighted import changed_meanwhile, mark_of, require_same
from conference_hub.core.text import Text
from conference_hub.people.store import guests_of
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub

MOST_SHOWN = 500
"""Lines of the log on its page."""
awards_seal_bp = Blueprint("awards_seal", __name__, url_prefix=f"{PREFIX}/seal")


@awards_seal_bp.get("")
@allow(Role.ORGANISER)
def seal(conf: str) -> ResponseReturnValue:
    """Show what is told of results before they are revealed."""
    with current_hub().database.reading() as db:
        found, known = seal_of(db, conf), commitments(db, conf)
        ceremony = load(db, conf)
        left = kept(conf, ceremony, known[-1], salts_of(db, conf, known[-1].number)) if known else []
        seats, numbers = _told_to_the_gate(db, conf, ceremony)
    return render_template(
        "awards/desk_seal.html",
        seal=found,
        seats=seats,
        numbers=numbers,
        seen=mark_of(found.gate_order),
        told=mark_of(_mark_of_told(found)),
        commitments=known[::-1],
        committed=_seen(found, known),
        awards=len(ceremony.awards),
        same=bool(known) and len(left) == len(ceremony.awards) == len(known[-1].digests),
        revealed=sum(award.state.is_public for award in ceremony.awards.values()),
    )


@awards_seal_bp.get("/openings")
@allow(Role.ORGANISER)
def opened(conf: str) -> ResponseReturnValue:
    """Show who opened sealed content, and when."""
    with current_hub().database.reading() as db:
        found = openings(db, conf, MOST_SHOWN)
    return render_template("awards/desk_openings.html", openings=found)


@awards_seal_bp.post("/commit")
@allow(Role.ORGANISER)
@takes_form(Commit, seal)
def commit_results(form: Commit, conf: str) -> ResponseReturnValue:
    """Commit to the results as they are."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        _require_seen(write, form.seen)
        commit(write, reason=form.reason or "")
    flash(_("결과의 지문을 공개했습니다."), "good")
    return redirect(url_for(".seal", conf=conf))


@awards_seal_bp.post("/open")
@allow(Role.ORGANISER)
@takes_form(OpenResults, seal)
def open_salts(form: OpenResults, conf: str) -> ResponseReturnValue:
    """Let everybody check what is revealed."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        _require_seen(write, form.seen)
        open_results(write)
    flash(_("누구나 결과를 검증할 수 있습니다."), "good")
    return redirect(url_for(".seal", conf=conf))


@awards_seal_bp.post("/gate")
@allow(Role.ORGANISER)
@takes_form(GateOrder, seal)
def gate_order(form: GateOrder, conf: str) -> ResponseReturnValue:
    """Say whether the gate learns in which order recipients are called."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        require_same(write, form.seen or "", seal_of(write.session, conf).gate_order, SEAL)
        set_gate_order(write, told=form.told)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".seal", conf=conf))


@awards_seal_bp.post("/recipients")
@allow(Role.ORGANISER)
@takes_form(TellRecipients, seal)
def tell_recipients(form: TellRecipients, conf: str) -> ResponseReturnValue:
    """Say whether recipients elsewhere are told that they are called soon."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        require_same(write, form.seen or "", _mark_of_told(seal_of(write.session, conf)), SEAL)
        set_told(write, told=form.recipients)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".seal", conf=conf))


def _told_to_the_gate(db: Session, conf: str, ceremony: Ceremony) -> tuple[list[Text], list[Text]]:
    """Return the titles of the rounds in which seats, and in which numbers of guests, say what is sealed."""
    awards = in_calling_order(
        ceremony.awards.values(), [cue for own in ceremony.rounds.values() for cue in own]
    )
    ids = [award.guest_id for award in awards if award.guest_id]
    guests = {str(guest.id): guest for guest in guests_of(db, conf, dict.fromkeys(ids))}
    found, plan = hints_of(awards, ceremony.levels, guests), followed_plan(db, conf)
    seats, numbers = (
        [plan.cue[cue].title for cue in own if cue in plan.cue] for own in (found.seats, found.numbers)
    )
    return seats, numbers


def _mark_of_told(seal: Seal) -> tuple[str, bool]:
    return "told", seal.tell_recipients


def _require_seen(write: Write, seen: str | None) -> None:
    known = seal_of(write.session, write.conf), commitments(write.session, write.conf)
    if seen != _seen(*known):
        raise changed_meanwhile(write, [PROOF_KEY])


def _seen(seal: Seal, known: Sequence[Commitment]) -> str:
    return mark_of((seal.opened_at is None, len(known)))
