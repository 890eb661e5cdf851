"""Conference files made up by chance: every part, with odd wordings, and fields that are stated or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

BEGINS = datetime(2027, 3, 1, 0, 0, tzinfo=UTC)
WORDS = (
    "가",
    "나비",
    "007",
    "=1+1",
    "-",
    "A, B",
    "“인용”",
    "x;y",
    "1.5",
    "TRUE",
    "Ünïcode",
    "it's",
    "2027-03-01",
    "끝 \u2014",
)


class MakingUp:
    """Makes up one conference; the same seed gives the same one."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 - no secret
        self._named = 0
        self.languages = self._chance.choice([["ko", "en"], ["en", "ko"], ["ko"], ["en"]])

    def file(self) -> dict[str, Any]:
        """Return the conference file as JSON."""
        made: dict[str, Any] = {"format": 3, "kind": "conference", "conference": self._conference()}
        made["rooms"] = self._some(
            3,
            lambda: {"title": self._title(), **self._maybe(note=self._text(), capacity=self._number(1, 900))},
        )
        made["channels"] = self._some(3, self._channel)
        made["videos"] = [self._video(one) for one in made["channels"] if self._often()]
        made["gates"] = self._some(3, lambda: {"title": self._title()})
        made["groups"] = self._some(
            3,
            lambda: {"title": self._title(), **self._maybe(badge_label=self._text(), colour=self._colour())},
        )
        made["departments"] = [{"title": self._title()} for _ in range(self._number(1, 3))]
        rooms = self._names(made["rooms"])
        made["segments"] = self._with_twin(self._some(4, lambda: self._segment(rooms)))
        made["lanes"] = self._with_twin(self._some(3, lambda: self._lane(rooms)))
        made["cues"] = self._cues(made) if made["lanes"] and made["segments"] else []
        made["guests"] = [
            self._guest(number, self._names(made["groups"])) for number in range(self._number(0, 8))
        ]
        made["programmes"] = self._some(
            2, lambda: {"title": self._title(), **self._maybe(honour=self._text())}
        )
        made["levels"] = self._some(4, lambda: self._level(self._names(made["programmes"])))
        made["awards"] = [self._award(number, made) for number in range(8)] if made["levels"] else []
        made["honours"] = [self._honour(made["guests"]) for _ in range(self._number(0, 5))]
        made["series"] = self._some(
            2, lambda: {"title": self._title(), **self._maybe(description=self._text())}
        )
        made["sessions"] = self._some(4, lambda: self._session(self._names(made["series"])))
        made["registration"] = self._registration()
        made["questions"] = self._some(4, self._question)
        made["consents"] = self._some(2, lambda: {"title": self._title(), **self._maybe(body=self._text())})
        made["mails"] = self._mails()
        made["team"] = [self._member(number) for number in range(self._number(0, 3))]
        return made

    def _mails(self) -> list[dict[str, Any]]:
        wordings = {
            "personal-link": "{name}, 여기!\n\n{link}",
            "doors-open": "Doors: {opens}\nStart: {begins}\n\n{link} {stop}",
        }
        return [
            {
                "kind": kind,
                "subject": {lang: f"[{{title}}] {lang}" for lang in self.languages},
                "text": {lang: f"{text} ({lang})" for lang in self.languages},
            }
            for kind, text in wordings.items()
            if self._often()
        ]

    def _conference(self) -> dict[str, Any]:
        return {
            "slug": "made-up",
            "title": self._title(),
            "host": self._text(),
            "venue": self._text(),
            "timezone": self._of(["Asia/Seoul", "Europe/Berlin", "UTC"]),
            "starts_at": self._at(0),
            "ends_at": self._at(self._number(300, 3_000)),
            "languages": self.languages,
            "state": self._of(["draft", "ready"]),
            **self._maybe(accent="#204060", purge_on="2028-01-31"),
        }

    def _channel(self) -> dict[str, Any]:
        more = self._maybe(
            url="https://example.com/" + self._of(["a?b=1&c=2", "방"]),
            captions_url="https://captions.example.com/1",
            delay_s=self._of([0.1, 12.5, 60.0]),
        )
        return {
            "title": self._title(),
            "kind": self._of(["hall", "metaverse", "meeting", "broadcast", "other"]),
            **more,
        }

    def _video(self, channel: dict[str, Any]) -> dict[str, Any]:
        name = channel["title"][self.languages[0]]
        url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
        return {"channel": name, "kind": "main", "language": self._of(["ko", "en"]), "url": url}

    def _segment(self, rooms: list[str]) -> dict[str, Any]:
        more = self._maybe(note=self._text(), room=self._of(rooms), speakers=self._speakers(), team_only=True)
        return {"title": self._title(), "kind": self._of(["general", "ceremony", "performance"]), **more}

    def _lane(self, rooms: list[str]) -> dict[str, Any]:
        return {"title": self._title(), **self._maybe(colour=self._colour(), room=self._of(rooms))}

    def _cues(self, made: dict[str, Any]) -> list[dict[str, Any]]:
        departments = self._names(made["departments"])
        found: list[dict[str, Any]] = []
        for lane in self._names(made["lanes"]):
            minute = 0
            for segment in self._names(made["segments"]):
                for _ in range(self._number(0, 3)):
                    length = self._number(1, 40)
                    more = self._maybe(
                        notes={name: self._words(lines=True) for name in departments if self._often()},
                        skipped=True,
                        colour=self._colour(),
                        warn=90,
                        danger=20,
                    )
                    cue = {
                        "number": f"{len(found) + 1:02}",
                        "lane": lane,
                        "segment": segment,
                        "title": self._text(),
                    }
                    found.append(
                        {**cue, "start": self._at(minute), "length": length * 60, **more, **self._heard()}
                    )
                    minute += length + self._number(0, 5)
        return found

    def _guest(self, number: int, groups: list[str]) -> dict[str, Any]:
        more = self._maybe(
            pronunciation="Kim",
            role=self._text(),
            organisation=self._words(),
            group=self._of(groups),
            seat="A-01",
            email=f"guest{number}@example.com",
            phone="010-1234-5678",
            needs=self._words(lines=True),
            notes=self._words(lines=True),
            language=self._of(["ko", "en"]),
        )
        return {
            "number": f"{number + 1:03}",
            "name": self._words(),
            "mode": self._of(["onsite", "zoom", "online"]),
            **more,
        }

    def _level(self, programmes: list[str]) -> dict[str, Any]:
        more = self._maybe(
            programme=self._of(programmes),
            honour=self._text(),
            amount=self._number(1, 9) * 100_000,
            prize=self._text(),
            pace=45,
        )
        return {
            "label": self._title(),
            "rank": self._number(1, 9),
            "style": self._of(["individual", "roll"]),
            **more,
        }

    def _honour(self, guests: list[dict[str, Any]]) -> dict[str, Any]:
        more = self._maybe(
            organisation=self._words(),
            pronunciation=self._words(),
            note=self._words(lines=True),
            guest=self._of([guest["number"] for guest in guests]),
            public=True,
        )
        said = {"standing": "represented", "representative": self._words()} if self._often() else {}
        self._named += 1
        named = {"name": f"내빈 {self._named}"} if self._often() else {"office": self._title()}
        return {**named, **said, **more}

    def _award(self, number: int, made: dict[str, Any]) -> dict[str, Any]:
        level = self._of(made["levels"])
        kind = self._of(["individual", "team", "organisation"])
        cues = [cue["number"] for cue in made["cues"] if not cue.get("skipped")]
        more = self._maybe(
            cue=self._of(cues),
            guest=self._of([guest["number"] for guest in made["guests"]]),
            citation=self._words(lines=True),
            profile=self._words(),
            presenter=self._words(),
            read_by=self._words(),
            honorific=self._words(),
            conferrer=self._words(),
            pronunciation=self._words(),
            representative=self._words(),
            relation=self._words(),
            joint=f"함께 {number + 1}",
        )
        if "representative" in more:
            usual = "proxy" if kind == "individual" else "representative"
            more["stand_in"] = self._of([usual, "joint"])
        nobody = {"unnamed": True} if self._often() else {"recipient": self._words()}
        base = {
            "number": f"{number + 1}",
            "level": level["label"][self.languages[0]],
            "kind": kind,
            "organisation": self._words(),
        }
        programme = {"programme": level["programme"]} if "programme" in level else {}
        return {**base, **programme, **nobody, **more}

    def _session(self, series: list[str]) -> dict[str, Any]:
        begins = self._number(10, 90) * 1_440
        more = self._maybe(
            series=self._of(series),
            description=self._text(),
            speakers=self._speakers(),
            host=self._text(),
            capacity=self._number(1, 500),
            waits=True,
            url="https://example.com/meet",
            materials=[{"title": "자료", "url": "https://example.com/a.pdf"}],
        )
        status = self._of(["draft", "scheduled", "cancelled"])
        return {
            "title": self._title(),
            "starts_at": self._at(begins),
            "ends_at": self._at(begins + 60),
            "status": status,
            **more,
        }

    def _registration(self) -> dict[str, Any]:
        modes = [{"mode": "onsite", "places": "200"}, {"mode": "online"}]
        more = self._maybe(
            opens_at=self._at(-9_000), closes_at=self._at(-100), waiting_list=True, approval=True
        )
        return {
            "opening": self._of(["open", "invited", "closed"]),
            "modes": modes,
            "notice": self._text(),
            **more,
        }

    def _question(self) -> dict[str, Any]:
        kind = self._of(["line", "text", "choice", "choices", "yes_no", "email", "phone"])
        options = [{"ko": "채식", "en": "Vegetarian"}, {"ko": "일반", "en": "Usual"}]
        return {
            "title": self._title(),
            "kind": kind,
            **self._maybe(required=True),
            **({"options": options} if "choice" in kind else {}),
        }

    def _member(self, number: int) -> dict[str, Any]:
        role = self._of(["organiser", "operator", "emcee", "staff"])
        return {"login": f"member{number}@example.com", "name": f"구성원 {number}", role: True}

    def _some(self, most: int, make: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
        return [make() for _ in range(self._number(0, most))]

    def _speakers(self) -> list[dict[str, str]]:
        return [{"name": self._words(), "role": "Head"} for _ in range(2)]

    def _heard(self) -> dict[str, Any]:
        """Return speakers, one of whom may be absent, or nobody."""
        speakers = self._speakers()
        readings = [{"absent": self._words(), "by": speakers[0]["name"]}]
        return {"speakers": speakers, **self._maybe(readings=readings)} if self._often() else {}

    def _title(self) -> dict[str, str]:
        """Return a title that nothing else has."""
        self._named += 1
        return {code: f"{wording} {self._named}" for code, wording in self._text().items()}

    def _text(self) -> dict[str, str]:
        main, *others = self.languages
        return {code: self._words() for code in (main, *(code for code in others if self._often()))}

    def _words(self, *, lines: bool = False) -> str:
        return ("\n" if lines else " ").join(self._of(WORDS) for _ in range(self._number(1, 3)))

    def _names(self, records: list[dict[str, Any]]) -> list[str]:
        return [one.get("called") or one["title"][self.languages[0]] for one in records]

    def _with_twin(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the records, often with one more that has the title of the last one."""
        if not records or not self._often():
            return records
        name = records[-1]["title"][self.languages[0]]
        return [*records, {**records[-1], "called": f"{name} #2"}]

    def _maybe(self, **fields: Any) -> dict[str, Any]:
        return {
            name: value for name, value in fields.items() if value not in (None, [], {}) and self._often()
        }

    def _often(self) -> bool:
        return self._chance.random() < 0.5

    def _of(self, values: Any) -> Any:
        return self._chance.choice(values) if values else None

    def _number(self, least: int, most: int) -> int:
        return self._chance.randint(least, most)

    def _colour(self) -> str:
        return f"#{self._number(0, 0xFFFFFF):06x}"

    def _at(self, minutes: int) -> str:
        return (BEGINS + timedelta(minutes=minutes)).isoformat()
