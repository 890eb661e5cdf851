"""Lists of those who hosts of a meeting or a metaverse saw: read as people have them, and matched with the guest list.

The reports of participants of Zoom (Korean or English), Microsoft Teams and Google Meet (English) are read as they are
exported; of a report in sections, that of each visit counts. Any other list needs a name, an e-mail
address or a number in each line. Times are local times of the event. Nothing is guessed: who fits several guests, or
none, is shown, and somebody says who it is. Lines with the same words mean the same person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from conference_hub.core.errors import Invalid, msg
from conference_hub.people.model import Guest, GuestId

MOST_ROWS = 6_000
HEADINGS = {
    "name": (
        *("name", "name original name", "participant", "display name", "user name", "nickname"),
        *("이름", "이름 원래 이름", "성명", "참가자", "사용자 이름", "표시 이름", "닉네임", "이름 원본 이름"),
    ),
    "given": ("first name",),
    "family": ("last name",),
    "email": (
        *("user email", "email", "e mail"),
        *("이메일", "사용자 이메일", "이메일 주소", "전자우편", "전자 메일"),
    ),
    "number": ("number", "no", "번호", "등록번호", "참석자 번호"),
    "joined": (
        *("join time", "joined", "time joined", "first join", "from"),
        *("참가 시간", "입장 시간", "접속 시간", "들어온 시간", "시작"),
    ),
    "left": (
        *("leave time", "left", "time exited", "last leave", "to"),
        *("나간 시간", "퇴장 시간", "종료 시간", "끝"),
    ),
    "waited": ("in waiting room", "대기실", "대기실에 있음", "대기실에서"),
    "duration": (
        *("duration minutes", "total duration minutes", "duration", "total duration", "in meeting duration"),
        *("기간 분", "총 기간 분", "지속 시간 분", "총 지속 시간 분"),
    ),
}
YES = frozenset({"yes", "예", "네", "true"})
FORMATS = (
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M"),
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M"),
    *("%Y.%m.%d %H:%M:%S", "%Y.%m.%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"),
    *("%m/%d/%y, %I:%M:%S %p", "%m/%d/%y, %H:%M:%S"),
    *("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p", "%Y.%m.%d %I:%M:%S %p", "%Y.%m.%d %I:%M %p"),
)
CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
Row = tuple[int, Sequence[str]]
Lines = Sequence[Row]
"""Rows of a table: the number of each and its cells."""
HEADING_ROWS = 12
"""Rows in which the headings are looked for: Zoom writes those of the meeting first."""
SECTION = re.compile(r"\d+\.\s+\S.*")
"""What stands alone in the row above a section of Teams' report."""
HANGUL = re.compile(r"[가-힣]+")
IN_BRACKETS = re.compile(r"[(\[（](.*?)[)\]）]")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A line of a list: `row` is its number, times are None where the list has none.

    `fault` is a msgid that says what cannot be read, empty for nothing.
    """

    row: int
    name: str = ""
    email: str = ""
    number: str = ""
    joined_at: datetime | None = None
    left_at: datetime | None = None
    fault: str = ""

    @property
    def words(self) -> str:
        """What the list calls them."""
        return self.name or self.email or self.number

    @property
    def person(self) -> tuple[str, str, str]:
        """What is the same in all lines of somebody who came several times."""
        return _plain(self.name) or self.name, self.email.lower(), self.number


@dataclass(frozen=True, kw_only=True)
class Match:
    """A line with the guests that it may mean: one is sure, several are to be chosen from, none is nobody.

    `said`: the number, address or name that somebody gave for a line that means nobody by itself.
    """

    listed: Listed
    guests: tuple[Guest, ...] = ()
    said: str = ""

    @property
    def sure(self) -> Guest | None:
        """The guest whom the line means."""
        return self.guests[0] if len(self.guests) == 1 and not self.listed.fault else None


def read_list(
    rows: Lines, zone: ZoneInfo, day: date, *, in_turns: Callable[[Lines], Iterable[Row]] = iter
) -> list[Listed]:
    """Return the lines of a list; a time without a day is of `day`. A long list is read `in_turns` (`Hub.in_turns`).

    Time in a waiting room is left out: nobody took part there. Raises Invalid (`listed`) when there are none, or too
    many, and for a report that says how long people were there but not when.
    """
    rows = _visits(rows)
    columns, first = _columns(rows)
    if "duration" in columns and "joined" not in columns:
        raise Invalid(
            msg(
                "들어온 시각이 없는 보고서입니다. 화상회의에서 “고유한 사용자 표시”를 끄고 다시 내보내 주세요."
            ),
            field="listed",
        )
    times = _Times(zone, day)
    lines = [
        _listed(row, cells, columns, times)
        for row, cells in in_turns(rows[first:])
        if any(cell.strip() for cell in cells) and _cell(cells, columns, "waited").casefold() not in YES
    ]
    if not lines:
        raise Invalid(msg("읽을 줄이 없습니다."), field="listed")
    if len(lines) > MOST_ROWS:
        raise Invalid(
            msg("줄이 너무 많습니다. %(most)s줄까지 읽을 수 있습니다."), field="listed", most=MOST_ROWS
        )
    return lines


def matched(
    lines: Sequence[Listed], guests: Iterable[Guest], said: Mapping[int, str] | None = None
) -> Iterator[Match]:
    """Yield each line with the guests it may mean: by address, then number, then name.

    `said` is what somebody gave for lines (by row) that mean nobody; it holds for all lines of that person.
    """
    index = _Index.of(guests)
    words = {line.person: said[line.row] for line in lines if said and line.row in said}
    for line in lines:
        found, given = index.find(line), words.get(line.person, "")
        if found or not given:
            yield Match(listed=line, guests=found)
        else:
            meant = Listed(row=line.row, name=given, email=given, number=given)
            yield Match(listed=line, guests=index.find(meant), said=given)


def unclear(matches: Iterable[Match], picks: Mapping[int, str]) -> int:
    """Return of how many people somebody said who they are, in words that mean nobody, or several without a pick."""
    matches = list(matches)
    picked = _picked(matches, picks)
    return len({one.listed.person for one in matches if one.said and _meant(one, picked) is None})


def _visits(rows: Lines) -> Lines:
    """Return the last section of a report in sections that says when people came, else all rows."""
    ends = [place for place, (_, cells) in enumerate(rows) if _is_section(cells)]
    for began, ended in reversed([*pairwise([*ends, len(rows)])]):
        if "joined" in _columns(rows[began:ended])[0]:
            return rows[began:ended]
    return rows


def _is_section(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) == 1 and SECTION.fullmatch(filled[0]) is not None


@dataclass(frozen=True, kw_only=True)
class _Index:
    """Guests by what lists call them."""

    emails: Mapping[str, list[Guest]]
    numbers: Mapping[str, list[Guest]]
    names: Mapping[str, list[Guest]]

    @classmethod
    def of(cls, guests: Iterable[Guest]) -> _Index:
        """Return an index of the guest list."""
        emails: dict[str, list[Guest]] = {}
        numbers: dict[str, list[Guest]] = {}
        names: dict[str, list[Guest]] = {}
        for guest in guests:
            if guest.email:
                emails.setdefault(guest.email.lower(), []).append(guest)
            numbers.setdefault(guest.number, []).append(guest)
            for name in {_plain(one) for one in (guest.name, guest.pronunciation) if one} - {""}:
                names.setdefault(name, []).append(guest)
        return cls(emails=emails, numbers=numbers, names=names)

    def find(self, line: Listed) -> tuple[Guest, ...]:
        """Return the guests that a line may mean."""
        found = self.emails.get(line.email.lower(), []) if line.email else []
        if not found and line.number:
            found = self.numbers.get(line.number, [])
        for name in _wordings(line.name) if not found else ():
            found = self.names.get(_plain(name), [])
            if found:
                break
        return tuple(found)


def chosen(matches: Iterable[Match], picks: Mapping[int, str]) -> dict[GuestId, list[Listed]]:
    """Return the lines of each guest who is meant, surely or as picked (guest by row).

    A pick must fit its line, and holds for all lines of that person.
    """
    matches = list(matches)
    picked, found = _picked(matches, picks), dict[GuestId, list[Listed]]()
    for match in matches:
        guest = None if match.listed.fault else _meant(match, picked)
        if guest is not None:
            found.setdefault(guest.id, []).append(match.listed)
    return found


def _picked(matches: Iterable[Match], picks: Mapping[int, str]) -> dict[tuple[str, str, str], str]:
    """Return the picks by person."""
    return {one.listed.person: picks[one.listed.row] for one in matches if one.listed.row in picks}


def _meant(match: Match, picked: Mapping[tuple[str, str, str], str]) -> Guest | None:
    if len(match.guests) == 1:
        return match.guests[0]
    return next((one for one in match.guests if one.id == picked.get(match.listed.person)), None)


def _columns(rows: Lines) -> tuple[dict[str, int], int]:
    """Return the columns by what they hold, and the row with which the list begins."""
    best: tuple[dict[str, int], int] | None = None
    for place, (_, cells) in enumerate(rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for number, cell in enumerate(cells):
            kind = next((kind for kind, words in HEADINGS.items() if _heading(cell) in words), None)
            if kind is not None:
                columns.setdefault(kind, number)
        if columns.keys() & {"name", "given", "email", "number"} and (
            best is None or len(columns) > len(best[0])
        ):
            best = (columns, place + 1)
    return best or ({"any": 0}, 0)


def _listed(row: int, texts: Sequence[str], columns: Mapping[str, int], times: _Times) -> Listed:
    cells = {kind: _cell(texts, columns, kind) for kind in columns}
    if "any" in cells:
        if "@" in cells["any"]:
            return Listed(row=row, email=cells["any"])
        return Listed(row=row, name=cells["any"], number=cells["any"])
    joined, left = (times.read(cells.get(kind, "")) for kind in ("joined", "left"))
    unread = any(cells.get(kind) and at is None for kind, at in (("joined", joined), ("left", left)))
    fault = msg("시각을 읽을 수 없습니다.") if unread else ""
    if not fault and joined and left and left < joined:
        fault = msg("나간 시각이 들어온 시각보다 빠릅니다.")
    return Listed(
        row=row,
        name=cells.get("name") or _whole_name(cells.get("given", ""), cells.get("family", "")),
        email=cells.get("email", ""),
        number=cells.get("number", ""),
        joined_at=joined,
        left_at=left,
        fault=fault,
    )


def _whole_name(given: str, family: str) -> str:
    """Return a name of two columns, as it is written in its language."""
    return f"{family}{given}" if HANGUL.fullmatch(family) else f"{given} {family}".strip()


def _cell(cells: Sequence[str], columns: Mapping[str, int], kind: str) -> str:
    at = columns.get(kind, len(cells))
    return cells[at].strip() if at < len(cells) else ""


class _Times:
    """Reads the times of one list: a list writes all of them in one way, so that which fitted last is tried first."""

    def __init__(self, zone: ZoneInfo, day: date) -> None:
        self._zone, self._day = zone, day
        self._forms = [*FORMATS, *CLOCKS]

    def read(self, words: str) -> datetime | None:
        """Return the instant, None for what is no time."""
        words = _half_day(words)
        if not words:
            return None
        for place, form in enumerate(self._forms):
            with suppress(ValueError):
                read = datetime.strptime(words, form).replace(tzinfo=self._zone)
                self._forms.insert(0, self._forms.pop(place))
                return datetime.combine(self._day, read.timetz()) if form in CLOCKS else read
        return None


def _half_day(words: str) -> str:
    """Return a time with AM or PM behind it, where Korean has 오전 or 오후 before the hour."""
    found = re.fullmatch(r"(.*?)\s*(오전|오후)\s*(.*)", words.strip())
    if found is None:
        return " ".join(words.split())
    half = "AM" if found[2] == "오전" else "PM"
    return f"{found[1]} {found[3]} {half}".strip()


def _wordings(name: str) -> list[str]:
    """Return what a name may be: as it stands, without what is in brackets, and what is in them."""
    inside = IN_BRACKETS.findall(name)
    bare = IN_BRACKETS.sub(" ", name)
    return [one for one in (name, bare, *inside) if one.strip()]


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(one for one in folded if one.isalnum())
    return unicodedata.normalize("NFC", letters)


def _heading(cell: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z가-힣]+", " ", unicodedata.normalize("NFC", cell).casefold()).split())
