"""The accidents of the first round: groups, recipients who are not there, and a name that comes out by mistake."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.show.presses import call, in_hand, is_, named, press
from tests.e2e.show.stage_manager import HALL, StageManager

YOUNG_MS = 3_500
"""A name that came out longer ago is not taken back without a question."""
ABSENT, DEFERRED, BY_PROXY, BY_MISTAKE = "윤지수", "하연희", "권영혜", "최인숙"
INITIALS = "ㅎㅇㅎ"
"""Of the name of who was put back."""
UNNAMED, OF_THE_GROUP = 12, 8


def a_group_that_nobody_names(show: StageManager) -> None:
    """The rest of a level comes out under one heading, by one key."""
    begin_group(show, 0, UNNAMED - 1)
    for n in range(1, UNNAMED):
        press(show, show.first, "Space", "the next name", named(HALL, n))
    show.photograph("group-unnamed")
    end_group(show)


def a_group_with_a_name_too_early(show: StageManager) -> None:
    """Names come out by one key; one of them goes back, and comes out again."""
    begin_group(show, 0, OF_THE_GROUP)
    for n in (1, 2, 3):
        press(show, show.first, "Space", "the next name", named(HALL, n))
    show.compare("three names")
    show.first.hit("F6")
    show.first.go_to('[data-verb="group-back"]')
    show.first.page.keyboard.press("Enter")
    show.until("two names", named(HALL, 2))
    show.compare("a name back")
    show.first.leave_it()
    for n in range(3, OF_THE_GROUP + 1):
        press(show, show.first, "Space", "the next name", named(HALL, n))
    show.photograph("group")
    end_group(show)


def begin_group(show: StageManager, first: int, size: int) -> None:
    """Mark a group by its first name, named one by one."""
    page = show.first.page
    show.first.hit("g")
    show.first.go_to("#group-first")
    for _ in range(first):
        page.keyboard.press("ArrowDown")
    show.first.go_to("#group-pace")
    page.keyboard.press("Home")
    expect(page.locator("#group-pace")).to_have_value("")
    show.first.answer("yes")
    known = show.until("a group", named(HALL, 0))
    group = known.group(known.lane(HALL))
    assert group is not None
    assert group["size"] == size


def end_group(show: StageManager) -> None:
    """End the group, and finish the name that it leaves in hand."""
    press(
        show, show.first, "Space", "the end of the group", lambda known: known.group(known.lane(HALL)) is None
    )
    press(show, show.first, "d", "done", in_hand(HALL, "sealed"))


def an_absent_recipient(show: StageManager) -> None:
    """Nobody comes: the name is read, and nobody is called to the stage."""
    press(show, show.first, "x", "absent", is_(ABSENT, "sealed", absent=True))
    call(show, show.first, "asd", HALL, ABSENT)


def a_deferral(show: StageManager) -> None:
    """Who is not here yet comes three places later."""
    press(show, show.first, "e", "deferred", is_(DEFERRED, "sealed", deferred=True))


def a_proxy(show: StageManager) -> None:
    """Somebody else receives it, whom the audience is not told of."""
    show.first.hit("p")
    show.first.go_to('dialog[open] [name="name"]')
    show.first.write("김대리")
    show.first.page.keyboard.press("Tab")
    show.first.write("동료")
    show.first.page.keyboard.press("Enter")
    show.until("a proxy", is_(BY_PROXY, "sealed", representative="김대리", relation="동료"))
    call(show, show.first, "asd", HALL, BY_PROXY)


def a_wrong_reveal_undone(show: StageManager) -> None:
    """A name that came out by a slip goes from every screen, by one key and a yes."""
    press(show, show.first, "a", "ready", in_hand(HALL, "armed", BY_MISTAKE))
    show.photograph("ready")
    press(show, show.first, "s", "out", is_(BY_MISTAKE, "revealed"))
    show.photograph("revealed")
    show.day.pass_by(show.first.page, YOUNG_MS)
    show.first.hit("Backspace")
    show.first.answer("go")
    show.until("taken back", is_(BY_MISTAKE, "armed"))
    show.compare("taken back")
    press(show, show.first, "Backspace", "no longer ready", is_(BY_MISTAKE, "sealed"))


def a_late_arrival(show: StageManager) -> None:
    """Who was put back turns up; the console says so, and they are called by their initials."""
    show.arrive(DEFERRED)
    expect(show.first.lane(show.lane(HALL)).locator(".card-back")).to_contain_text(DEFERRED)
    show.first.hit("/")
    show.first.write(INITIALS)
    expect(show.first.question.locator("li").first).to_contain_text(DEFERRED)
    show.first.page.keyboard.press("Enter")
    show.until("ready", in_hand(HALL, "armed", DEFERRED))
    press(show, show.first, "s", "out", is_(DEFERRED, "revealed"))
    press(show, show.first, "d", "done", is_(DEFERRED, "done"))
    call(show, show.first, "asd", HALL, BY_MISTAKE)
