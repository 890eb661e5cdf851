"""A judge that is missing must not look like a judge that is content."""

from __future__ import annotations

import pytest

from tests.judges.availability import missing


def test_a_missing_judge_skips_where_nobody_promised_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="khal is not installed"):
        missing("khal", "apt-get install khal")


def test_a_missing_judge_fails_the_test_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install khal"):
        missing("khal", "apt-get install khal")
