"""Duties are done when they are due; one that fails stops no other, and a commit wakes the loop."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from conference_hub.core.errors import Unavailable
from conference_hub.live.duties import GATHER_S, GLANCE_S, Duties
from conference_hub.live.state import EXTENSION
from conference_hub.web.hub import Duty, Hub
from tests.model_day import FakeNow

DONE: list[str] = []


@pytest.fixture
def duties(hub: Hub, now: FakeNow) -> Duties:
    """Three duties: one due in 400 ms, one that fails, one due in two minutes."""
    DONE.clear()
    begin = now.instant

    def soon(_hub: Hub, at: datetime) -> datetime | None:
        due = begin + timedelta(milliseconds=400)
        if at < due:
            return due
        DONE.append("soon")
        return None

    def failing(_hub: Hub, _at: datetime) -> datetime | None:
        message = "a defect"
        raise ValueError(message)

    def later(_hub: Hub, _at: datetime) -> datetime | None:
        DONE.append("later")
        return begin + timedelta(minutes=2)

    hub.duties = [Duty(name=work.__name__, work=work) for work in (soon, failing, later)]
    return Duties(hub)


def test_duty_is_done_when_it_is_due_and_one_that_fails_stops_no_other(duties: Duties, now: FakeNow) -> None:
    begin = now.instant

    assert (duties.turn(), DONE) == (begin + timedelta(milliseconds=400), ["later"])
    now.instant = begin + timedelta(milliseconds=400)
    assert (duties.turn(), DONE) == (begin + timedelta(minutes=2), ["later", "soon", "later"])


def test_loop_waits_for_the_next_instant_and_never_longer_than_a_glance(hub: Hub, now: FakeNow) -> None:
    duties = Duties(hub)

    waits = [
        duties.wait_s(None if due is None else now.instant + due)
        for due in (
            None,
            timedelta(seconds=-3),
            timedelta(0),
            timedelta(milliseconds=250),
            timedelta(minutes=2),
        )
    ]

    assert waits == [GLANCE_S, 0.0, 0.0, 0.25, GLANCE_S]


def test_storage_that_is_away_is_no_defect(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    def away(_hub: Hub, _at: datetime) -> datetime | None:
        raise Unavailable(reason="database")

    hub.duties = [Duty(name="away", work=away)]

    assert Duties(hub).turn() is None
    assert caplog.records == []


def test_commit_wakes_the_loop(hub: Hub) -> None:
    turns: list[str] = []
    duties = Duties(hub)

    def count(_hub: Hub, at: datetime) -> datetime | None:
        turns.append("turn")
        if len(turns) == 1:
            duties.commit_seen("model", [])
        else:
            duties.stop()
        return at + timedelta(hours=1)

    hub.duties = [Duty(name="counting", work=count)]
    rests: list[float] = []
    duties.run(rests.append)

    assert turns == ["turn", "turn"]
    assert rests == [GATHER_S, GATHER_S]


def test_loop_never_rests_past_what_is_due(hub: Hub) -> None:
    duties = Duties(hub)

    def work(_hub: Hub, at: datetime) -> datetime | None:
        duties.commit_seen("model", [])
        duties.stop()
        return at + timedelta(milliseconds=100)

    hub.duties = [Duty(name="due soon", work=work)]
    rests: list[float] = []
    duties.run(rests.append)

    assert rests == [0.1]


def test_hub_opens_channels_as_a_duty(app: Flask, hub: Hub) -> None:
    assert [duty.name for duty in hub.duties] == [
        "opening channels",
        "forgetting who is ready",
        "naming groups",
        "showing messages",
        "sending webhooks",
        "knowing OSC addresses",
        "counting who is where",
        "ending days at the doors",
        "telling of changed sessions",
        "reminding of sessions",
        "writing mails to many",
    ]
    assert app.extensions[EXTENSION].duties.commit_seen in hub.journal.listeners
