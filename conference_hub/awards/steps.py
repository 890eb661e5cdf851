"""What can be undone and redone on awards: their steps, and what each award offers next."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda import history
from conference_hub.agenda import steps as run
from conference_hub.agenda.history import LIVE_RUN, Offer, Step
from conference_hub.awards import values
from conference_hub.awards.documents import Options
from conference_hub.awards.facts import AwardCorrected
from conference_hub.awards.keys import AWARD, award_key
from conference_hub.awards.model import Award, AwardId, Ceremony
from conference_hub.awards.verbs import code_of, refusals_in
from conference_hub.core.journal import Write

NOTHING = Offer()
STEP = run.STEP
LIKE_SPECIAL = re.compile("[%_/]")


def steps_about(
    session: Session, conf: str, award_ids: Collection[AwardId], *, whole: bool = False
) -> list[Step]:
    """Return the steps that these awards, and others that share a step with them, offer to undo and redo now.

    With `whole` these are all steps of each such award that may still be undone or redone, one after the other.
    """
    keys = {award_key(award_id) for award_id in award_ids}
    found = _read(session, conf, keys, keys, whole=whole)
    others = {step.subject for step in found} - keys
    if not others:
        return found
    more = _read(session, conf, others, (), whole=whole)
    return [*(step for step in found if step.subject not in others), *more]


def offers_in(found: Iterable[Step]) -> dict[AwardId, Offer]:
    """Return what each award of the given steps offers: the newest step to undo, the oldest to redo."""
    offers: dict[AwardId, Offer] = {}
    for step in sorted(found, key=lambda step: step.number):
        award_id = award_of(step.subject)
        known = offers.get(award_id, NOTHING)
        if step.undone_at is None:
            offers[award_id] = Offer(undo=step, redo=known.redo)
        elif known.redo is None:
            offers[award_id] = Offer(undo=known.undo, redo=step)
    return offers


def all_offers(session: Session, conf: str) -> dict[AwardId, Offer]:
    """Return what every award offers, in one statement."""
    found = run.offers(session, conf, LIVE_RUN)
    return {award_of(subject): offer for subject, offer in found.items() if subject.startswith(AWARD)}


def with_newest(known: Iterable[Step], newest: Step) -> list[Step]:
    """Return the steps after a command: what could be redone of its award no longer can."""
    return [*(step for step in known if step.subject != newest.subject or step.undone_at is None), newest]


def with_marked(known: Iterable[Step], marked: Step) -> list[Step]:
    """Return the steps after one of them was undone or redone."""
    return [marked if step.number == marked.number else step for step in known]


def end_corrections(write: Write, award_id: AwardId, before: Iterable[Step], after: Iterable[Step]) -> None:
    """Delete the steps of an award's corrections that it does not offer to undo or redo any more, with their texts.

    `before` and `after` are the steps about the award before and after a command on it.
    """
    offer = offers_in(after).get(award_id, NOTHING)
    ended = [
        step.number
        for step in before
        if step.topic == AwardCorrected.topic
        and award_of(step.subject) == award_id
        and step.number not in {one.number for one in (offer.undo, offer.redo) if one}
    ]
    if ended:
        run.forget(write, LIVE_RUN, ended)


def options(
    ceremony: Ceremony, found: Iterable[Step], award_ids: Iterable[AwardId]
) -> dict[AwardId, Options]:
    """Return what operators may do with some awards next; `found` are the steps about them."""
    return offered(ceremony, offers_in(found), award_ids)


def offered(
    ceremony: Ceremony, offers: Mapping[AwardId, Offer], award_ids: Iterable[AwardId]
) -> dict[AwardId, Options]:
    """Return what operators may do with some awards next, found by trying the rules, those of undo and redo too."""
    return {
        award_id: _options(ceremony.awards[award_id], offers.get(award_id, NOTHING), ceremony.awards)
        for award_id in award_ids
    }


def award_of(subject: str) -> AwardId:
    """Return the award that a step is a command on."""
    return AwardId(subject.removeprefix(AWARD))


def _options(award: Award, offer: Offer, awards: Mapping[AwardId, Award]) -> Options:
    subject, undo, redo = award_key(award.id), offer.undo, offer.redo
    left = values.current(undo.after if undo else (), awards)
    replaced = values.current(redo.before if redo else (), awards)
    return Options(
        commands={
            **refusals_in(award.state),
            "undo": code_of(lambda: history.undo(subject, undo, left)),
            "redo": code_of(lambda: history.redo(subject, redo, replaced)),
        },
        undo=history.offered_document(undo),
        redo=history.offered_document(redo),
    )


def _read(
    session: Session, conf: str, subjects: Collection[str], touched: Collection[str], *, whole: bool
) -> list[Step]:
    """Return the steps of some subjects, and those of all awards that changed what is stored under `touched`, in order.

    Steps that cannot be redone any more are left out; unless `whole`, those that others must be undone or redone
    before, too.
    """
    given = {f"touched_{n}": LIKE_SPECIAL.sub(r"/\g<0>", json.dumps(key)) for n, key in enumerate(touched)}
    found = session.connection().execute(
        _about(len(touched), whole=whole), {"conf_": conf, "subjects_": list(subjects), **given}
    )
    return [run.step_of(row) for row in found.mappings()]


@cache
def _about(touched: int, *, whole: bool) -> sa.Select[Any]:
    """Return the statement of `_read` for so many keys."""
    stored = sa.cast(STEP.after, sa.Text)
    holding = [stored.contains(sa.bindparam(f"touched_{n}"), escape="/") for n in range(touched)]
    return (
        sa.select(run.STEPS)
        .where(
            STEP.conf == sa.bindparam("conf_"),
            STEP.run_id == LIVE_RUN,
            ~STEP.cleared,
            sa.or_(
                STEP.subject.in_(sa.bindparam("subjects_", expanding=True)),
                sa.and_(STEP.subject.startswith(AWARD), sa.or_(sa.false(), *holding)),
            ),
            sa.true() if whole else ~_behind_another(),
        )
        .order_by(STEP.number)
    )


def _behind_another() -> sa.ColumnElement[bool]:
    """Match a step before which another one of its subject must be undone or redone."""
    other = run.STEPS.alias("other").c
    same = sa.and_(*(other[name] == STEP[name] for name in ("conf", "run_id", "subject")))
    undone_first = sa.and_(STEP.undone_at.is_(None), other.undone_at.is_(None), other.number > STEP.number)
    redone_first = sa.and_(
        STEP.undone_at.is_not(None), other.undone_at.is_not(None), ~other.cleared, other.number < STEP.number
    )
    return sa.or_(sa.exists().where(same, undone_first), sa.exists().where(same, redone_first))
