"""The desk's forms of points: what is counted, when it is open, and when people may come in again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.access.middleware import conference
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.gates import store
from conference_hub.gates.actions import remove_point, set_points
from conference_hub.gates.keys import point_key
from conference_hub.gates.model import Point, PointId, PointKind, Reentry, Window
from conference_hub.gates.pages import gates
from conference_hub.gates.requests import PointEdit, PointForm
from conference_hub.gates.rules import NEEDS_EXITS, in_time, needs_exits
from conference_hub.places.desk_list import TitledList, add_list
from conference_hub.web.local_time import instant
from conference_hub.web.wordings import required_text

gate_points_bp = Blueprint("gate_points", __name__, url_prefix="/c/<conf>/desk/gates/points")


class Points(TitledList[Point, PointForm]):
    """The points of a conference: changing one leaves what was scanned as it was; one with gates is not removed."""

    page, item, path, most, unknown = "gate_pages.gates", "point", "", 50, store.NO_POINT
    form, edit = PointForm, PointEdit

    @override
    def read(self, session: Session) -> Sequence[Point]:
        return store.all_points(session, self.conf)

    @override
    def save(self, write: Write, after: Sequence[Point]) -> None:
        set_points(write, after)

    @override
    def remove(self, write: Write, item: Point) -> None:
        remove_point(write, item.id)

    @override
    def key(self, item_id: str) -> str:
        return point_key(item_id)

    @override
    def show_form(self, item: Point | None, seen: int) -> ResponseReturnValue:
        return render_template(
            "gates/point_form.html", point=item, kinds=list(PointKind), reentries=list(Reentry), seen=seen
        )

    @override
    def made(self, write: Write, form: PointForm, item_id: str) -> Point:
        if needs_exits(form.reentry, exits=form.exits):
            raise Invalid(NEEDS_EXITS, field="reentry")
        return Point(
            id=PointId(item_id),
            title=required_text(form, "title", conference().languages),
            position=0,
            kind=form.kind,
            exits=form.exits,
            reentry=form.reentry,
            daily=form.daily,
            windows=_windows(form),
        )


add_list(gate_points_bp, Points, gates)


def _windows(form: PointForm) -> tuple[Window, ...]:
    zone, found = conference().zone, []
    for opens, closes in zip_longest(form.opens, form.closes):
        if opens is None and closes is None:
            continue
        if opens is None or closes is None or closes <= opens:
            raise Invalid(msg("여는 시각과 그보다 늦은 닫는 시각을 함께 적어 주세요."), field="opens")
        opens_at, closes_at = (instant(one, zone, field="opens") for one in (opens, closes))
        found.append(Window(opens_at=opens_at, closes_at=closes_at))
    return in_time(found)
