"""`purge`: personal data that are kept no longer are erased."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from conference_hub.cli.common import Parsers, opened
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.cli.words import _
from conference_hub.conferences.lifecycle import stage
from conference_hub.conferences.model import Conference
from conference_hub.conferences.retention import refusal
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Refused, msg
from conference_hub.data import purging
from conference_hub.web.hub import Hub


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "purge",
        help=_("보관 기한이 지난 개인정보를 파기합니다"),
        description=_(
            "보관 기한이 지난 모든 행사의 개인정보를 파기합니다. 되돌릴 수 없습니다. 진행 계획과 발표한 시상, "
            "참석 인원 수는 남고, 파기 기록이 생깁니다. 이미 만든 백업은 지우지 않습니다."
        ),
    )
    one.add_argument("--conf", help=_("이 슬러그의 행사만 파기합니다"))
    one.add_argument("--dry-run", action="store_true", help=_("무엇이 지워지는지만 보여 줍니다"))
    one.add_argument("--now", action="store_true", help=_("--conf의 행사를 보관 기한 전에 파기합니다"))
    one.set_defaults(run=_purge)


def _purge(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    if arguments.now and arguments.conf is None:
        raise Refused(msg("--now는 --conf와 함께 써 주세요."), code="not_due")
    with opened(env) as hub:
        conferences = [_named(hub, arguments)] if arguments.conf else purging.due(hub)
        if not conferences:
            print(_("개인정보 보관 기한이 지난 행사가 없습니다."))
        for conference in conferences:
            _erase(hub, conference, early=arguments.now, dry=arguments.dry_run)
    return 0


def _named(hub: Hub, arguments: argparse.Namespace) -> Conference:
    """Return the conference that was named; raises Refused while its data may not be erased, but not for a dry run."""
    with hub.database.reading() as db:
        conference = get_conference(db, arguments.conf)
        state = stage(conference.state, hub.run_progress(db, conference.slug))
    why = refusal(conference, state, hub.now(), early=arguments.now)
    if why is None or arguments.dry_run:
        return conference
    if why.code == "not_due" and conference.purge_on:
        text = msg("개인정보를 %(day)s까지 보관합니다. 그 전에 파기하려면 --now를 붙여 주세요.")
        raise Refused(text, code=why.code, day=conference.purge_on.isoformat())
    raise why


def _erase(hub: Hub, conference: Conference, *, early: bool, dry: bool) -> None:
    if dry:
        with hub.database.reading() as db:
            found = purging.found(hub, db, conference.slug)
        print(_("%(slug)s: 파기하면 지워지는 것", slug=conference.slug))
        _tell([(one.erasure.name, one.rows) for one in found])
        return
    record = purging.purge(hub, conference.slug, COMMAND_LINE, early=early)
    print(_("%(slug)s: 개인정보를 파기했습니다", slug=conference.slug))
    _tell(list(record.erased.items()))


def _tell(counts: Sequence[tuple[str, int]]) -> None:
    """Print how many rows of each kind there are, or that there are none."""
    width = max((len(name) for name, _rows in counts), default=0)
    for name, rows in counts:
        print(f"  {name:<{width}}  {rows}")
    if not counts:
        print("  " + _("지울 것이 없습니다."))
