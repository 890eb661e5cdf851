"""Awards: prepared, and all that happens to one in a ceremony."""

from __future__ import annotations

from collections.abc import Iterator

from conference_hub.access.model import Role
from conference_hub.awards.levels import Programme, ProgrammeId
from conference_hub.awards.preparation import call_in_order, put_programme
from conference_hub.awards.preparing import prepare
from conference_hub.awards.proof_actions import commit, open_results
from conference_hub.awards.sealing import set_gate_order
from conference_hub.awards.soon_actions import forget_ready, set_told
from conference_hub.checkin.actions import switch_mode
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.people.model import Mode
from tests.integration.whole_day.sending import Plan, Sender, Step
from tests.model_day import outside
from tests.small_conference import FIRST_AWARD, LAST_AWARD, ONLY_AWARD, ONLY_HERE, OTHER

CEREMONY: Plan = [
    (
        "awards/line-up",
        {"lane": "hall", "cue": "hall-2", "order": [FIRST_AWARD, ONLY_AWARD, LAST_AWARD]},
        ("LineUpChanged",),
    ),
    ("awards/group", {"lane": "hall", "awards": [FIRST_AWARD, ONLY_AWARD], "pace_s": 10}, ("GroupBegan",)),
    ("awards/group/pause", {"lane": "hall"}, ("GroupPaused",)),
    ("awards/group/resume", {"lane": "hall"}, ("GroupResumed",)),
    ("awards/group/next", {"lane": "hall"}, ("AwardRevealed",)),
    ("awards/group/back", {"lane": "hall"}, ("AwardTakenBack",)),
    ("awards/group/skip", {"lane": "hall"}, ("GroupShortened",)),
    ("awards/group/end", {"lane": "hall"}, ("GroupEnded",)),
    (f"awards/{FIRST_AWARD}/arm", outside("arm"), ("AwardArmed",)),
    (f"awards/{FIRST_AWARD}/take-back", {}, ("AwardTakenBack",)),
    (f"awards/{FIRST_AWARD}/correct", {"recipient": "이름"}, ("AwardCorrected",)),
    (f"awards/{FIRST_AWARD}/arm", outside("arm"), ("AwardArmed",)),
    (f"awards/{FIRST_AWARD}/reveal", outside("arm"), ("AwardRevealed",)),
    (f"awards/{FIRST_AWARD}/correct", {"organisation": "기관"}, ("AwardCorrected",)),
    (f"awards/{FIRST_AWARD}/present", {}, ("AwardPresented",)),
    (f"awards/{FIRST_AWARD}/take-back", {}, ("AwardTakenBack",)),
    ("run/undo", {"publish": True}, ("AwardCommandUndone",)),
    ("run/redo", {}, ("AwardCommandRedone",)),
    (f"awards/{ONLY_AWARD}/arm", outside("arm"), ("AwardArmed",)),
    (f"awards/{ONLY_AWARD}/reveal", outside("arm"), ("AwardRevealed",)),
    (f"awards/{ONLY_AWARD}/present", {}, ("AwardPresented",)),
    (f"awards/{ONLY_AWARD}/photo", {}, ("AwardPhotographed",)),
    (f"awards/{ONLY_AWARD}/done", {}, ("AwardDone",)),
    (f"awards/{LAST_AWARD}/defer", {}, ("AwardDeferred",)),
    ("run/undo", {}, ("AwardCommandUndone",)),
    ("run/redo", {}, ("AwardCommandRedone",)),
    (f"awards/{LAST_AWARD}/absent", {"absent": True}, ("AwardAbsenceNoted",)),
    (f"awards/{LAST_AWARD}/proxy", {"name": "대리인", "relation": "동료"}, ("AwardProxyNamed",)),
    (f"awards/{LAST_AWARD}/withdraw", {"reason": "사유"}, ("AwardWithdrawn",)),
    (f"awards/{LAST_AWARD}/take-back", {}, ("AwardTakenBack",)),
    (f"awards/{LAST_AWARD}/skip", {}, ("AwardSkipped",)),
]


def prepared(sender: Sender) -> Iterator[Step]:
    """Call the last award first, and bring a programme in: the public hears of it by the counts."""
    yield sender.written("prepare", ("AwardsPrepared",), _prepare)
    yield sender.written("tell the gate", ("SealChanged",), _tell_gate)
    yield sender.written("tell no recipients", ("RecipientsTold",), _tell_nobody)
    yield sender.written("tell recipients again", ("RecipientsTold",), _tell_recipients)
    yield sender.written("commit to the results", ("ResultsCommitted",), commit)


def _prepare(write: Write) -> None:
    programme = Programme(id=ProgrammeId("programme"), title=Text(ko="부문"))
    order = [LAST_AWARD, FIRST_AWARD, ONLY_AWARD]
    prepare(write, lambda now: put_programme(call_in_order(now, "hall-2", order), programme))


def _tell_gate(write: Write) -> None:
    set_gate_order(write, told=True)


def _tell_nobody(write: Write) -> None:
    set_told(write, told=False)


def _tell_recipients(write: Write) -> None:
    set_told(write, told=True)


def called_soon(sender: Sender) -> Iterator[Step]:
    """Say from elsewhere to be ready, and come to the hall all the same."""
    guest = sender.sign_in(Role.ATTENDEE, conf=OTHER, guest_id=ONLY_HERE)
    yield sender.written("stay away", ("ModeSwitched",), lambda w: switch_mode(w, ONLY_HERE, Mode.ZOOM))
    yield sender.form(guest, "me/ready", "RecipientReady")
    yield sender.written("come", ("ModeSwitched",), lambda w: switch_mode(w, ONLY_HERE, Mode.ONSITE))
    yield sender.written("forget who is ready", ("RecipientReady",), forget_ready)


def checked(sender: Sender) -> Iterator[Step]:
    """Let everybody check the results, after the ceremony."""
    yield sender.written("open the results", ("ResultsOpened",), open_results)
