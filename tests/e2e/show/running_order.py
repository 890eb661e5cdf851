"""The running order of the test: what happens on the day, good and bad, one step after the other."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.show.first_round import (
    BY_MISTAKE,
    a_deferral,
    a_group_that_nobody_names,
    a_group_with_a_name_too_early,
    a_late_arrival,
    a_proxy,
    a_wrong_reveal_undone,
    an_absent_recipient,
)
from tests.e2e.show.presses import (
    both_in_hand,
    call,
    driven_by,
    in_hand,
    is_,
    is_over,
    is_ready,
    on_air,
    press,
)
from tests.e2e.show.rounds import HALL_2, METAVERSE_2, ROUND_1, ROUND_3
from tests.e2e.show.stage_manager import HALL, METAVERSE, StageManager

KEPT_MS = 5_000
OPENING = "개회 및 고용노동부 장관 격려사"
AFTER_THE_CEREMONY = (
    (40, "샌드아트 퍼포먼스: 내일을 만나다, 국민취업지원제도"),
    (50, "취업지원 우수사례 발표: 구미고용센터, 취업알선 시범센터 운영"),
    (60, "직업상담 우수사례 발표: 미래고용정보 대진대, 20대 구직단념여성 사례"),
    (70, "일경험 우수사례 영상: 한전, 광주고용센터"),
    (77, "마무리 및 폐회"),
)
GRAND = ("석용주", "서미영")


def a_rehearsal_of_the_second_round(show: StageManager) -> None:
    """The screens show it, marked and with numbers for names; the audience sees nothing of it."""
    page, cue = show.first.page, show.known().cues(show.known().lane(HALL))[2]
    show.first.hit("Shift+R")
    show.first.go_to("#rehearse-cue")
    while page.locator("#rehearse-cue").input_value() != cue["id"]:
        page.keyboard.press("ArrowDown")
    show.first.answer("begin")
    page.wait_for_url("**run=*")
    show.first.is_connected()
    show.rehearsing = True
    for screen in show.screens:
        marked = 0 if screen.kind in ("live", "console") else 1
        expect(screen.page.locator(".rehearsal-band")).to_have_count(marked)
    call(show, show.first, "asd", HALL)
    press(show, show.first, "a", "ready", in_hand(HALL, "armed"))
    press(show, show.first, "s", "out", in_hand(HALL, "revealed"))
    show.photograph("rehearsal")

    show.first.hit("Shift+R")
    show.first.answer("yes")
    page.wait_for_url(lambda url: "run=" not in url)
    show.rehearsing = False
    show.first.is_connected()


def the_doors_open(show: StageManager) -> None:
    """All of the first round are here but the one who is absent, the one who is late, and the one who sends a proxy."""
    show.arrive(BY_MISTAKE, *GRAND)


def the_hall_opens(show: StageManager) -> None:
    show.day.at(0)
    press(show, show.first, "Shift+S", "the opening", on_air(HALL, OPENING))
    show.photograph("opening")


def the_first_round_begins(show: StageManager) -> None:
    show.day.at(11)
    press(show, show.first, "Shift+N", "the first round", on_air(HALL, ROUND_1))
    call(show, show.first, "asd", HALL)


def a_press_in_the_wrong_lane(show: StageManager) -> None:
    """The other hand's keys do nothing in a lane that has not begun."""
    before = show.known().docs
    show.first.hit("j")
    expect(show.first.said(show.lane(METAVERSE))).to_contain_text("Shift+A")
    assert show.known().docs == before


def another_operator_takes_over(show: StageManager) -> None:
    """The lane has one driver; the other one is refused until they take it over."""
    hall = show.lane(HALL)
    show.first.take_over(hall)
    show.until("a driver", driven_by(HALL, show.first))
    expect(show.first.lane(hall).locator(".lane-driver")).to_have_attribute("data-driver", "you")
    show.first.leave_it()
    show.second.choose(hall)
    show.second.hit("a")
    expect(show.second.said(hall)).to_contain_text(show.first.by)
    show.second.take_over(hall)
    show.second.answer("yes")
    show.until("another driver", driven_by(HALL, show.second))
    expect(show.first.lane(hall).locator(".lane-driver")).to_have_attribute("data-driver", "other")
    show.second.leave_it()
    show.first.hit("a")
    expect(show.first.said(hall)).to_contain_text(show.second.by)


def the_server_dies_between_ready_and_reveal(show: StageManager) -> None:
    """It comes back by itself, with the name that was ready and on no screen of the audience."""
    press(show, show.second, "a", "ready", in_hand(HALL, "armed", GRAND[0]))
    show.compare("ready")
    before = [show.known(stream) for stream in ("public", "sealed", "operator")]
    pictures = {screen.name: screen.seen() for screen in show.screens}
    show.server.kill()
    show.first.is_alone()
    show.second.is_alone()
    assert {screen.name: screen.seen() for screen in show.screens} == pictures
    show.server.start()
    assert [show.known(stream) for stream in ("public", "sealed", "operator")] == before
    show.everybody_is_back()
    show.compare("back again")
    press(show, show.second, "s", "out", is_(GRAND[0], "revealed"))
    show.photograph("grand-prize")
    press(show, show.second, "d", "done", is_(GRAND[0], "done"))


def a_blackout(show: StageManager) -> None:
    """Everything is dark until the key is pressed again; the name is still there."""
    press(show, show.second, "Shift+K", "dark", lambda known: known.layer(known.lane(HALL)) == "blackout")
    show.photograph("blackout")
    press(show, show.second, "Shift+K", "light", lambda known: known.layer(known.lane(HALL)) is None)
    call(show, show.second, "asd", HALL, GRAND[1])


def next_is_pressed_in_an_outage(show: StageManager) -> None:
    """The console asks before it sends what it could not send; then the hall waits for the metaverse."""
    show.day.at(24)
    hall = show.lane(HALL)
    show.server.kill()
    show.second.is_alone()
    show.second.page.keyboard.press("Shift+N")
    show.second.page.clock.fast_forward(KEPT_MS)
    expect(show.second.said(hall)).to_have_attribute("data-phase", "kept")
    show.server.start()
    show.everybody_is_back()
    assert on_air(HALL, ROUND_1)(show.known())
    show.second.answer("yes")
    show.until("ready", is_ready(HALL))


def both_lanes_begin_together(show: StageManager) -> None:
    show.first.choose(show.lane(METAVERSE))
    show.first.hit("Shift+S")
    show.until("round two in the hall", on_air(HALL, HALL_2))
    show.until("round two in the metaverse", on_air(METAVERSE, METAVERSE_2))
    show.photograph("two-lanes")


def two_hands_call_in_two_lanes(show: StageManager) -> None:
    """Each operator has a lane; the keys of the other's are refused. Two names come out together, by either's key."""
    for _ in range(2):
        call(show, show.second, "asd", HALL)
        call(show, show.first, "jkl", METAVERSE)
    press(show, show.second, "a", "both ready", both_in_hand("armed"))
    show.compare("both ready")
    press(show, show.first, "k", "both out", both_in_hand("revealed"))
    show.photograph("two-names")
    show.first.hit("d")
    expect(show.first.said(show.lane(HALL))).to_contain_text(show.second.by)
    press(show, show.second, "d", "done in the hall", in_hand(HALL, "sealed"))
    press(show, show.first, "l", "done in the metaverse", in_hand(METAVERSE, "sealed"))


def names_are_left_at_the_next_joint_start(show: StageManager) -> None:
    """The consoles ask what becomes of the names; the lanes go on together once both are ready."""
    show.day.at(32)
    show.second.hit("Shift+N")
    assert show.settle(show.second, "the hall is ready", is_ready(HALL), "leave") == 1
    show.compare("the hall is ready")
    show.first.hit("Shift+N")
    assert show.settle(show.first, "round three", on_air(METAVERSE, ROUND_3), "leave") == 1
    show.until("round three in the hall", on_air(HALL, ROUND_3))


def a_name_for_all_lanes(show: StageManager) -> None:
    """The first name of the hall is shown on the stages of all lanes, until the next one of theirs comes out."""
    press(show, show.second, "a", "ready", in_hand(HALL, "armed"))
    press(show, show.second, "s", "out", in_hand(HALL, "revealed"))
    show.photograph("everywhere")
    press(show, show.second, "d", "done", in_hand(HALL, "sealed"))
    show.compare("done")
    call(show, show.first, "jkl", METAVERSE)


def the_metaverse_is_over(show: StageManager) -> None:
    """Its last names are left out."""
    show.day.at(39)
    show.first.hit("Shift+F")
    assert show.settle(show.first, "the end", is_over(METAVERSE), "go", "leave") == 2


def the_hall_goes_on_to_the_end(show: StageManager) -> None:
    """The first question is about names that are left, later cues ask nothing."""
    asked = []
    for minute, title in AFTER_THE_CEREMONY:
        show.day.at(minute)
        show.second.hit("Shift+N")
        asked.append(show.settle(show.second, title, on_air(HALL, title), "leave"))
        show.compare(title)
    assert asked == [1, 0, 0, 0, 0]


def everything_is_over(show: StageManager) -> None:
    """The audience sees the closing page."""
    show.day.at(80)
    show.second.hit("Shift+F")
    show.settle(show.second, "the end", is_over(HALL), "go")
    show.photograph("closing")


RUNNING_ORDER = (
    a_rehearsal_of_the_second_round,
    the_doors_open,
    the_hall_opens,
    the_first_round_begins,
    a_group_that_nobody_names,
    a_group_with_a_name_too_early,
    an_absent_recipient,
    a_deferral,
    a_proxy,
    a_wrong_reveal_undone,
    a_late_arrival,
    a_press_in_the_wrong_lane,
    another_operator_takes_over,
    the_server_dies_between_ready_and_reveal,
    a_blackout,
    next_is_pressed_in_an_outage,
    both_lanes_begin_together,
    two_hands_call_in_two_lanes,
    names_are_left_at_the_next_joint_start,
    a_name_for_all_lanes,
    the_metaverse_is_over,
    the_hall_goes_on_to_the_end,
    everything_is_over,
)
