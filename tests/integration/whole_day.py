"""A day in which every fact occurs: each step is one command, with the facts that it must publish."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from conference_hub.access import actions, listing
from conference_hub.access.model import Grant, Role
from conference_hub.awards.calls import awards_of
from conference_hub.awards.model import Programme, ProgrammeId
from conference_hub.awards.preparation import call_in_order, put_programme
from conference_hub.awards.preparing import prepare
from conference_hub.checkin.actions import add_gate, revoke_badge
from conference_hub.checkin.badge_design import BadgeDesign, Layout
from conference_hub.checkin.gate_actions import remove_gate, set_gates
from conference_hub.checkin.guest_actions import (
    change_guests,
    design_badges,
    issue_badges,
    mark_printed,
    register_guests,
    remove_guests,
)
from conference_hub.checkin.model import Gate
from conference_hub.checkin.store import all_gates
from conference_hub.conferences import actions as conferences
from conference_hub.conferences.model import State
from conference_hub.conferences.places import closed, opened
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of
from conference_hub.core.text import Text
from conference_hub.followup import store as session_store
from conference_hub.followup.actions import leave
from conference_hub.followup.model import OnlineSession, Series, SeriesId, SessionId, SessionStatus
from conference_hub.followup.preparing import announce, copy_weekly, put_session, remove, revise_series
from conference_hub.outbox.store import mails
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose
from conference_hub.people.group_actions import move_group, remove_group, save_groups
from conference_hub.people.model import Group, GroupId, Guest, GuestId, Mode
from conference_hub.people.store import get_guest
from conference_hub.places.actions import open_due, remove_room, set_channels, set_rooms
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.conftest import SignIn
from tests.integration.registration.registration_day import registration_forms
from tests.model_day import FakeNow
from tests.small_conference import FIRST_AWARD, FIRST_SESSION, LAST_AWARD, ON_SITE, ONLY_AWARD, OTHER, REMOTE

API, PAGES = f"/api/v1/c/{OTHER}", f"/c/{OTHER}"
Plan = list[tuple[str, dict[str, Any], tuple[str, ...]]]
HALL: Plan = [
    ("run/start", {}, ("LaneStarted",)),
    ("run/extend", {"seconds": 60}, ("CueExtended",)),
    ("run/hold", {}, ("LaneHeld",)),
    ("run/resume", {}, ("LaneResumed",)),
    ("run/next", {}, ("CueStarted",)),
    ("run/undo", {}, ("CommandUndone",)),
    ("run/redo", {}, ("CommandRedone",)),
    ("run/back", {}, ("CommandUndone",)),
    ("run/next", {}, ("CueStarted",)),
]
CEREMONY: Plan = [
    (f"awards/{FIRST_AWARD}/arm", {}, ("AwardArmed",)),
    (f"awards/{FIRST_AWARD}/take-back", {}, ("AwardTakenBack",)),
    (f"awards/{FIRST_AWARD}/correct", {"recipient": "이름"}, ("AwardCorrected",)),
    (f"awards/{FIRST_AWARD}/arm", {}, ("AwardArmed",)),
    (f"awards/{FIRST_AWARD}/reveal", {}, ("AwardRevealed",)),
    (f"awards/{FIRST_AWARD}/correct", {"organisation": "기관"}, ("AwardCorrected",)),
    (f"awards/{FIRST_AWARD}/present", {}, ("AwardPresented",)),
    (f"awards/{FIRST_AWARD}/take-back", {}, ("AwardTakenBack",)),
    (f"awards/{FIRST_AWARD}/undo", {}, ("AwardCommandUndone",)),
    (f"awards/{FIRST_AWARD}/redo", {}, ("AwardCommandRedone",)),
    (f"awards/{ONLY_AWARD}/arm", {}, ("AwardArmed",)),
    (f"awards/{ONLY_AWARD}/reveal", {}, ("AwardRevealed",)),
    (f"awards/{ONLY_AWARD}/present", {}, ("AwardPresented",)),
    (f"awards/{ONLY_AWARD}/photo", {}, ("AwardPhotographed",)),
    (f"awards/{ONLY_AWARD}/done", {}, ("AwardDone",)),
    (f"awards/{LAST_AWARD}/defer", {}, ("AwardDeferred",)),
    (f"awards/{LAST_AWARD}/undo", {}, ("AwardCommandUndone",)),
    (f"awards/{LAST_AWARD}/redo", {}, ("AwardCommandRedone",)),
    (f"awards/{LAST_AWARD}/skip", {}, ("AwardSkipped",)),
]
CLOSING: Plan = [
    ("run/start", {"lane": "annex"}, ("LaneStarted",)),
    ("run/jump", {"lane": "annex", "cue": "annex-2"}, ("CueStarted",)),
    ("run/finish", {"lane": "annex", "early": True}, ("LaneFinished",)),
    ("run/next", {}, ("CueStarted",)),
    ("run/finish", {"early": True}, ("LaneFinished",)),
]
REHEARSAL: Plan = [
    ("runs", {"revision": 1}, ("RehearsalBegan",)),
    ("runs/run-2/start", {}, ("RehearsalCommanded",)),
    ("runs/run-2/next", {}, ("RehearsalCommanded",)),
    ("runs/run-2/undo", {}, ("RehearsalCommanded",)),
    ("runs/run-2/clear", {}, ("RehearsalCleared",)),
]
FOLLOW_UP: Plan = [
    (
        f"follow-up/{FIRST_SESSION}/reschedule",
        {"starts_at": "2021-12-08T14:00:00+09:00", "ends_at": "2021-12-08T15:00:00+09:00"},
        ("SessionRescheduled",),
    ),
    (f"follow-up/{FIRST_SESSION}/cancel", {}, ("SessionCancelled",)),
]


NEWCOMER = Guest(
    id=GuestId("guest-901"),
    name="새 손님",
    label=None,
    organisation=None,
    group=small.ATTENDEE,
    mode=Mode.ONSITE,
)


def register_newcomer(write: Write) -> None:
    register_guests(write, [NEWCOMER])


def change_newcomer(write: Write) -> None:
    change_guests(
        write, [replace(get_guest(write.session, OTHER, NEWCOMER.id), mode=Mode.ONLINE, seat="B-2")]
    )


def print_badges(write: Write) -> None:
    design_badges(write, BadgeDesign(layout=Layout.SINGLE))
    mark_printed(write, [ON_SITE, NEWCOMER.id], write.at)
    disclose(write, DisclosureKind.BADGES, 2, Reason.PRINTING)


def issue_newcomers_badge(write: Write) -> None:
    revoke_badge(write, NEWCOMER.id)
    issue_badges(write, [ON_SITE, NEWCOMER.id])


def remove_newcomer(write: Write) -> None:
    remove_guests(write, [NEWCOMER.id], ties=[awards_of], leaving=[leave])


def arrange_groups(write: Write) -> None:
    save_groups(write, [Group(id=GroupId("press"), title=Text.of("사진"), position=3)])
    move_group(write, "press", -1)
    remove_group(write, "press")


GUEST_LIST = (
    small.Part(add=register_newcomer, topics=("GuestsRegistered",)),
    small.Part(add=change_newcomer, topics=("GuestsChanged",)),
    small.Part(add=print_badges, topics=("BadgeDesigned", "BadgesPrinted", "GuestsDisclosed")),
    small.Part(add=issue_newcomers_badge, topics=("BadgeRevoked", "BadgesIssued")),
    small.Part(add=remove_newcomer, topics=("GuestsRemoved",)),
    small.Part(add=arrange_groups, topics=("GroupsChanged",) * 3),
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command: `do` raises when it is refused; `topics` are the facts that it must publish, in order."""

    name: str
    do: Callable[[], object]
    topics: tuple[str, ...]


@dataclass(kw_only=True)
class WholeDay:
    """The small conference from its first part to the end of its follow-up, through the real application."""

    hub: Hub
    now: FakeNow
    sign_in: SignIn
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def steps(self) -> Iterator[Step]:
        """Yield the steps one by one; each must be done before the next is asked for, a minute after the last."""
        for step in itertools.chain(
            self._preparation(),
            self._places(),
            self._registration(),
            self._guest_list(),
            self._doors(),
            self._show(),
            self._follow_up(),
            self._taking_back(),
            self._afterwards(),
        ):
            yield step
            self.now.forward(seconds=61.25)

    def _preparation(self) -> Iterator[Step]:
        yield Step(
            name="announce", do=partial(self._written, conferences.announce), topics=("ConferenceCreated",)
        )
        for part in small.PARTS:
            yield Step(name=part.add.__name__, do=partial(self._write, part), topics=part.topics)
        yield Step(name="prepare", do=self._prepare, topics=("AwardsPrepared",))

    def _registration(self) -> Iterator[Step]:
        for browser, path, topics, fields in registration_forms(self.hub, OTHER, self.sign_in):
            do = partial(accepted, browser, f"{PAGES}/{path}", 302, data=fields)
            yield Step(name=path, do=do, topics=topics)

    def _write(self, part: small.Part) -> None:
        self._written(part.add)

    def _places(self) -> Iterator[Step]:
        """Rename a room and remove one; the broadcast opens at its time, and is closed and removed by hand."""
        hall, annex = small.rooms()
        renamed = replace(hall, title=annex.title)
        first, broadcast = small.channels()
        steps: dict[str, Callable[[Write], None]] = {
            "RoomChanged": lambda write: set_rooms(write, (renamed, annex)),
            "RoomRemoved": lambda write: remove_room(write, self.hub, annex.id),
            "ChannelOpened": open_due,
            "ChannelChanged": lambda write: set_channels(
                write, (first, opened(replace(broadcast, url=None), write.at))
            ),
            "ChannelClosed": lambda write: set_channels(write, (first, closed(broadcast))),
            "ChannelRemoved": lambda write: set_channels(write, (first,)),
            "GateAdded": lambda write: add_gate(write, "spare", annex.title),
            "GateChanged": lambda write: set_gates(write, _renamed(write, "spare")),
            "GateRemoved": lambda write: remove_gate(write, "spare"),
        }
        for topic, do in steps.items():
            yield Step(name=topic, do=partial(self._written, do), topics=(topic,))

    def _written(self, do: Callable[[Write], object]) -> None:
        with self.hub.journal.writing(OTHER, actor=Actor.system("whole day")) as write:
            do(write)

    def _guest_list(self) -> Iterator[Step]:
        """Register another guest, change and remove them, and say that badges were printed and shown to somebody."""
        for part in GUEST_LIST:
            yield Step(name=part.add.__name__, do=partial(self._write, part), topics=part.topics)

    def _prepare(self) -> None:
        """Call the last award first, and bring a programme in: the public hears of it by the counts."""
        programme = Programme(id=ProgrammeId("programme"), title=Text(ko="부문"))
        order = [LAST_AWARD, FIRST_AWARD, ONLY_AWARD]
        self._written(
            lambda write: prepare(
                write, lambda now: put_programme(call_in_order(now, "hall-2", order), programme)
            )
        )

    def _doors(self) -> Iterator[Step]:
        guest = self.sign_in(Role.ATTENDEE, conf=OTHER, guest_id=REMOTE)
        yield self._form(guest, "me/check-in", "GuestAdmitted")
        yield self._form(guest, "me/mode", "ModeSwitched", mode="onsite")
        yield self._form(guest, "me/language", "LanguageChosen", language="en")
        yield self._scan("first", "GuestAdmitted")
        yield self._scan("again", "ScanRefused")
        yield self._scan("out", "GuestLeft", direction="out")
        yield self._scan("back in", "GuestAdmitted")
        yield self._json(Role.STAFF, "checkin/undo", ("AdmissionUndone",), scan_id="back in")

    def _show(self) -> Iterator[Step]:
        yield from self._commands(Role.OPERATOR, REHEARSAL + HALL + CEREMONY)
        yield from self._replanned()
        yield from self._commands(Role.OPERATOR, CLOSING)

    def _replanned(self) -> Iterator[Step]:
        """Plan another cue while the day runs, publish the plan, and apply it and then a later one to the run."""
        content = small.plan()
        for revision, steps in ((1, ("publish", "apply")), (2, ("apply",))):
            cue = small.cue(small.HALL, 3 + revision, segment=3)
            content["lanes"][0]["cues"].append(cue)
            if revision == 1:
                yield self._json(Role.ORGANISER, "plan", ("PlanRevised",), revision=revision, **content)
            else:
                put = {"op": "put_cue", "lane": small.HALL, "cue": cue}
                yield self._json(
                    Role.ORGANISER, "plan/edit", ("PlanRevised",), revision=revision, edits=[put]
                )
            for step in steps:
                path, topic = {
                    "publish": ("plan/publish", "PlanPublished"),
                    "apply": ("run/apply", "PlanApplied"),
                }[step]
                yield self._json(Role.ORGANISER, path, (topic,), revision=revision + 1)

    def _follow_up(self) -> Iterator[Step]:
        guest = self.sign_in(Role.ATTENDEE, conf=OTHER, guest_id=REMOTE)
        yield self._form(guest, f"follow-up/{FIRST_SESSION}/sign-up", "SignedUp", action="take")
        yield self._form(guest, f"follow-up/{FIRST_SESSION}/sign-up", "Withdrawn", action="give-up")
        yield from self._commands(Role.ORGANISER, FOLLOW_UP)
        yield from self._sessions()

    def _sessions(self) -> Iterator[Step]:
        """Make a series and a draft in it, copy it, remove the copy, announce it and correct its title."""
        series = Series(id=SeriesId("series"), title=Text(ko="시리즈"))

        def draft(write: Write, title: str = "웨비나 1회") -> OnlineSession:
            known = session_store.get_session(write.session, OTHER, FIRST_SESSION)
            changes = {"id": SessionId("draft"), "uid": "draft", "series_id": series.id}
            return replace(known, title=Text(ko=title), status=SessionStatus.DRAFT, sequence=0, **changes)  # type: ignore[arg-type]

        def copy_and_remove(write: Write) -> None:
            (copied,) = copy_weekly(write, "draft", 1, ZoneInfo("Asia/Seoul"), "https://hub.example.com")
            remove(write, copied)

        steps: list[tuple[Callable[[Write], object], tuple[str, ...]]] = [
            (lambda write: revise_series(write, lambda known: [*known, series]), ("SeriesRevised",)),
            (lambda write: put_session(write, draft(write)), ("SessionPrepared",)),
            (copy_and_remove, ("SessionPrepared", "SessionRemoved")),
            (lambda write: announce(write, "draft"), ("SessionAnnounced",)),
            (lambda write: put_session(write, draft(write, "웨비나")), ("SessionEdited",)),
            (
                lambda write: revise_series(write, lambda _: [replace(series, title=Text(ko="연속"))]),
                ("SeriesRevised",),
            ),
        ]
        for number, (do, topics) in enumerate(steps):
            yield Step(name=f"sessions {number}", do=partial(self._written, do), topics=topics)

    def _taking_back(self) -> Iterator[Step]:
        organiser = self.sign_in(Role.ORGANISER, conf=OTHER)
        desk, team = f"desk/guests/{ON_SITE}", "desk/team"
        yield self._desk(organiser, f"{desk}/link", "PersonalLinkMade")
        yield self._desk(organiser, f"{desk}/link/revoke", "LinkRevoked")
        yield self._desk(organiser, f"{team}/tokens", "TokenMade", role=Role.OPERATOR, name="deck")
        yield self._desk(organiser, f"{team}/links", "LinkMade", role=Role.EMCEE, name="링크")
        yield self._invitation(organiser, "invite", "MemberInvited", name="박초대", login="park", staff="on")
        with self.hub.database.reading() as db:
            park = next(one for one in listing.members(db, OTHER) if one.login == "park")
        roles = {"seen": mark_of(park.roles), "staff": "on", "emcee": "on"}
        yield self._form(organiser, f"{team}/accounts/{park.id}", "RolesChanged", **roles)
        yield self._invitation(organiser, f"accounts/{park.id}/link", "AccountLinkMade")
        yield self._desk(organiser, f"{desk}/reissue", "BadgeReissued")
        yield self._desk(organiser, f"{desk}/revoke", "BadgeRevoked")
        for kind, (given_id, topic) in self._given().items():
            yield self._desk(organiser, f"{team}/{kind}/{given_id}/revoke", topic)

        for verbs in (("retry", "copied"), ("withdraw",)):
            yield self._form(organiser, "desk/mail/test", "MailHandled", address="me@example.com")
            with self.hub.database.reading() as db:
                mail = mails(db, OTHER, most=1)[0]
            for verb in verbs:
                yield self._form(organiser, f"desk/mail/{mail.id}/{verb}", "MailHandled")

    def _afterwards(self) -> Iterator[Step]:
        """Change the venue, archive the conference, and bring it back."""
        steps: tuple[tuple[str, Callable[[Write], None]], ...] = (
            ("ConferenceEdited", self._edit),
            ("ConferenceMoved", self._archive),
            ("ConferenceMoved", conferences.bring_back),
        )
        for topic, do in steps:
            yield Step(name=topic, do=partial(self._written, do), topics=(topic,))

    def _edit(self, write: Write) -> None:
        before, run = get_conference(write.session, OTHER), self.hub.run_progress(write.session, OTHER)
        wanted = replace(conferences.edit_of(before), venue=Text.of(f"{small.MARK} 새 장소"))
        conferences.edit(write, wanted, seen=conferences.seen_of(before), run=run, confirmed=False)

    def _archive(self, write: Write) -> None:
        run = self.hub.run_progress(write.session, OTHER)
        conferences.move(write, State.ARCHIVED, seen=State.OVER, run=run)

    def _given(self) -> dict[str, tuple[str, str]]:
        """Sign a device in and add an account; returns what is revoked next: its id, and the fact of it."""
        self.sign_in(Role.STAFF, conf=OTHER, name="기기")
        at = self.hub.now()
        with self.hub.database.writing() as db:
            grants = [Grant(conf=OTHER, role=Role.OPERATOR)]
            account = actions.add_account(
                db, login="kim", name="김감독", password_hash=None, grants=grants, at=at
            )
        with self.hub.database.reading() as db:
            (token,) = listing.tokens(db, OTHER)
            link = next(one for one in listing.links(db, OTHER, at) if one.name == "링크")
            device = next(one for one in listing.devices(db, OTHER, at) if one.name == "기기")
        return {
            "tokens": (token.id, "TokenRevoked"),
            "links": (link.id, "LinkRevoked"),
            "devices": (device.id, "DeviceRevoked"),
            "accounts": (account, "RolesRevoked"),
        }

    def _scan(self, scan_id: str, topic: str, **body: str) -> Step:
        return self._json(
            Role.STAFF, "checkin/redeem", (topic,), scan_id=scan_id, gate="main", guest=ON_SITE, **body
        )

    def _commands(self, role: Role, plan: Plan) -> Iterator[Step]:
        for path, body, topics in plan:
            yield self._json(role, path, topics, **body)

    def _json(self, role: Role, path: str, topics: tuple[str, ...], **body: Any) -> Step:
        browser = self.sign_in(role, conf=OTHER)
        number = {} if path == "checkin/redeem" else {"command_id": f"day-{next(self._numbers)}"}
        return Step(
            name=path,
            do=partial(accepted, browser, f"{API}/{path}", 200, json={**number, **body}),
            topics=topics,
        )

    def _desk(self, browser: FlaskClient, path: str, topic: str, **fields: str) -> Step:
        body = {"command_id": f"day-{next(self._numbers)}", **fields}
        return Step(
            name=path, do=partial(accepted, browser, f"{PAGES}/{path}", 200, json=body), topics=(topic,)
        )

    def _invitation(self, browser: FlaskClient, path: str, topic: str, **fields: str) -> Step:
        return Step(
            name=path,
            do=partial(accepted, browser, f"{PAGES}/desk/team/{path}", 200, data=fields),
            topics=(topic,),
        )

    def _form(self, browser: FlaskClient, path: str, topic: str, **fields: str) -> Step:
        return Step(
            name=path, do=partial(accepted, browser, f"{PAGES}/{path}", 302, data=fields), topics=(topic,)
        )


def _renamed(write: Write, gate_id: str) -> list[Gate]:
    """Return the gates with another name for one of them."""
    gates = all_gates(write.session, write.conf)
    return [
        replace(gate, title=Text.of(f"{small.MARK} 문")) if gate.id == gate_id else gate for gate in gates
    ]


def accepted(browser: FlaskClient, path: str, status: int, **body: Any) -> None:
    """POST to `path`; raises AssertionError for any other answer than `status`."""
    answer = browser.post(path, **body)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
