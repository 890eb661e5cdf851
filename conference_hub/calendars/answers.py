"""A calendar as an HTTP answer that subscribers ask for again and again."""

from __future__ import annotations

from flask import Response, request

CALENDAR_TYPE = "text/calendar"
FEED_LIFE_S = 300


def calendar_answer(calendar: bytes) -> Response:
    """Answer with a calendar and an ETag over its bytes, or 304 when the subscriber has it already."""
    answer = Response(calendar, content_type=f"{CALENDAR_TYPE}; charset=utf-8")
    answer.headers["Cache-Control"] = f"public, max-age={FEED_LIFE_S}"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
