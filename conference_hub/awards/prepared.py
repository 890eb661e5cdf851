"""What organisers prepare of the awards: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.awards.levels import Programme
from conference_hub.awards.model import Award, AwardId
from conference_hub.awards.preparation import Prepared
from conference_hub.awards.store import (
    ALL,
    AWARDS,
    COLUMNS,
    LEVELS,
    PROGRAMMES,
    award_of,
    record_of,
    save_levels,
)
from conference_hub.awards.tables import LevelRow, ProgrammeRow
from conference_hub.conferences.store import find_conference

MOST_IDS = 500
"""How many ids one statement names."""


def load_prepared(session: Session, conf: str) -> Prepared:
    """Return everything that is prepared, awards without a place included; of a conference to come it is nothing."""
    rows = session.connection().execute(ALL, {"conf_": conf})
    conference = find_conference(session, conf)
    return Prepared(
        programmes=PROGRAMMES.of(session, conf),
        levels=LEVELS.of(session, conf),
        awards={AwardId(row.id): award_of(row) for row in rows},
        language=conference.main_language if conference else "ko",
    )


def save_prepared(session: Session, conf: str, before: Prepared, after: Prepared) -> None:
    """Write what is prepared `after` in place of `before`."""
    _delete(session, conf, AWARDS, before.awards.keys() - after.awards.keys())
    if after.programmes != before.programmes:
        kept = {one.id for one in after.programmes}
        _delete(session, conf, _PROGRAMME, {one.id for one in before.programmes} - kept)
        _save_programmes(session, conf, after.programmes)
    save_levels(session, conf, [one for one in after.levels.values() if before.levels.get(one.id) != one])
    _write(session, conf, before.awards, after.awards)
    _delete(session, conf, _LEVEL, before.levels.keys() - after.levels.keys())


def _save_programmes(session: Session, conf: str, programmes: Iterable[Programme]) -> None:
    for position, one in enumerate(programmes, start=1):
        honour = one.honour.as_doc() if one.honour else None
        session.merge(
            ProgrammeRow(conf=conf, id=one.id, title=one.title.as_doc(), honour=honour, position=position)
        )
    session.flush()


def _write(
    session: Session, conf: str, before: Mapping[AwardId, Award], after: Mapping[AwardId, Award]
) -> None:
    new = [{"conf": conf, **record_of(award)} for key, award in after.items() if key not in before]
    changed = [award for key, award in after.items() if key in before and before[key] != award]
    if changed:
        _free_numbers(session, conf, [one for one in changed if before[one.id].number != one.number])
        values = [{"conf_": conf, "id_": one.id, **record_of(one)} for one in changed]
        session.connection().execute(_CHANGE, values)
    if new:
        session.connection().execute(sa.insert(AWARDS), new)


def _free_numbers(session: Session, conf: str, awards: Iterable[Award]) -> None:
    """Give awards whose numbers change others for the moment: two may exchange theirs."""
    values = [{"conf_": conf, "id_": one.id, "number": f"~{one.id}"} for one in awards]
    if values:
        session.connection().execute(_NUMBER, values)


def _delete(session: Session, conf: str, table: sa.Table, ids: Collection[str]) -> None:
    gone = sorted(ids)
    for start in range(0, len(gone), MOST_IDS):
        some = gone[start : start + MOST_IDS]
        session.execute(sa.delete(table).where(table.c.conf == conf, table.c.id.in_(some)))


_PROGRAMME, _LEVEL = (cast("sa.Table", row.__table__) for row in (ProgrammeRow, LevelRow))
_THIS = sa.and_(AWARDS.c.conf == sa.bindparam("conf_"), AWARDS.c.id == sa.bindparam("id_"))
_CHANGE = sa.update(AWARDS).where(_THIS).values({name: sa.bindparam(name) for name in COLUMNS})
_NUMBER = sa.update(AWARDS).where(_THIS).values(number=sa.bindparam("number"))
