"""Levels, awards and their rounds, as announced."""

from __future__ import annotations

from collections import Counter

from conference_hub.awards.levels import RevealStyle
from conference_hub.awards.model import AwardKind
from tests.unit.seed.announced import CASES, COMMENDATIONS
from tests.unit.seed.records import Record, awards_of


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
    assert {RevealStyle(level["reveal_style"]) for level in levels} == {
        RevealStyle.INDIVIDUAL,
        RevealStyle.ROLL,
    }
    assert counts.total() == 89


def test_awards_belong_to_the_programme_of_their_level(seed: Record) -> None:
    programme = {level["id"]: level["programme"] for level in seed["awards"]["levels"]}
    assert [a["id"] for a in seed["awards"]["awards"] if a["programme"] != programme[a["level"]]] == []
    assert Counter(a["programme"] for a in seed["awards"]["awards"]) == {
        "counselling-cases": 26,
        "outstanding-work": 63,
    }


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
