"""The desk's pages of webhooks: what there are and how they do, their forms, a test, and the secret, shown once."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.run_store import followed_plan
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.outgoing import actions, message, osc_store, store
from conference_hub.outgoing.model import SEALED_STREAMS, Hook
from conference_hub.outgoing.requests import HookEdit, HookForm, ResumeHook, SendAgain
from conference_hub.outgoing.retries import GIVE_UP_AFTER, Delivered
from conference_hub.outgoing.sending import send, send_again
from conference_hub.outgoing.topics import GROUPS, topics
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message
from conference_hub.web.requests import Nothing

outgoing_desk_bp = Blueprint("outgoing_desk", __name__, url_prefix="/c/<conf>/desk/outgoing")

STREAMS = {
    Stream.PUBLIC: Text(ko="공개", en="Public"),
    Stream.STAFF: Text(ko="현장 접수", en="Check-in staff"),
    Stream.SEALED: Text(ko="봉인 (수상자 이름 포함)", en="Sealed (with recipients)"),
    Stream.OPERATOR: Text(ko="운영 (수상자 이름 포함)", en="Operator (with recipients)"),
}
"""What the audiences are called whose facts a webhook sends."""


@outgoing_desk_bp.get("")
@allow(Role.ORGANISER)
def outgoing(conf: str) -> ResponseReturnValue:
    """List the webhooks and how they do, and the OSC addresses."""
    with current_hub().database.reading() as db:
        listed = [(hook, store.waiting(db, hook)) for hook in store.hooks(db, conf)]
        targets, lanes = osc_store.targets(db, conf), followed_plan(db, conf).lanes
    return render_template("outgoing/list.html", hooks=listed, streams=STREAMS, targets=targets, lanes=lanes)


@outgoing_desk_bp.get("/hooks/new")
@allow(Role.ORGANISER)
def new_hook(conf: str) -> ResponseReturnValue:  # noqa: ARG001 - of the address
    """Show the form of a new webhook."""
    return render_template("outgoing/hook_form.html", hook=None, seen="", **_choices())


@outgoing_desk_bp.post("/hooks/new")
@allow(Role.ORGANISER)
@takes_form(HookForm, new_hook)
def add_hook(form: HookForm, conf: str) -> ResponseReturnValue:
    """Add a webhook and show its secret this once."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        hook = actions.add_hook(write, form.draft, private=private())
    return _secret_shown(hook, _("웹훅을 추가했습니다"))


@outgoing_desk_bp.get("/hooks/<hook_id>")
@allow(Role.ORGANISER)
def hook(conf: str, hook_id: str) -> ResponseReturnValue:
    """Show how a webhook does, and what it sent last; raises NotFound."""
    return _hook_page(conf, hook_id)


@outgoing_desk_bp.get("/hooks/<hook_id>/edit")
@allow(Role.ORGANISER)
def edit_hook(conf: str, hook_id: str) -> ResponseReturnValue:
    """Show the form of a webhook; raises NotFound."""
    with current_hub().database.reading() as db:
        found = store.get_hook(db, conf, hook_id)
    return render_template("outgoing/hook_form.html", hook=found, seen=mark_of(found.draft), **_choices())


@outgoing_desk_bp.post("/hooks/<hook_id>/edit")
@allow(Role.ORGANISER)
@takes_form(HookEdit, edit_hook)
def change_hook(form: HookEdit, conf: str, hook_id: str) -> ResponseReturnValue:
    """Change a webhook; refused when somebody else changed it since the form was made."""
    return _changed(
        conf,
        hook_id,
        lambda write: actions.change_hook(write, hook_id, form.draft, seen=form.seen, private=private()),
        _("저장했습니다."),
    )


@outgoing_desk_bp.post("/hooks/<hook_id>/pause")
@allow(Role.ORGANISER)
@takes_form(Nothing, hook)
def pause_hook(_form: Nothing, conf: str, hook_id: str) -> ResponseReturnValue:
    """Have a webhook send nothing until it is resumed."""
    return _changed(conf, hook_id, lambda write: actions.pause_hook(write, hook_id), _("일시 중지했습니다."))


@outgoing_desk_bp.post("/hooks/<hook_id>/resume")
@allow(Role.ORGANISER)
@takes_form(ResumeHook, hook)
def resume_hook(form: ResumeHook, conf: str, hook_id: str) -> ResponseReturnValue:
    """Have a webhook send again."""
    return _changed(
        conf,
        hook_id,
        lambda write: actions.resume_hook(write, hook_id, from_now=form.begin == "now"),
        _("다시 보냅니다."),
    )


@outgoing_desk_bp.post("/hooks/<hook_id>/rotate")
@allow(Role.ORGANISER)
@takes_form(Nothing, hook)
def rotate_secret(_form: Nothing, conf: str, hook_id: str) -> ResponseReturnValue:
    """Give a webhook another secret and show it this once."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        found = actions.rotate_secret(write, hook_id)
    return _secret_shown(found, _("비밀 값을 새로 만들었습니다"))


@outgoing_desk_bp.post("/hooks/<hook_id>/retire")
@allow(Role.ORGANISER)
@takes_form(Nothing, hook)
def retire_secret(_form: Nothing, conf: str, hook_id: str) -> ResponseReturnValue:
    """Sign by the present secret only from now on."""
    return _changed(
        conf,
        hook_id,
        lambda write: actions.retire_secret(write, hook_id),
        _("이제 새 비밀 값으로만 서명합니다."),
    )


@outgoing_desk_bp.post("/hooks/<hook_id>/resend")
@allow(Role.ORGANISER)
@takes_form(SendAgain, hook)
def resend(form: SendAgain, conf: str, hook_id: str) -> ResponseReturnValue:
    """Send a message that was sent before once more, and show what was answered."""
    return _hook_page(conf, hook_id, send_again(current_hub(), conf, hook_id, form.seq))


@outgoing_desk_bp.post("/hooks/<hook_id>/test")
@allow(Role.ORGANISER)
@takes_form(Nothing, hook)
def try_hook(_form: Nothing, conf: str, hook_id: str) -> ResponseReturnValue:
    """Send a signed test message now, and show what was answered."""
    hub = current_hub()
    with hub.database.reading() as db:
        found = store.get_hook(db, conf, hook_id)
    return _hook_page(conf, hook_id, send(hub, found, message.of_test(found, hub.now())))


@outgoing_desk_bp.post("/hooks/<hook_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Nothing, hook)
def remove_hook(_form: Nothing, conf: str, hook_id: str) -> ResponseReturnValue:
    """Remove a webhook."""
    return changed(conf, lambda write: actions.remove_hook(write, hook_id), _("삭제했습니다."))


def _hook_page(conf: str, hook_id: str, tested: object = None) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        found = store.get_hook(db, conf, hook_id)
        sent = store.deliveries(db, conf, hook_id, store.DELIVERIES_KEPT)
        waiting = store.waiting(db, found)
    at = current_hub().now()
    return render_template(
        "outgoing/hook.html",
        hook=found,
        deliveries=sent,
        waiting=waiting,
        gives_up_at=(found.trying_since or at) + GIVE_UP_AFTER,
        both_until=message.both_until(found, at),
        streams=STREAMS,
        tested=tested,
        arrived=isinstance(tested, Delivered),
    )


def _secret_shown(hook: Hook, title: str) -> ResponseReturnValue:
    secret = message.secret_of(current_hub().settings.secret_key, hook.conf, hook.id, hook.secret_number)
    answer = render_template("outgoing/secret.html", hook=hook, secret=secret, title=title)
    return answer, {"Cache-Control": "no-store"}


def _choices() -> dict[str, object]:
    groups = [(translate_message(GROUPS[group], {}), own) for group, own in topics().items()]
    return {"streams": STREAMS, "sealed_streams": SEALED_STREAMS, "groups": groups}


def private() -> bool:
    """Return whether private networks may be reached."""
    return current_hub().settings.outgoing_private


def changed(conf: str, act: Callable[[Write], object], words: str, back: str = "") -> ResponseReturnValue:
    """Carry out what an organiser does with a webhook or an OSC address, say so, and lead to the page `back`."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        act(write)
    flash(words, "good")
    return redirect(back or url_for("outgoing_desk.outgoing", conf=conf))


def _changed(conf: str, hook_id: str, act: Callable[[Write], object], words: str) -> ResponseReturnValue:
    return changed(conf, act, words, url_for("outgoing_desk.hook", conf=conf, hook_id=hook_id))
