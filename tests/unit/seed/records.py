"""The records of the seed with the ids by which tests call its things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.services.model_conference import IDS

Record = dict[str, Any]


def named(whole: Record) -> Record:
    """Return the records of the file by their sections, each with its id and with the ids of what it names."""
    cues = [
        {
            "id": IDS["cue"][cue["number"]],
            "segment": IDS["segment"][cue["segment"]],
            "lane": IDS["lane"][cue["lane"]],
            "planned_start": cue["start"],
            "planned_min": cue["length"] // 60,
            "title": cue["title"],
        }
        for cue in whole["cues"]
    ]
    lanes = {cue["id"]: cue["lane"] for cue in cues}
    return {
        "conference": {
            **whole["conference"],
            "channels": [_called("channel", one) for one in whole["channels"]],
        },
        "agenda": {
            "lanes": [_called("lane", one) for one in whole["lanes"]],
            "segments": [_called("segment", one) for one in whole["segments"]],
            "cues": cues,
        },
        "checkin": {"gates": [_called("gate", one) for one in whole["gates"]]},
        "people": {"guests": [_guest(one) for one in whole["guests"]]},
        "awards": {
            "levels": [_level(one, whole["programmes"]) for one in whole["levels"]],
            "awards": [_award(one, lanes) for one in whole["awards"]],
        },
        "followup": {"sessions": [_session(one) for one in whole["sessions"]]},
    }


def _called(kind: str, one: Record) -> Record:
    return {**one, "id": IDS[kind][one["title"]["ko"]]}


def _guest(one: Record) -> Record:
    return {
        "id": IDS["guest"][one["email"]],
        "group": IDS["group"][one["group"]],
        "name": one.get("name"),
        "label": one.get("role"),
        "organisation": one.get("organisation"),
        "email": one["email"],
        "mode": one.get("mode", "onsite"),
        "seat": one.get("seat"),
    }


def _level(one: Record, programmes: Sequence[Record]) -> Record:
    (programme,) = (own for own in programmes if own["title"]["ko"] == one["programme"])
    return {
        "id": IDS["level"][one["label"]["ko"]],
        "programme": IDS["programme"][one["programme"]],
        "rank": one["rank"],
        "label": one["label"],
        "honour": one.get("honour") or programme.get("honour") or one["label"],
        "prize_won": one.get("amount"),
        "reveal_style": one.get("style", "individual"),
    }


def _award(one: Record, lanes: Record) -> Record:
    cue = IDS["cue"][one["cue"]]
    return {
        "id": IDS["award"][one["number"]],
        "programme": IDS["programme"][one["programme"]],
        "level": IDS["level"][one["level"]],
        "lane": lanes[cue],
        "cue": cue,
        "order": one["order"],
        "kind": one.get("kind", "individual"),
        "recipient": one.get("recipient"),
        "organisation": one.get("organisation"),
        "guest": IDS["guest"][one["guest"]],
        "profile": one.get("profile"),
    }


def _session(one: Record) -> Record:
    begins, ends = (datetime.fromisoformat(one[name]) for name in ("starts_at", "ends_at"))
    minutes = (ends - begins) // timedelta(minutes=1)
    series = IDS["series"][one["series"]]
    return {**one, "id": IDS["session"][one["title"]["ko"]], "series": series, "minutes": minutes}


def awards_of(seed: Record, prefix: str) -> list[Record]:
    """Return the awards whose ids begin with `prefix`, by id."""
    return sorted((a for a in seed["awards"]["awards"] if a["id"].startswith(prefix)), key=lambda a: a["id"])
