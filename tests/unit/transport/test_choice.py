"""The fast transport serves only where it was tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import socketio

from conference_hub.live.transport import choice, watch
from conference_hub.live.transport.engine import Engine
from conference_hub.live.transport.fast import FastEngine

REQUIREMENTS = Path(__file__).parents[3] / "requirements.txt"


def _engine(*, fast: bool = True, cooperative: bool = True) -> Engine:
    server = socketio.Server(async_mode="eventlet")
    engine = choice.use_engine(server, fast=fast, cooperative=cooperative, backlog=1000)
    assert server.eio is engine
    assert isinstance(engine, Engine)
    return engine


def test_it_was_tried_with_the_versions_that_are_installed_with_the_hub() -> None:
    pinned = dict(re.findall(r"^([a-z-]+)==(\S+)", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE))

    assert {name: pinned[name] for name in choice.TRIED} == choice.TRIED


def test_the_fast_transport_serves_where_it_was_tried() -> None:
    engine = _engine()

    assert isinstance(engine, FastEngine)
    assert engine.shared.backlog == 1000


def test_stock_serves_when_it_is_asked_for_and_without_a_cooperative_process() -> None:
    assert not isinstance(_engine(fast=False), FastEngine)
    assert not isinstance(_engine(cooperative=False), FastEngine)


def test_another_version_is_served_by_stock_and_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(choice.TRIED, "python-engineio", "4.0.0")

    engine = _engine()

    assert not isinstance(engine, FastEngine)
    (line,) = caplog.records
    assert "python-engineio" in line.getMessage()
    assert "4.0.0" in line.getMessage()


def test_a_system_without_epoll_is_served_by_stock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "available", lambda: False)

    assert not isinstance(_engine(), FastEngine)
