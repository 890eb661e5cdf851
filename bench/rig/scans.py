"""What a crowd at the gates sends, with repeats and badges shown twice, and the proof that each was admitted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AGAIN_EVERY = 4
"""Of four badges one is sent again under its number (an unsure device), one is shown again under another number."""


@dataclass(frozen=True, kw_only=True)
class Scan:
    """One request at a gate."""

    scan_id: str
    token: str

    def body(self, gate: str) -> dict[str, str]:
        """Return the JSON of the request."""
        return {"scan_id": self.scan_id, "gate": gate, "token": self.token}


def crowd(tokens: Sequence[str], name: str) -> list[Scan]:
    """Return the scans of all badges in the order of sending; what is sent again follows at once.

    `name` begins every scan's number.
    """
    scans = []
    for number, token in enumerate(tokens):
        first = Scan(scan_id=f"{name}-{number}", token=token)
        scans.append(first)
        if number % AGAIN_EVERY == 0:
            scans.append(first)
        if number % AGAIN_EVERY == 1:
            scans.append(Scan(scan_id=f"{name}-{number}-shown-again", token=token))
    return scans


def refuse_wrong_answers(scans: Sequence[Scan], answers: Sequence[dict[str, Any]]) -> Counter[str]:
    """Count the verdicts; raises AssertionError unless each badge has exactly one admission.

    Every number has one answer however often it was sent, and one number of each badge is admitted.
    """
    by_scan: dict[str, dict[str, Any]] = {}
    verdicts: Counter[str] = Counter()
    for scan, answer in zip(scans, answers, strict=True):
        verdicts[answer["verdict"]] += 1
        known = by_scan.setdefault(scan.scan_id, answer)
        assert known == answer, f"{scan.scan_id} got two answers: {known} and {answer}"
    numbers = {scan.scan_id: scan.token for scan in scans}
    admissions = Counter(
        token for number, token in numbers.items() if by_scan[number]["verdict"] == "admitted"
    )
    wrong = {token for token in numbers.values() if admissions[token] != 1}
    assert not wrong, f"{len(wrong)} badges without exactly one admission"
    return verdicts
