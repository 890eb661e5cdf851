"""What each kind of screen shows, and what it has to show by what the server says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.show.known import (
    TO_COME,
    Doc,
    Known,
    from_of,
    is_named,
    level_of,
    name_of,
    text,
    words,
)

Shown = dict[str, Any]
DECK, NEXT = 3, 5

READING = (Path(__file__).parent / "seen.js").read_text(encoding="utf-8")


def seen(page: Page, kind: str) -> Shown:
    """Return what a screen of some kind shows, as `expected` says what it has to show."""
    shown: Shown = page.evaluate(f"(kind) => ({READING})(kind)", kind)
    return shown


def expected(kind: str, known: Known, lane: Doc | None, lang: str) -> Shown:
    """Return what a screen has to show: `known` is the stream that it follows, `lane` the one that it is for."""
    if kind in WHOLE:
        return WHOLE[kind](known, lang)
    assert lane is not None
    return OF_A_LANE[kind](known, lane, lang)


def stage(known: Known, lane: Doc, lang: str) -> Shown:
    """Return the one picture of a stage."""
    if layer := known.layer(lane):
        return {"picture": "idle" if layer == "logo" else layer, "words": []}
    if group := known.group(lane):
        return {"picture": "group", "words": _group_words(known, group, lang)}
    if award := known.on_stage(lane):
        return _award_picture(known, award, lane, lang)
    if cue := known.cue(lane):
        return {"picture": "cue", "words": [text(lang, cue["title"])]}
    waits = lane["status"] == "waiting"
    return {"picture": "countdown" if waits else "idle", "words": []}


def lower_third(known: Known, lane: Doc, lang: str) -> Shown:
    """Return the words that a mixer lays over its picture."""
    cue = known.cue(lane)
    if known.layer(lane) == "blackout" or lane["status"] == "finished":
        return {"strap": []}
    award = known.on_stage(lane)
    if award and award["state"] != "done":
        strap = [level_of(lang, award["level"]), name_of(lang, award), from_of(award)]
        return {"strap": [line for line in strap if line]}
    if not cue or not cue["speakers"]:
        return {"strap": []}
    names = " · ".join(one["name"] for one in cue["speakers"])
    role = cue["speakers"][0]["role"] if len(cue["speakers"]) == 1 else ""
    return {"strap": [line for line in (text(lang, cue["title"]), names, role) if line]}


def timer(known: Known, lane: Doc, lang: str) -> Shown:
    """Return what a speaker sees beside the digits."""
    cue, coming = known.cue(lane), known.next_cue(lane)
    title = text(lang, (cue or lane)["title"])
    coming_words = words(lang, "다음: {title}", title=text(lang, coming["title"])) if cue and coming else ""
    return {"cue": title, "next": coming_words, "held": lane["status"] == "held", "room": True}


def emcee(known: Known, lane: Doc, lang: str) -> Shown:
    """Return what the emcee does and reads."""
    cue, up, group = known.cue(lane), known.up(lane), known.group(lane)
    shown = None
    if up:
        calls = {"armed": "standby", "revealed": "read"}
        who = [level_of(lang, up["level"]), from_of(up), name_of(lang, up)]
        shown = {
            "call": calls.get(up["state"], "wait"),
            "group": f"{len(group['revealed'])} / {group['size']}" if group else "",
            "who": [line for line in who if line],
        }
    coming = [name_of(lang, award) for award in _coming(known, lane)]
    return {"cue": text(lang, cue["title"]) if cue else "", "up": shown, "next": coming[:DECK]}


def backstage(known: Known, lane: Doc, lang: str) -> Shown:
    """Return whom the floor manager brings, in order."""
    cue, up = known.cue(lane), known.up(lane)
    over = words(lang, "모두 마쳤습니다") if lane["status"] == "finished" else ""
    people = [up] if up and up["state"] in TO_COME else []
    people += _coming(known, lane)
    names = [name_of(lang, award) for award in people]
    return {"cue": text(lang, cue["title"]) if cue else over, "deck": names[:DECK], "later": names[DECK:]}


def live(known: Known, lang: str) -> Shown:
    """Return what an attendee sees of every lane."""
    lanes = known.all("lane/")
    if all(lane["status"] == "finished" for lane in lanes):
        return {"closed": "over"}
    on_air = [(lane, cue) for lane in lanes if (cue := known.cue(lane))]
    return {
        "lanes": [text(lang, cue["title"]) for _, cue in on_air],
        "stages": [
            _stage_card(known, lane, cue, lang)
            for lane, cue in on_air
            if (cue["kind"] == "ceremony" or known.on_stage(lane)) and not _is_of_another(known, lane)
        ],
    }


def cue_sheet(known: Known, lane: Doc, lang: str) -> Shown:
    """Return where each cue of a lane stands."""
    cues = known.cues(lane)
    on = next((index for index, cue in enumerate(cues) if cue["id"] == lane["cue"]), -1)
    return {text(lang, cue["title"]): _standing(lane, cue, index, on) for index, cue in enumerate(cues)}


def console(known: Known, lang: str) -> Shown:
    """Return what an operator sees of every lane."""
    return {text(lang, lane["title"]): _panel(known, lane, lang) for lane in known.all("lane/")}


def _panel(known: Known, lane: Doc, lang: str) -> Shown:
    cue, group, up = known.cue(lane), known.group(lane), known.up(lane)
    in_hand: list[str] | None = None
    if group:
        out = [award for one in group["revealed"] if (award := known.docs.get(f"award/{one}"))]
        in_hand = [_who(lang, award) for award in out]
    elif up:
        in_hand = [up["state"], name_of(lang, up)]
    coming = [] if group else [_who(lang, award) for award in known.following(lane)]
    return {
        "status": lane["status"],
        "cue": text(lang, cue["title"]) if cue else "",
        "up": in_hand,
        "next": coming[:NEXT],
        "stage": stage(known, lane, lang),
    }


def _who(lang: str, award: Doc) -> str:
    return ", ".join(part for part in (name_of(lang, award), from_of(award)) if part)


def _coming(known: Known, lane: Doc) -> list[Doc]:
    group, coming = known.group(lane), known.following(lane)
    first = group["next"] if group else None
    return sorted(coming, key=lambda award: award["id"] != first)


def _group_words(known: Known, group: Doc, lang: str) -> list[str]:
    out = [known.docs[f"award/{one}"] for one in group["revealed"]]
    current = next((award for award in out if award["id"] == group["current"]), None)
    large = [name_of(lang, current), from_of(current)] if current else []
    return [line for line in (text(lang, group["heading"]), *large, *_roll(out, lang)) if line]


def _award_picture(known: Known, award: Doc, lane: Doc, lang: str) -> Shown:
    level = level_of(lang, award["level"])
    if award["level"]["reveal_style"] != "roll":
        lines = [level, name_of(lang, award), from_of(award)]
        return {"picture": "award", "words": [line for line in lines if line]}
    same = [
        one
        for one in known.out(lane)
        if one["cue"] == award["cue"] and one["level"]["id"] == award["level"]["id"]
    ]
    return {"picture": "roll", "words": [level, *_roll(same, lang)]}


def _roll(awards: list[Doc], lang: str) -> list[str]:
    named = [award for award in awards if is_named(award)]
    others = [award for award in awards if award not in named]
    lines = [name_of(lang, award) for award in named]
    if not others:
        return lines
    if len(others) == 1:
        return [*lines, name_of(lang, others[0])]
    level = text(lang, others[0]["level"]["label"])
    return [*lines, words(lang, "{level} 수상자 {n}명", level=level, n=len(others))]


def _stage_card(known: Known, lane: Doc, cue: Doc, lang: str) -> list[str]:
    award, group = known.on_stage(lane), known.group(lane)
    lines = [text(lang, cue["title"])]
    if award:
        lines += [level_of(lang, award["level"]), name_of(lang, award), from_of(award)]
    out = [known.docs[f"award/{one}"] for one in group["revealed"]] if group else []
    if len(out) > 1:
        lines += _roll(out, lang)
    return [line for line in lines if line]


def _is_of_another(known: Known, lane: Doc) -> bool:
    """Return whether a lane's stage shows a name that has its card in its own lane, for all lanes."""
    award = known.on_stage(lane)
    if not award or award["lane"] == lane["id"]:
        return False
    own = known.docs[f"lane/{award['lane']}"]
    return known.cue(own) is not None and known.on_stage(own) == award


def _standing(lane: Doc, cue: Doc, index: int, on: int) -> str:
    if index == on:
        return "on"
    before = index < on or lane["status"] == "finished"
    if cue["skipped"] or (before and not cue["started_at"]):
        return "skipped"
    if before:
        return "past"
    return "standby" if cue["id"] == lane["standby"] else "coming"


WHOLE: dict[str, Callable[[Known, str], Shown]] = {"live": live, "console": console}
OF_A_LANE: dict[str, Callable[[Known, Doc, str], Shown]] = {
    "stage": stage,
    "lower-third": lower_third,
    "timer": timer,
    "emcee": emcee,
    "backstage": backstage,
    "cue-sheet": cue_sheet,
}
