"""The seed holds the model conference; what is expected was typed from the announcement, not the seed."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.awards.model import AwardKind, RevealStyle
from tests.services.model_conference import IDS

SEED = Path(__file__).parents[3] / "seed"

CASES = [
    ("grand", "석용주", "천안고용센터", "50대, 남, 1인가구"),
    ("grand", "서미영", "예산고용센터", "50대 남, 근로 능력 저하, 우울증"),
    ("top-excellence", "윤지수", "㈜한국커리어잡스", "20대 여, 구직단념청년, 고졸청년"),
    ("top-excellence", "하연희", "㈜미래고용정보 대진대사무소", "20대 여, 구직단념청년, 고졸청년"),
    ("top-excellence", "권영혜", "부산북부고용센터", "40대, 여, 여성가장"),
    ("top-excellence", "최인숙", "구미고용센터", "50대, 여, 중졸"),
    ("excellence", "정동희", "고양여성인력개발센터", "30대 남, 1인가구, 여행업계 종사자"),
    ("excellence", "양진경", "인지어스(유) 당진지사", "20대 여, 대학졸업예정"),
    ("excellence", "박주선", "㈜맥시머스 여주대지점", "20대 여, 청년 신규 구직자"),
    ("excellence", "김선영", "서울고용센터", "50대 여, 중졸, 경력단절"),
    ("excellence", "김지은", "부천시노동복지회관", "30대 남, 공황장애 및 경력단절"),
    ("excellence", "정미연", "순천고용센터", "60대 여, 여성가장"),
    ("excellence", "김지원", "㈜맥시머스 시흥지점", "20대 여, 다문화가정"),
    ("excellence", "정지희", "진주고용센터", "60대 여, 1인가구"),
]

COMMENDATIONS: list[tuple[str | None, str]] = [
    ("정철", "하남고용센터"),
    ("허진희", "대구강북센터"),
    ("현상열", "광주광산센터"),
    ("권영옥", "원주고용센터"),
    ("하영민", "남양주고용센터"),
    ("정영문", "인천북부센터"),
    ("김득남", "대구서부센터"),
    ("김준호", "울산고용센터"),
    ("한준혁", "용인고용센터"),
    ("김선경", "강남고용센터"),
    ("이예지", "충주고용센터"),
    ("이해원", "청주고용센터"),
    ("이은영", "춘천고용센터"),
    ("최은희", "부산북부센터"),
    ("정현숙", "서울고용센터"),
    ("이선미", "인천고용센터"),
    ("이유진", "부산고용센터"),
    ("지홍련", "강북성북센터"),
    ("차수아", "광주고용센터"),
    ("김남희", "부산동부센터"),
    ("강청아", "부산고용센터"),
    ("권윤정", "수원고용센터"),
    ("조경기", "경주고용센터"),
    ("윤해숙", "서울서부센터"),
    ("김진선", "군산고용센터"),
    ("송은순", "천안고용센터"),
    ("서시연", "퍼스트인잡(주) 금정사무소"),
    ("주하나", "㈜맥시머스 부천지사"),
    ("송영희", "㈜두원잡 부산사무소"),
    ("최은영", "행복인디제이 달서지사"),
    ("이윤희", "㈜제이비커리어 충주센터"),
    ("임주혜", "부산희망리본 사회적협동조합"),
    ("김유경", "㈜커리어넷 인천주안"),
    ("유영지", "인지어스(유) 경주지사"),
    ("김옥주", "한국커리어잡스 대전지사"),
    ("김희정", "㈜명은커리어 파주센터"),
    ("고경옥", "(사)광주경영자총협회"),
    (None, "㈜서남취업센터"),
    (None, "사회적협동조합 내일로 화성"),
    (None, "한국고용서비스진흥원 이천"),
    (None, "사회적협동조합 내일로서울지점"),
    (None, "명은커리어 인천서부지사"),
    (None, "㈜제이비커리어 아산센터"),
    (None, "㈜잡모아 의정부지점"),
    (None, "㈜제이엠커리어 창원지사"),
    (None, "㈜퍼스트인잡 금정사무소"),
    (None, "㈜베스트인"),
    ("김현정", "광주북구여성인력개발센터"),
    ("김은경", "전주여성인력개발센터"),
    ("금영주", "인천남동 여성새로일하기센터"),
    ("오수빈", "충북여성인력개발센터"),
    (None, "포천시청일자리경제과"),
    (None, "(재)경상남도 경제진흥원"),
    (None, "(재)광주경제고용진흥원"),
    (None, "전라북도 일자리센터"),
    (None, "당진시 일자리종합지원센터"),
    (None, "한국전력공사"),
    (None, "새마을금고중앙회(부산지역본부)"),
    (None, "롯데백화점 대전점"),
    (None, "㈜하나은행"),
    ("이원지", "한국고용정보원"),
    ("구미란", "한국고용정보원"),
    ("이지환", "한국고용노동교육원"),
]

Record = dict[str, Any]


@pytest.fixture(scope="module")
def text() -> str:
    """The file as it stands."""
    return (SEED / "best-practice-2021.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def whole(text: str) -> Record:
    """The file as JSON."""
    loaded: Record = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def seed(whole: Record) -> Record:
    """The file with the ids by which tests call its things, as `named` gives them."""
    return named(whole)


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
        "conference": {**whole["conference"], "channels": [_called("channel", one) for one in whole["channels"]]},
        "agenda": {
            "lanes": [_called("lane", one) for one in whole["lanes"]],
            "segments": [_called("segment", one) for one in whole["segments"]],
            "cues": cues,
        },
        "checkin": {"gates": [_called("gate", one) for one in whole["gates"]]},
        "people": {"guests": [_guest(one) for one in whole["guests"]]},
        "awards": {
            "levels": [_level(one) for one in whole["levels"]],
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


def _level(one: Record) -> Record:
    return {
        "id": IDS["level"][one["label"]["ko"]],
        "rank": one["rank"],
        "label": one["label"],
        "honour": one.get("honour", one["label"]),
        "prize_won": one.get("amount"),
        "reveal_style": one.get("style", "individual"),
    }


def _award(one: Record, lanes: Record) -> Record:
    cue = IDS["cue"][one["cue"]]
    return {
        "id": IDS["award"][one["number"]],
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
    return {**one, "id": IDS["session"][one["title"]["ko"]], "minutes": minutes}


def awards_of(seed: Record, prefix: str) -> list[Record]:
    """Return the awards whose ids begin with `prefix`, by id."""
    return sorted((a for a in seed["awards"]["awards"] if a["id"].startswith(prefix)), key=lambda a: a["id"])


def minutes_by_segment(seed: Record, lane: str) -> Counter[str]:
    """Add up the planned minutes of a lane's cues."""
    total: Counter[str] = Counter()
    for cue in seed["agenda"]["cues"]:
        if cue["lane"] == lane:
            total[cue["segment"]] += cue["planned_min"]
    return total


def test_conference_is_the_announced_one(seed: Record) -> None:
    conference = seed["conference"]
    assert conference["slug"] == "best-practice-2021"
    assert conference["title"]["ko"] == "2021년도 국민취업지원제도 우수사례 콘퍼런스"
    assert conference["venue"]["ko"] == "웨스틴조선호텔 그랜드볼룸 (서울 중구)"
    assert conference["timezone"] == "Asia/Seoul"
    assert conference["starts_at"] == "2021-12-02T09:20:00+09:00"
    assert conference["ends_at"] == "2021-12-02T10:40:00+09:00"
    assert [channel["id"] for channel in conference["channels"]] == ["hall", "metaverse", "zoom", "youtube"]


def test_channels_have_no_invented_addresses(seed: Record, text: str) -> None:
    assert {channel.get("url") for channel in seed["conference"]["channels"]} == {None}
    assert {session.get("url") for session in seed["followup"]["sessions"]} == {None}
    assert "http" not in text


def test_segments_last_as_announced_and_fill_eighty_minutes(seed: Record) -> None:
    hall = minutes_by_segment(seed, "hall")
    assert hall == {"opening": 10, "ceremony": 30, "performance": 10, "case-sharing": 27, "closing": 3}
    assert hall.total() == 80
    assert [s["id"] for s in seed["agenda"]["segments"]] == list(hall)


def test_segment_kinds_are_known(seed: Record) -> None:
    segments = seed["agenda"]["segments"]
    kinds = [SegmentKind(segment["kind"]).value for segment in segments]
    assert kinds == ["opening", "ceremony", "performance", "case_sharing", "closing"]


def test_hall_runs_from_start_to_end_without_a_gap(seed: Record) -> None:
    cues = [cue for cue in seed["agenda"]["cues"] if cue["lane"] == "hall"]
    spans = []
    for cue in cues:
        start = datetime.fromisoformat(cue["planned_start"])
        spans.append((start, start + timedelta(minutes=cue["planned_min"])))
    assert len(cues) == 9
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert spans[0][0].isoformat() == seed["conference"]["starts_at"]
    assert spans[-1][1].isoformat() == seed["conference"]["ends_at"]


def test_case_sharing_is_two_talks_and_a_video(seed: Record) -> None:
    shared = [cue["planned_min"] for cue in seed["agenda"]["cues"] if cue["segment"] == "case-sharing"]
    assert shared == [10, 10, 7]


def test_metaverse_holds_rounds_two_and_three_at_the_same_times_as_the_hall(seed: Record) -> None:
    cues = {cue["id"]: (cue["planned_start"], cue["planned_min"]) for cue in seed["agenda"]["cues"]}
    metaverse = [cue["id"] for cue in seed["agenda"]["cues"] if cue["lane"] == "metaverse"]
    assert metaverse == ["round-2-metaverse", "round-3-metaverse"]
    assert cues["round-2-metaverse"] == cues["round-2-hall"]
    assert cues["round-3-metaverse"] == cues["round-3-hall"]


def test_levels_have_the_announced_counts_and_prizes(seed: Record) -> None:
    counts = Counter(award["level"] for award in seed["awards"]["awards"])
    levels = seed["awards"]["levels"]
    assert [
        (lv["id"], lv["label"]["ko"], counts[lv["id"]], lv["prize_won"], lv["honour"]["ko"]) for lv in levels
    ] == [
        ("grand", "대상", 2, 2_000_000, "장관상"),
        ("top-excellence", "최우수상", 4, 1_200_000, "장관상"),
        ("excellence", "우수상", 8, 700_000, "장관상"),
        ("encouragement", "장려상", 12, 300_000, "장관상"),
        ("commendation", "장관표창", 63, None, "장관표창"),
    ]
    assert [level["rank"] for level in levels] == [1, 2, 3, 4, 5]
    assert {RevealStyle(level["reveal_style"]) for level in levels} == {RevealStyle.INDIVIDUAL, RevealStyle.ROLL}
    assert counts.total() == 89


def test_awards_are_numbered_26_and_63(seed: Record) -> None:
    assert [a["id"] for a in awards_of(seed, "case-")] == [f"case-{n:02d}" for n in range(1, 27)]
    assert [a["id"] for a in awards_of(seed, "commend-")] == [f"commend-{n:02d}" for n in range(1, 64)]


def test_named_case_awards_are_those_of_the_announcement(seed: Record) -> None:
    named = awards_of(seed, "case-")[:14]
    assert [(a["level"], a["recipient"], a["organisation"], a["profile"]) for a in named] == CASES


def test_encouragement_awards_name_nobody(seed: Record) -> None:
    unnamed = awards_of(seed, "case-")[14:]
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    assert {(a["level"], a["recipient"], a["organisation"], a["profile"]) for a in unnamed} == {
        ("encouragement", None, None, None)
    }
    assert [guests[a["guest"]]["name"] for a in unnamed] == [None] * 12
    assert guests["guest-015"]["label"] == {
        "ko": "장려상 수상자 01",
        "en": "Encouragement Award recipient 01",
    }


def test_commendations_are_those_of_the_announcement_in_its_order(seed: Record) -> None:
    assert [(a["recipient"], a["organisation"]) for a in awards_of(seed, "commend-")] == COMMENDATIONS


def test_commendations_honour_44_individuals_and_19_organisations(seed: Record) -> None:
    kinds = Counter(AwardKind(a["kind"]) for a in awards_of(seed, "commend-"))
    assert kinds == {AwardKind.INDIVIDUAL: 44, AwardKind.ORGANISATION: 19}
    assert all((a["recipient"] is None) == (a["kind"] == "organisation") for a in awards_of(seed, "commend-"))


def test_people_are_counted_as_announced(seed: Record) -> None:
    groups = Counter(guest["group"] for guest in seed["people"]["guests"])
    assert groups == {"recipient": 87, "official": 25, "guest_of_honour": 2, "staff": 7}


def test_all_recipients_and_nobody_else_receive_and_two_of_them_twice(seed: Record) -> None:
    receiving = Counter(award["guest"] for award in seed["awards"]["awards"])
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    assert set(receiving) == {g["id"] for g in guests.values() if g["group"] == "recipient"}
    assert {guests[g]["name"]: n for g, n in receiving.items() if n > 1} == {"서시연": 2, "김희정": 2}


def test_individual_award_goes_to_the_guest_of_that_name_and_office(seed: Record) -> None:
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    for award in seed["awards"]["awards"]:
        if award["kind"] == "individual":
            guest = guests[award["guest"]]
            assert (guest["name"], guest["organisation"]) == (award["recipient"], award["organisation"])


def test_organisations_are_represented_by_unnamed_people_but_for_the_two(seed: Record) -> None:
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    names = Counter(
        guests[a["guest"]]["name"] for a in awards_of(seed, "commend-") if a["kind"] == "organisation"
    )
    assert names == {None: 17, "서시연": 1, "김희정": 1}


def test_only_published_names_stand_in_the_guest_list(seed: Record) -> None:
    published = {name for name, _ in COMMENDATIONS if name} | {case[1] for case in CASES} | {"안경덕"}
    assert {g["name"] for g in seed["people"]["guests"] if g["name"]} == published
    assert all(guest["name"] or guest["label"] for guest in seed["people"]["guests"])


def test_every_award_is_called_in_a_cue_of_its_lane(seed: Record) -> None:
    cues = {cue["id"]: cue for cue in seed["agenda"]["cues"]}
    for award in seed["awards"]["awards"]:
        cue = cues[award["cue"]]
        assert (cue["lane"], cue["segment"]) == (award["lane"], "ceremony")


def test_rounds_honour_whom_the_programme_has_in_each_lane(seed: Record) -> None:
    employment_centres = {f"commend-{n:02d}" for n in range(1, 27)}
    kinds: dict[str, set[tuple[str, bool]]] = {}
    for award in seed["awards"]["awards"]:
        kinds.setdefault(award["cue"], set()).add((award["kind"], award["id"] in employment_centres))
    assert {award["cue"] for award in awards_of(seed, "case-")} == {"round-1-hall"}
    assert kinds == {
        "round-1-hall": {("individual", False)},
        "round-2-hall": {("individual", True), ("organisation", False)},
        "round-2-metaverse": {("individual", True)},
        "round-3-hall": {("individual", False), ("organisation", False)},
        "round-3-metaverse": {("individual", False), ("organisation", False)},
    }


def test_calling_order_counts_from_one_in_each_cue(seed: Record) -> None:
    orders: dict[str, list[int]] = {}
    for award in seed["awards"]["awards"]:
        orders.setdefault(award["cue"], []).append(award["order"])
    assert {cue: sorted(order) for cue, order in orders.items()} == {
        "round-1-hall": list(range(1, 27)),
        "round-2-hall": list(range(1, 26)),
        "round-2-metaverse": list(range(1, 12)),
        "round-3-hall": list(range(1, 17)),
        "round-3-metaverse": list(range(1, 12)),
    }


def test_lower_case_awards_are_called_first(seed: Record) -> None:
    called = [a["level"] for a in sorted(awards_of(seed, "case-"), key=lambda a: a["order"])]
    assert called == ["encouragement"] * 12 + ["excellence"] * 8 + ["top-excellence"] * 4 + ["grand"] * 2


def test_recipients_attend_where_they_are_called(seed: Record) -> None:
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    modes = {"hall": "onsite", "metaverse": "metaverse"}
    for award in seed["awards"]["awards"]:
        assert guests[award["guest"]]["mode"] == modes[award["lane"]]


def test_new_officials_follow_on_zoom(seed: Record) -> None:
    assert {g["mode"] for g in seed["people"]["guests"] if g["group"] == "official"} == {"zoom"}


def test_seats_are_given_once_and_only_on_site(seed: Record) -> None:
    seated = [guest for guest in seed["people"]["guests"] if guest["seat"]]
    assert len({guest["seat"] for guest in seated}) == len(seated)
    assert {guest["mode"] for guest in seated} == {"onsite"}
    onsite = [g for g in seed["people"]["guests"] if g["mode"] == "onsite" and g["group"] != "staff"]
    assert all(guest["seat"] for guest in onsite)


def test_file_has_no_ids(text: str) -> None:
    found: list[set[str]] = []
    json.loads(text, object_hook=lambda record: found.append({"id", "uid"} & set(record)))
    assert set().union(*found) == set()
    assert re.findall(r"guest-\d|case-\d|commend-\d", text) == []


def test_ids_are_unique(seed: Record) -> None:
    lists = [
        seed["conference"]["channels"],
        *seed["agenda"].values(),
        seed["checkin"]["gates"],
        seed["people"]["guests"],
        *seed["awards"].values(),
        seed["followup"]["sessions"],
    ]
    for records in lists:
        ids = [record["id"] for record in records]
        assert len(set(ids)) == len(ids)


def test_seven_sessions_on_working_days_within_the_window(seed: Record) -> None:
    starts = [datetime.fromisoformat(session["starts_at"]) for session in seed["followup"]["sessions"]]
    assert len(starts) == 7
    assert [s["title"]["ko"][-2:] for s in seed["followup"]["sessions"]] == [f"{n}회" for n in range(1, 8)]
    assert {session["minutes"] for session in seed["followup"]["sessions"]} == {60}
    assert starts == sorted(set(starts))
    assert all("2021-12-06" <= start.date().isoformat() <= "2021-12-17" for start in starts)
    assert all(start.isoweekday() <= 5 for start in starts)


def test_addresses_are_of_the_example_domain_and_no_phone_number_stands_anywhere(
    seed: Record, text: str
) -> None:
    assert all(guest["id"] not in guest["email"] for guest in seed["people"]["guests"])
    assert set(re.findall(r"@[\w.-]+", text)) == {"@example.com"}
    assert re.findall(r"\b0\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4}\b", text) == []
    assert "phone" not in text


def test_every_text_has_both_languages(text: str) -> None:
    texts: list[Record] = []

    def collect(record: Record) -> Record:
        if {"ko", "en"} & set(record):
            texts.append(record)
        return record

    json.loads(text, object_hook=collect)
    assert texts
    assert all(set(t) == {"ko", "en"} and t["ko"] and t["en"] for t in texts)
    assert [t["en"] for t in texts if re.search("[가-힣]", t["en"])] == []


def test_agenda_names_no_recipient(seed: Record) -> None:
    plan = json.dumps(seed["agenda"], ensure_ascii=False)
    assert [case[1] for case in CASES if case[1] in plan] == []
    assert "최우수상" not in plan
    assert "Top Excellence" not in plan
