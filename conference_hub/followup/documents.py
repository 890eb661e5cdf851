"""Online sessions as documents; nobody's name is in them."""

from __future__ import annotations

from collections.abc import Mapping

from conference_hub.core.now import iso
from conference_hub.followup.model import OnlineSession, Series, SeriesId
from conference_hub.followup.shapes import SessionDoc


def session_document(online: OnlineSession, signed_up: int, series: Mapping[SeriesId, Series]) -> SessionDoc:
    """Render a session for which so many guests signed up; neither its link nor what is not public yet is in it."""
    belongs = series.get(online.series_id) if online.series_id else None
    seats = signed_up if online.capacity is None else min(signed_up, online.capacity)
    return {
        "id": online.id,
        "title": online.title.as_doc(),
        "description": online.description.as_doc() if online.description else None,
        "starts_at": iso(online.starts_at),
        "ends_at": iso(online.ends_at),
        "status": online.status,
        "sequence": online.sequence,
        "taken": seats,
        "waiting": signed_up - seats,
        "places_left": None if online.capacity is None else online.capacity - seats,
        "series": {"id": belongs.id, "title": belongs.title.as_doc()} if belongs else None,
        "speakers": [{"name": one.name, "role": one.role} for one in online.speakers],
        "host": online.host.as_doc() if online.host else None,
    }
