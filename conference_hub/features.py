"""What features give: parts of the conference file, and what lower packages need of higher ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from conference_hub.access import erasing as access_erasing
from conference_hub.access import readiness as access_readiness
from conference_hub.access.exchange import TeamPart
from conference_hub.agenda import erasing as agenda_erasing
from conference_hub.agenda import readiness as agenda_readiness
from conference_hub.agenda import rehearsed
from conference_hub.agenda import sources as agenda
from conference_hub.agenda.cue_sheet import CuesPart
from conference_hub.agenda.exchange import DepartmentsPart, LanesPart, SegmentsPart
from conference_hub.agenda.plan_actions import Dependents
from conference_hub.agenda.rehearsed import Rehearsed
from conference_hub.agenda.store import room_uses
from conference_hub.attendance import actions as attendance_actions
from conference_hub.attendance import bulk_mails as attendance_bulk
from conference_hub.attendance import certificate_actions
from conference_hub.attendance import erasing as attendance_erasing
from conference_hub.attendance import mail_kinds as attendance_mails
from conference_hub.attendance import readiness as attendance_readiness
from conference_hub.attendance import store as attendance
from conference_hub.attendance.keeping import Counter as AttendanceCounter
from conference_hub.awards import actions as awards_actions
from conference_hub.awards import erasing as awards_erasing
from conference_hub.awards import (
    group_actions,
    group_pacing,
    group_store,
    proof_store,
    soon_actions,
    soon_store,
    values,
)
from conference_hub.awards import leaving as awards_leaving
from conference_hub.awards import readiness as awards_readiness
from conference_hub.awards import rehearsals as awards_rehearsals
from conference_hub.awards import store as awards
from conference_hub.awards.calls import awards_of, calls_of
from conference_hub.awards.cues import cue_loads
from conference_hub.awards.desk_pages import note_opening
from conference_hub.awards.exchange import AwardsPart
from conference_hub.awards.keys import LINE_UP
from conference_hub.awards.level_exchange import LevelsPart, ProgrammesPart
from conference_hub.awards.sealing import tells
from conference_hub.awards.to_hall import TO_HALL
from conference_hub.checkin import bulk_mails as checkin_bulk
from conference_hub.checkin import erasing as checkin_erasing
from conference_hub.checkin import mail_kinds as checkin_mails
from conference_hub.checkin import readiness as checkin_readiness
from conference_hub.checkin import sources as checkin
from conference_hub.checkin.closing import DayCloser
from conference_hub.checkin.exchange import GuestsPart
from conference_hub.checkin.gate_store import GATE_TIES
from conference_hub.checkin.pages import arrive
from conference_hub.conferences import readiness as conference_readiness
from conference_hub.conferences import store as conference_store
from conference_hub.conferences.exchange import ConferencePart
from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg
from conference_hub.data import erasing as data_erasing
from conference_hub.data import readiness as data_readiness
from conference_hub.data import schema
from conference_hub.exchange.part import Part
from conference_hub.followup import actions as followup_actions
from conference_hub.followup import answering, certificate_mails, recordings, reminder_kinds
from conference_hub.followup import delivery as followup_delivery
from conference_hub.followup import erasing as followup_erasing
from conference_hub.followup import mail_kinds as followup_mails
from conference_hub.followup import readiness as followup_readiness
from conference_hub.followup import store as followup
from conference_hub.followup.exchange import SessionsPart
from conference_hub.followup.notifying import Notifier
from conference_hub.followup.reminding import Reminder
from conference_hub.followup.series_exchange import SeriesPart
from conference_hub.gates import erasing as gates_erasing
from conference_hub.gates import readiness as gates_readiness
from conference_hub.gates import store as gates_store
from conference_hub.gates.exchange import GatesPart, PointsPart, WindowsPart
from conference_hub.honours import actions as honours_actions
from conference_hub.honours import erasing as honours_erasing
from conference_hub.honours import store as honours
from conference_hub.honours.exchange import HonoursPart
from conference_hub.live.pages import backstage, cue_sheet, emcee
from conference_hub.mails import mailbox_readiness
from conference_hub.mails import readiness as mails_readiness
from conference_hub.mails.bulk_writing import BulkWriter
from conference_hub.mails.exchange import MailsPart
from conference_hub.messages import actions as messages_actions
from conference_hub.messages import erasing as messages_erasing
from conference_hub.messages import store as messages
from conference_hub.outbox import erasing as outbox_erasing
from conference_hub.outgoing import erasing as outgoing_erasing
from conference_hub.outgoing import readiness as outgoing_readiness
from conference_hub.outgoing.osc_sending import OscSender
from conference_hub.outgoing.sending import HookSender
from conference_hub.people import erasing as people_erasing
from conference_hub.people.exchange import GroupsPart
from conference_hub.places import actions as places_actions
from conference_hub.places import readiness as places_readiness
from conference_hub.places import store as places
from conference_hub.places.exchange import ChannelsPart, RoomsPart, VideosPart
from conference_hub.registration import erasing as registration_erasing
from conference_hub.registration import guest_leaving, visitors
from conference_hub.registration import guests as registration_guests
from conference_hub.registration import mail_kinds as registration_mails
from conference_hub.registration import readiness as registration_readiness
from conference_hub.registration import setup_store as registration_setup
from conference_hub.registration.exchange import RegistrationPart
from conference_hub.registration.question_exchange import ConsentsPart, QuestionsPart
from conference_hub.screens import applause as screens_applause
from conference_hub.screens import layers as screens_layers
from conference_hub.screens import pages as screens
from conference_hub.screens import store as screens_store
from conference_hub.screens.keys import LAYER
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import DocumentSource, GuestsLeaving, Hub

assert schema.ALL_TABLES  # noqa: S101 - every table is known before the first session opens

GUEST_TIES = (awards_of,)
"""What hangs on guests and may not be lost: they are not removed (`Hub.guest_ties`)."""
TELLS = (tells,)
"""Say whether a text beside a guest says too much (`Hub.tells`): commands of the command line ask too."""
TIES_SHOWN = (note_opening,)
"""Told when a page shows them (`Hub.ties_shown`)."""
PLAN_DEPENDENTS = Dependents(bound=(awards.bound_cues,), documents=(awards.calling_documents,))
"""What hangs on the plan, for those who change it by a file."""
ERASURES: tuple[Erasure, ...] = (
    *awards_erasing.ERASURES,
    *outbox_erasing.ERASURES,
    *followup_erasing.ERASURES,
    *registration_erasing.ERASURES,
    *messages_erasing.ERASURES,
    *outgoing_erasing.ERASURES,
    *honours_erasing.ERASURES,
    *attendance_erasing.ERASURES,
    *checkin_erasing.ERASURES,
    *gates_erasing.ERASURES,
    *access_erasing.ERASURES,
    *people_erasing.ERASURES,
    *agenda_erasing.ERASURES,
    *data_erasing.ERASURES,
)
"""What goes when personal data are kept no longer; what refers to guests stands before them (`Hub.erasures`).

Mails stand before invitations: who sends locks a mail first, and what it says of the invitation after it.
"""
MAIL_TAKERS = (answering.ANSWERS_BY_MAIL,)
"""What uses mails that come to the hub (`Hub.mail_takers`), also by the command `reply`."""
MAILS_SETTLED = (followup_delivery.follow_mail,)
"""What follows what becomes of mails (`Hub.mails_settled`)."""
FIGURES = (checkin_erasing.figures, registration_erasing.figures, followup_erasing.figures)
"""What is counted before, and kept (`Hub.figures`)."""
DESK_PAGES = (
    ("overview", "", msg("준비 현황")),
    ("conference", "conference", msg("행사 정보")),
    ("places", "conference/places", msg("회의장과 참여 경로")),
    ("programme", "programme", msg("진행 계획")),
    ("people", "people", msg("참석자")),
    ("badges", "badges", msg("명찰 인쇄")),
    ("attendance", "attendance", msg("참여 현황")),
    ("awards", "awards", msg("시상")),
    ("honours", "honours", msg("내빈")),
    ("follow-up", "follow-up", msg("후속 세션")),
    ("registration", "registration", msg("등록")),
    ("team", "team", msg("운영진")),
    ("gates", "gates", msg("출입구 목록")),
    ("mail", "mail", msg("메일")),
    ("files", "files", msg("파일")),
    ("screens", "screens", msg("화면")),
    ("outgoing", "outgoing", msg("외부 연동")),
    ("report", "report", msg("진행 보고서")),
)
"""The pages of the desk in the order of its navigation: name, path under `desk/`, and what people read."""


MAIL_KINDS = (
    *registration_mails.MAIL_KINDS,
    *checkin_mails.MAIL_KINDS,
    *attendance_mails.MAIL_KINDS,
    *followup_mails.MAIL_KINDS,
    *reminder_kinds.MAIL_KINDS,
    *recordings.MAIL_KINDS,
    *certificate_mails.MAIL_KINDS,
)
"""The kinds of mails whose words organisers can change."""
BULK_MAILS = (
    *checkin_bulk.BULK_MAILS,
    *recordings.BULK_MAILS,
    *attendance_bulk.BULK_MAILS,
    *certificate_mails.BULK_MAILS,
)
"""The mails that organisers send to many."""


def guests_leaving(hub: Hub) -> list[GuestsLeaving]:
    """Return what takes away that which features keep of guests who are removed (`Hub.guests_leaving`).

    Sessions come first: whether an invitation has to be taken back is seen in its mail, which goes with a registration.
    """
    return [
        partial(followup_actions.leave, hub),
        guest_leaving.leave,
        honours_actions.leave,
        attendance_actions.leave,
        certificate_actions.leave,
    ]


def conference_file(hosts: Collection[str], leaving: Sequence[GuestsLeaving]) -> tuple[Part[Any], ...]:
    """Return the parts of the conference file, each behind those that it names (`exchange/part.py`).

    Videos of `hosts` may be embedded; guests that a file leaves out are removed with what `leaving` takes away.
    """
    return (
        ConferencePart(),
        RoomsPart((room_uses,)),
        ChannelsPart(),
        VideosPart(hosts),
        GroupsPart(),
        PointsPart(),
        WindowsPart(),
        GatesPart(GATE_TIES),
        DepartmentsPart(PLAN_DEPENDENTS),
        SegmentsPart(PLAN_DEPENDENTS),
        LanesPart(PLAN_DEPENDENTS),
        CuesPart(PLAN_DEPENDENTS),
        GuestsPart(ties=GUEST_TIES, leaving=leaving),
        ProgrammesPart(),
        LevelsPart(),
        AwardsPart(),
        HonoursPart(),
        SeriesPart(),
        SessionsPart(),
        RegistrationPart(),
        QuestionsPart(),
        ConsentsPart(),
        MailsPart(MAIL_KINDS),
        TeamPart(),
    )


def documents(hub: Hub) -> list[DocumentSource]:
    """Return the sources of all documents."""
    return [
        places.documents,
        conference_store.documents,
        agenda.documents,
        partial(checkin.documents, in_turns=hub.in_turns),
        partial(attendance.documents, in_turns=hub.in_turns),
        awards.documents,
        group_store.documents,
        proof_store.documents,
        soon_store.documents,
        followup.documents,
        screens_store.documents,
        screens_applause.documents,
        partial(rehearsed.snapshot, features=hub.rehearsed),
        messages.documents,
        honours.documents,
    ]


def connect(hub: Hub) -> None:
    """Give `hub` what lower packages ask of higher ones."""
    hub.readiness += [
        conference_readiness.readiness,
        places_readiness.readiness,
        agenda_readiness.readiness,
        awards_readiness.readiness,
        checkin_readiness.readiness,
        gates_readiness.readiness,
        attendance_readiness.readiness,
        followup_readiness.readiness,
        access_readiness.readiness,
        registration_readiness.readiness,
        mails_readiness.readiness,
        mailbox_readiness.readiness,
        outgoing_readiness.readiness,
        data_readiness.readiness,
    ]
    hub.screen_pages |= {
        ScreenKind.STAGE: screens.stage,
        ScreenKind.TIMER: screens.timer,
        ScreenKind.LOWER_THIRD: screens.lower_third,
        ScreenKind.EMCEE: emcee,
        ScreenKind.BACKSTAGE: backstage,
        ScreenKind.CUE_SHEET: cue_sheet,
    }
    hub.mail_kinds |= {kind.name: kind for kind in MAIL_KINDS}
    hub.bulk_mails |= {bulk.kind.name: bulk for bulk in BULK_MAILS}
    hub.bound_cues.append(awards.bound_cues)
    hub.room_uses.append(room_uses)
    hub.gate_ties = GATE_TIES
    hub.group_uses.append(gates_store.group_uses)
    osc, counter = OscSender(hub), AttendanceCounter()
    hub.duties += (
        *places_actions.DUTIES,
        *soon_actions.DUTIES,
        group_pacing.GroupPace().duty(),
        *messages_actions.DUTIES,
        HookSender().duty(),
        osc.duty(),
        counter.duty(),
        DayCloser().duty(),
        Notifier().duty(),
        Reminder().duty(),
        BulkWriter().duty(),
    )
    hub.journal.listeners.append(counter.commit_seen)
    hub.journal.listeners.append(osc.commit_seen)
    hub.cue_loads.append(cue_loads)
    hub.run_documents.append(awards.calling_documents)
    hub.step_owners |= {
        **dict.fromkeys((*values.FAMILIES, LINE_UP.removesuffix("/")), awards_actions.OWNER),
        LAYER.removesuffix("/"): screens_layers.OWNER,
    }
    hub.leaving += [group_actions.leave, awards_leaving.leave]
    hub.asking.append(awards_leaving.ask)
    hub.beside_lanes += [awards_leaving.calling_beside, group_actions.beside_lane]
    hub.stopping.append(group_actions.stop)
    hub.rehearsed += [awards_rehearsals.REHEARSED, Rehearsed(documents=screens_store.rehearsed_documents)]
    hub.arrivals.append(arrive)
    hub.person_details.append(calls_of)
    hub.expiring.append(partial(visitors.lapse_everywhere, hub))
    hub.mode_choices.append(partial(visitors.follow_mode, hub))
    hub.to_hall = TO_HALL
    hub.capacity = registration_guests.capacity
    hub.privacy_notice = registration_setup.privacy_notice
    hub.guests_changed.append(partial(visitors.follow_guests, hub))
    hub.guests_changed.append(partial(followup_actions.follow_guests, hub))
