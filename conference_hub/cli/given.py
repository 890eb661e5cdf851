"""`token`, `link` and `device`: listing and revoking them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.access import listing, revoking
from conference_hub.access.model import Role
from conference_hub.cli.common import Parsers, opened
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.cli.words import _
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.core.actor import SYSTEM_NAMES, Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.gates import model as gates
from conference_hub.gates.device_actions import end_device
from conference_hub.gates.device_store import all_devices, find_device
from conference_hub.web.hub import Hub

Given = listing.GivenLink | listing.GivenToken | listing.Device | gates.Device
List = Callable[[Session, str, datetime], list[Given]]
Revoke = Callable[[Write, str], None]


def add_parsers(commands: Parsers) -> None:
    """Add `token` and `device`; `link` is in `people.py`, because it also makes links."""
    for name, what in (
        ("token", _("기계용 토큰을 보여 주고 회수합니다")),
        ("device", _("로그인한 기기를 보여 주고 회수합니다")),
    ):
        group = commands.add_parser(name, help=what, description=what)
        actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
        one = actions.add_parser(
            "list", help=_("id, 행사, 역할, 이름, 만든 때, 마지막 사용, 상태를 보여 줍니다")
        )
        add_conf(one)
        one.set_defaults(run=run_list, kind=name)
        one = actions.add_parser("revoke", help=_("하나를 바로 끝냅니다"))
        one.add_argument("id", help=_("`list`에 나오는 id"))
        one.set_defaults(run=run_revoke, kind=name)


def add_conf(parser: argparse.ArgumentParser) -> None:
    """Add `--conf`, which narrows a list to one conference."""
    parser.add_argument("--conf", help=_("행사의 슬러그 (기본값: 모두)"))


def run_list(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Print what still gives access, one a line, fields separated by tabs."""
    with opened(env) as hub, hub.database.reading() as db:
        for conf in _conferences(db, arguments.conf):
            for given in LISTS[arguments.kind](db, conf, hub.now()):
                print("\t".join(_fields(given)))
    return 0


def run_revoke(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Revoke one; the sockets that use it in a running server are closed within seconds."""
    with opened(env) as hub:
        conf = _conference_of(hub, arguments.kind, arguments.id)
        with hub.journal.writing(conf, actor=COMMAND_LINE) as write:
            REVOKES[arguments.kind](write, arguments.id)
    print(_("%(id)s: 회수했습니다", id=arguments.id))
    return 0


def _tokens(db: Session, conf: str, _at: datetime) -> list[Given]:
    return [*listing.tokens(db, conf)]


def _links(db: Session, conf: str, at: datetime) -> list[Given]:
    return [*listing.links(db, conf, at)]


def _devices(db: Session, conf: str, at: datetime) -> list[Given]:
    """Return the devices that are paired for check-in, and the other signed-in browsers."""
    paired = [device for device in all_devices(db, conf) if not device.ended]
    own = {device.id for device in paired}
    browsers = (one for one in listing.devices(db, conf, at) if one.device_id not in own)
    return [*paired, *browsers]


def _revoke_device(write: Write, device_id: str) -> None:
    """End a device that is paired for check-in, or sign another browser out."""
    paired = find_device(write.session, write.conf, device_id)
    if paired is not None and not paired.ended:
        end_device(write, device_id)
    else:
        revoking.revoke_device(write, device_id)


LISTS: Mapping[str, List] = {"token": _tokens, "link": _links, "device": _devices}
REVOKES: Mapping[str, Revoke] = {
    "token": revoking.revoke_token,
    "link": revoking.revoke_link,
    "device": _revoke_device,
}


def _conferences(db: Session, slug: str | None) -> list[str]:
    found = all_conferences(db) if slug is None else [get_conference(db, slug)]
    return [conference.slug for conference in found]


def _conference_of(hub: Hub, kind: str, given_id: str) -> str:
    """Return a conference in which the id is listed; raises NotFound when it is listed in none."""
    with hub.database.reading() as db:
        for conf in _conferences(db, None):
            if any(given.id == given_id for given in LISTS[kind](db, conf, hub.now())):
                return conf
    raise NotFound(msg("그런 항목이 없거나 이미 끝났습니다: %(id)s"), id=given_id)


def _fields(given: Given) -> tuple[str, ...]:
    match given:
        case gates.Device():
            made = _("연결: %(at)s, %(by)s", at=_when(given.paired_at), by=given.paired_by)
            roles: tuple[Role, ...] = (Role.STAFF,)
            state = _("체크인 기기, 보내지 못한 스캔 %(num)s건", num=given.contact.waiting)
        case listing.Device():
            made = _("로그인: %(at)s", at=_when(given.signed_in_at))
            roles, state = given.roles, given.browser or _("알 수 없는 브라우저")
        case listing.GivenLink():
            made = _("만듦: %(at)s, %(by)s", at=_when(given.made_at), by=_maker(given.made_by))
            roles = (given.role,)
            until = _when(given.expires_at)
            state = _("사용함") if given.spent else _("%(until)s까지 쓸 수 있음", until=until)
        case _:
            made = _("만듦: %(at)s, %(by)s", at=_when(given.made_at), by=_maker(given.made_by))
            roles, state = (given.role,), _("쓸 수 있음")
    return (
        given.id,
        given.conf,
        _names(roles),
        given.name or _names(roles),
        made,
        _("마지막 사용: %(at)s", at=last_use(given)),
        state,
    )


def last_use(given: Given | listing.Member) -> str:
    """Write when something was last used."""
    at = given.last_seen_at if isinstance(given, gates.Device) else given.last_used_at
    return _when(at) if at else _("사용한 적 없음")


def _maker(actor: Actor) -> str:
    return _(SYSTEM_NAMES[actor.id]) if actor.id in SYSTEM_NAMES else actor.label or "?"


def _when(at: datetime | None) -> str:
    return iso(at) if at else "?"


def _names(roles: tuple[Role, ...]) -> str:
    return ", ".join(roles)
