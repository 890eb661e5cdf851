"""The desk's page of screens: which links there are, another one, and the end of one."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.model import Lane, LaneId
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.screens.actions import links_of, make_link, revoke_link
from conference_hub.screens.applause import set_applause, takes_applause
from conference_hub.screens.asked import live_plan
from conference_hub.screens.keys import APPLAUSE
from conference_hub.screens.model import ScreenKind
from conference_hub.screens.requests import ApplauseForm, ScreenForm
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import render_text
from conference_hub.web.requests import Nothing

screens_desk_bp = Blueprint("screens_desk", __name__, url_prefix="/c/<conf>/desk/screens")


@screens_desk_bp.get("")
@allow(Role.ORGANISER)
def screens(conf: str) -> ResponseReturnValue:
    """List the links of screens, with the form of another one."""
    lanes = live_plan(conf).lanes
    with current_hub().database.reading() as db:
        links = [(link, ScreenKind(link.kind), _settings(link.options, lanes)) for link in links_of(db, conf)]
        taken = takes_applause(db, conf)
    return render_template(
        "screens/desk_list.html",
        links=links,
        kinds=_kinds(),
        lanes=lanes,
        applause=taken,
        seen=mark_of(taken),
    )


@screens_desk_bp.post("")
@allow(Role.ORGANISER)
@takes_form(ScreenForm, screens)
def make_screen(form: ScreenForm, conf: str) -> ResponseReturnValue:
    """Make a link and show it this once."""
    if form.kind not in _kinds():
        raise Invalid(msg("고를 수 없는 값입니다: %(field)s"), field="kind")
    if form.lane and form.lane not in {lane.id for lane in live_plan(conf).lanes}:
        raise Invalid(msg("그런 진행 구역이 없습니다."), field="lane")
    options = urlencode(_options(form))
    with current_hub().journal.writing(conf, actor=actor()) as write:
        secret = make_link(write, kind=form.kind, name=form.name, options=options)
    link = f"{current_hub().settings.public_url}/s/{secret}?{options}"
    return render_template("screens/made.html", name=form.name, kind=form.kind, link=link)


@screens_desk_bp.post("/applause")
@allow(Role.ORGANISER)
@takes_form(ApplauseForm, screens)
def applause(form: ApplauseForm, conf: str) -> ResponseReturnValue:
    """Say whether the audience may clap."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        require_same(write, form.seen or "", takes_applause(write.session, conf), APPLAUSE)
        set_applause(write, taken=form.taken)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".screens", conf=conf))


@screens_desk_bp.post("/<screen_id>/revoke")
@allow(Role.ORGANISER)
@takes_form(Nothing, screens)
def revoke_screen(_form: Nothing, conf: str, screen_id: str) -> ResponseReturnValue:
    """Revoke a link: its screens are blank at once."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        revoke_link(write, screen_id)
    hub.tell_ended()
    flash(_("화면 링크를 회수했습니다."), "good")
    return redirect(url_for("screens_desk.screens", conf=conf))


def _settings(options: str, lanes: Iterable[Lane]) -> str:
    """Return in words what a link was made with."""
    given = dict(parse_qsl(options))
    titles = {lane.id: render_text(lane.title) for lane in lanes}
    words = [titles.get(LaneId(given["lane"]), given["lane"])] if "lane" in given else []
    words.append(_("한국어") if given.get("lang") == "ko" else _("영어"))
    words += [_("밝음")] if given.get("theme") == "light" else []
    words += [_("투명한 바탕")] if given.get("transparent") == "1" else []
    words += [_("리허설")] if given.get("run") == "rehearsal" else []
    words += [_("%(ms)s밀리초 늦게", ms=given["delay_ms"])] if "delay_ms" in given else []
    return " · ".join(words)


def _kinds() -> list[ScreenKind]:
    pages = current_hub().screen_pages
    return [kind for kind in ScreenKind if kind in pages]


def _options(form: ScreenForm) -> dict[str, str]:
    """Return the query of the address; what is usual is left out."""
    usual = {"lane": "", "theme": "dark", "transparent": "0", "delay_ms": "0", "run": "auto"}
    chosen = {
        "lane": form.lane or "",
        "lang": form.lang,
        "theme": form.theme,
        "transparent": str(int(form.transparent)),
        "delay_ms": str(form.delay_ms),
        "run": form.run,
    }
    return {name: value for name, value in chosen.items() if value != usual.get(name)}
