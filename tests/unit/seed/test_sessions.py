"""The follow-up sessions."""

from __future__ import annotations

from datetime import datetime

from tests.unit.seed.records import Record


def test_seven_sessions_on_working_days_within_the_window(seed: Record) -> None:
    starts = [datetime.fromisoformat(session["starts_at"]) for session in seed["followup"]["sessions"]]
    assert len(starts) == 7
    assert [s["title"]["ko"][-2:] for s in seed["followup"]["sessions"]] == [f"{n}회" for n in range(1, 8)]
    assert {s["series"] for s in seed["followup"]["sessions"]} == {"online-conference"}
    assert {session["minutes"] for session in seed["followup"]["sessions"]} == {60}
    assert starts == sorted(set(starts))
    assert all("2021-12-06" <= start.date().isoformat() <= "2021-12-17" for start in starts)
    assert all(start.isoweekday() <= 5 for start in starts)
