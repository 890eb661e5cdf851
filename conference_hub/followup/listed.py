"""Speakers and materials as people write them: one a line, the parts of a line separated by `|`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from conference_hub.core.addresses import is_web_address
from conference_hub.core.errors import Invalid, msg
from conference_hub.exchange.texts import clean_line
from conference_hub.followup.model import Material, Speaker
from conference_hub.web.local_time import instant, typed_time

MOST = 50
LONGEST = 200


def read_speakers(text: str) -> tuple[Speaker, ...]:
    """Return the speakers of lines like `이름 | 역할`; raises Invalid (`field`: `speakers`)."""
    return tuple(
        Speaker(name=name, role=rest[0] if rest else None) for name, *rest in _lines(text, "speakers", 2)
    )


def write_speakers(speakers: Iterable[Speaker]) -> str:
    """Write speakers as `read_speakers` reads them."""
    return "\n".join(" | ".join(filter(None, (one.name, one.role))) for one in speakers)


def read_materials(text: str, zone: ZoneInfo) -> tuple[Material, ...]:
    """Return the materials of lines like `제목 | https://… | 2026-12-07 14:00`.

    The time is in `zone`; without one they are public at once. Raises Invalid (`field`: `materials`).
    """
    return tuple(_material(parts, zone) for parts in _lines(text, "materials", 3))


def write_materials(materials: Iterable[Material], zone: ZoneInfo) -> str:
    """Write materials as `read_materials` reads them."""
    return "\n".join(
        " | ".join(filter(None, (one.title, one.url, typed_time(one.public_from, zone).replace("T", " "))))
        for one in materials
    )


def _material(parts: list[str], zone: ZoneInfo) -> Material:
    title, url, *at = parts if len(parts) > 1 else (parts[0], "")
    if not is_web_address(url):
        raise Invalid(
            msg("자료마다 '제목 | https://주소'를 한 줄에 적어 주세요: %(line)s"),
            field="materials",
            line=" | ".join(parts),
        )
    return Material(title=title, url=url, public_from=local_moment(at[0], zone) if at else None)


def local_moment(text: str, zone: ZoneInfo) -> datetime:
    """Return when a time without a zone is; raises Invalid (`field`: `materials`)."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None:
        raise Invalid(
            msg("공개 시각은 2026-12-07 14:00처럼 적어 주세요: %(line)s"), field="materials", line=text
        )
    return instant(local, zone, field="materials")


def _lines(text: str, field: str, most_parts: int) -> Iterator[list[str]]:
    lines = [clean_line(line)[0] for line in text.splitlines()]
    found = [line for line in lines if line]
    if len(found) > MOST:
        raise Invalid(msg("%(most)s줄까지 적을 수 있습니다."), field=field, most=MOST)
    for line in found:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > most_parts or not all(parts) or any(len(part) > 10 * LONGEST for part in parts):
            raise Invalid(msg("이 줄을 읽을 수 없습니다: %(line)s"), field=field, line=line)
        yield parts
