"""A guest as the fields of the desk's form, and back."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.access.middleware import conference
from conference_hub.checkin.guest_requests import EditGuest
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.people import store as people
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GroupId, Guest, GuestId
from conference_hub.web.wordings import given_text


def as_typed(found: Guest) -> dict[str, str]:
    """Return a guest as the fields of the form hold them."""
    label = found.label or Text(ko="-")
    typed = {
        name: str(getattr(found, name) or "")
        for name in EditGuest.model_fields
        if name not in {"seen", "role_ko", "role_en"}
    }
    roles = {"role_ko": label.ko, "role_en": label.en} if found.label else {"role_ko": "", "role_en": ""}
    return typed | roles


def written_by(write: Write, form: EditGuest, guest_id: GuestId, before: Guest | None) -> Guest:
    """Return the guest whom a form describes; `before` is the guest as they were. Raises Invalid."""
    label = given_text(form, "role")
    if form.name is None and label is None:
        raise Invalid(msg("이름이 없으면 역할·직함이 있어야 합니다."), field="name")
    if form.group and form.group not in all_groups(write.session, write.conf):
        raise Invalid(msg("그런 구분이 없습니다."), field="group")
    holder = people.holder_of_email(write.session, write.conf, form.email) if form.email else None
    if holder not in {None, guest_id}:
        raise Invalid(msg("이미 명단에 있는 주소입니다."), field="email")
    written = Guest(
        id=guest_id,
        number=form.number or (before.number if before else ""),
        name=form.name,
        label=label,
        pronunciation=form.pronunciation,
        organisation=form.organisation,
        group=GroupId(form.group) if form.group else None,
        mode=form.mode,
        seat=form.seat,
        email=form.email,
        phone=form.phone,
        needs=form.needs,
        look=form.look,
        party=form.party,
        notes=form.notes,
        language=form.language,
    )
    return replace(written, label=_other_wording(label, before.label if before else None))


def _other_wording(label: Text | None, had: Text | None) -> Text | None:
    """Keep the wording in a language that the conference does not use, so that the form does not show it."""
    if label is None or had is None or len(conference().languages) > 1:
        return label
    return Text(ko=label.ko or had.ko, en=label.en or had.en)
