"""The desk's pages from which organisers write a mail to many: what it says, who gets it, and the press."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import NotFound, msg
from conference_hub.mails.bulk_audience import audience, get_occasion
from conference_hub.mails.bulk_letters import sample
from conference_hub.mails.bulk_writing import begin
from conference_hub.mails.pages import way_of_mails
from conference_hub.outbox.bulk import BulkMail
from conference_hub.outbox.round_store import find_going
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing

mail_bulk_bp = Blueprint("mail_bulk", __name__, url_prefix="/c/<conf>/desk/mail/write")


@mail_bulk_bp.get("")
@allow(Role.ORGANISER)
def kinds(conf: str) -> ResponseReturnValue:
    """Show the mails to many, and for what each can be sent now."""
    del conf
    hub = current_hub()
    with hub.database.reading() as db:
        found = [(bulk.kind, bulk.occasions(db, conference(), hub.now())) for bulk in hub.bulk_mails.values()]
    return render_template("mails/bulk_kinds.html", kinds=found)


@mail_bulk_bp.get("/<bulk>/<occasion>")
@allow(Role.ORGANISER)
def preview(conf: str, bulk: str, occasion: str) -> ResponseReturnValue:
    """Show what a mail says, who gets it and who does not, and how far it is while it is being written."""
    del conf
    hub, found = current_hub(), _bulk(bulk)
    with hub.database.reading() as db:
        about = get_occasion(db, conference(), found, occasion, hub.now())
        public_url = hub.settings.public_url
        return render_template(
            "mails/bulk.html",
            kind=found.kind,
            occasion=about,
            writing=find_going(db, conference().slug, found.kind.name, about.id),
            audience=audience(db, conference(), found, about),
            shown={
                lang: sample(db, conference(), found, about, public_url, lang)
                for lang in conference().languages
            },
            **way_of_mails(),
        )


@mail_bulk_bp.post("/<bulk>/<occasion>")
@allow(Role.ORGANISER)
@takes_form(Nothing, preview)
def write(_form: Nothing, conf: str, bulk: str, occasion: str) -> ResponseReturnValue:
    """Have the mail written to everybody who has not had it yet."""
    hub, found = current_hub(), _bulk(bulk)
    with hub.database.reading() as db:
        about = get_occasion(db, conference(), found, occasion, hub.now())
        count = len(audience(db, conference(), found, about).to)
    if not count:
        flash(_("지금 이 메일을 받을 사람이 더 없습니다."), "info")
        return redirect(url_for(".preview", conf=conf, bulk=bulk, occasion=occasion))
    with hub.journal.writing(conf, actor=actor()) as write:
        begin(write, found, about, count)
    flash(ngettext("%(num)d명에게 보낼 메일을 씁니다.", "%(num)d명에게 보낼 메일을 씁니다.", count), "good")
    return redirect(url_for("mail_sendings.listed", conf=conf))


def _bulk(name: str) -> BulkMail:
    found: BulkMail | None = current_hub().bulk_mails.get(name)
    if found is None:
        raise NotFound(msg("지금은 보낼 수 없는 메일입니다."))
    return found
