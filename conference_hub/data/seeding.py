"""Load a conference from a seed file, through the same actions that the product uses; dates move together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.plan_actions import lay_plan
from conference_hub.awards.actions import add_awards, add_levels
from conference_hub.awards.model import Award, AwardId, AwardKind, Level, LevelId, Prize, RevealStyle
from conference_hub.checkin.actions import add_gate
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.conferences.model import Conference
from conference_hub.conferences.places import Channel, ChannelKind
from conference_hub.conferences.store import add_conference, find_conference
from conference_hub.core import files
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso, parse_iso
from conference_hub.core.text import Text, TextDoc
from conference_hub.followup.actions import add_session
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus
from conference_hub.people.group_actions import save_groups
from conference_hub.people.model import Group, GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Hub

MODEL_CONFERENCE = files.SEED / "best-practice-2021.json"
SEED = Actor.system("seed")
Record = Mapping[str, Any]


def soon(now: datetime) -> datetime:
    """Return when a demo starts: in ten minutes, on the full minute."""
    return (now + timedelta(minutes=10)).replace(second=0, microsecond=0)


def load_model_conference(hub: Hub, *, start: datetime | None = None) -> Conference:
    """Load the model conference; `start` moves the day and the follow-up sessions with it, None keeps the true date.

    Raises Refused when the conference is there already.
    """
    data: dict[str, Record] = json.loads(MODEL_CONFERENCE.read_text(encoding="utf-8"))
    shift = timedelta(0) if start is None else start - parse_iso(data["conference"]["starts_at"])
    conference = _conference(data["conference"], shift)
    with hub.database.reading() as db:
        if find_conference(db, conference.slug) is not None:
            raise Refused(msg("행사가 이미 있습니다: %(slug)s"), code="exists", slug=conference.slug)
    with hub.journal.writing(
        conference.slug, actor=SEED, found=lambda db: add_conference(db, conference)
    ) as write:
        _load_agenda(write, data["agenda"], shift)
        groups = enumerate(data["people"]["groups"], start=1)
        save_groups(write, [_group(record, place) for place, record in groups])
        register_guests(write, [_guest(record) for record in data["people"]["guests"]])
        for record in data["checkin"]["gates"]:
            add_gate(write, record["id"], Text.of(record["title"]))
        _load_awards(write, data["awards"])
        for record in data["followup"]["sessions"]:
            add_session(write, _session(write, record, _whole_weeks(shift), hub.settings.public_url))
    return conference


def _whole_weeks(shift: timedelta) -> timedelta:
    """Move the follow-up by whole weeks, never less than the day itself: its sessions keep weekday and time of day."""
    return timedelta(weeks=ceil(shift / timedelta(weeks=1)))


def _conference(record: Record, shift: timedelta) -> Conference:
    return Conference(
        slug=record["slug"],
        title=Text.of(record["title"]),
        host=Text.of(record["host"]),
        venue=Text.of(record["venue"]),
        timezone=record["timezone"],
        starts_at=parse_iso(record["starts_at"]) + shift,
        ends_at=parse_iso(record["ends_at"]) + shift,
        accent=record["accent"],
        channels=tuple(
            Channel(id=c["id"], kind=ChannelKind(c["kind"]), title=Text.of(c["label"]), url=c["url"])
            for c in record["channels"]
        ),
    )


def _group(record: Record, position: int) -> Group:
    return Group(id=GroupId(record["id"]), title=Text.of(record["title"]), position=position)


def _guest(record: Record) -> Guest:
    return Guest(
        id=GuestId(record["id"]),
        name=record["name"],
        label=Text.of(record["label"]) if record["label"] else None,
        organisation=record["organisation"],
        group=GroupId(record["group"]),
        mode=Mode(record["mode"]),
        seat=record["seat"],
        email=record["email"],
    )


def _load_agenda(write: Write, data: Record, shift: timedelta) -> None:
    """Lay the plan; the file lists segments, lanes and cues in their order, each cue with its lane."""
    segments: list[dict[str, Any]] = [
        {
            "id": r["id"],
            "kind": SegmentKind(r["kind"]),
            "title": _text(r["title"]),
            "note": r["note"] and _text(r["note"]),
        }
        for r in data["segments"]
    ]
    lanes: list[dict[str, Any]] = [
        {
            "id": lane["id"],
            "title": _text(lane["title"]),
            "cues": [_cue(r, shift) for r in data["cues"] if r["lane"] == lane["id"]],
        }
        for lane in data["lanes"]
    ]
    lay_plan(write, {"segments": segments, "lanes": lanes})


def _cue(record: Record, shift: timedelta) -> dict[str, Any]:
    return {
        "id": record["id"],
        "segment": record["segment"],
        "title": _text(record["title"]),
        "planned_start": iso(parse_iso(record["planned_start"]) + shift),
        "planned_s": record["planned_min"] * 60,
    }


def _text(record: str | Mapping[str, str]) -> TextDoc:
    return Text.of(record).as_doc()


def _load_awards(write: Write, data: Record) -> None:
    add_levels(write, [_level(r) for r in data["levels"]])
    add_awards(write, [_award(r) for r in data["awards"]])


def _level(record: Record) -> Level:
    return Level(
        id=LevelId(record["id"]),
        rank=record["rank"],
        label=Text.of(record["label"]),
        honour=Text.of(record["honour"]),
        prize=Prize.won(record["prize_won"]) if record["prize_won"] else None,
        reveal_style=RevealStyle(record["reveal_style"]),
    )


def _award(record: Record) -> Award:
    return Award(
        id=AwardId(record["id"]),
        level_id=LevelId(record["level"]),
        lane_id=LaneId(record["lane"]),
        cue_id=CueId(record["cue"]),
        call_order=record["order"],
        kind=AwardKind(record["kind"]),
        recipient=record["recipient"],
        organisation=record["organisation"],
        guest_id=record["guest"],
        profile=record["profile"],
        unnamed=record["kind"] == AwardKind.INDIVIDUAL and record["recipient"] is None,
    )


def _session(write: Write, record: Record, shift: timedelta, public_url: str) -> OnlineSession:
    starts_at = parse_iso(record["starts_at"]) + shift
    return OnlineSession(
        id=SessionId(record["id"]),
        conf=write.conf,
        title=Text.of(record["title"]),
        description=None,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=record["minutes"]),
        url=record["url"],
        uid=f"{record['id']}.{write.conf}@{urlsplit(public_url).hostname}",
        sequence=0,
        status=SessionStatus.SCHEDULED,
        changed_at=write.at,
        capacity=None,
    )
