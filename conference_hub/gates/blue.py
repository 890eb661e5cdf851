"""What devices do with a badge that they know while the hub cannot be reached; their screen shows it blue."""

from __future__ import annotations

from conference_hub.core.labelled import Labelled


class Blue(Labelled):
    """Whether people come in with a known badge before the hub has confirmed it; the value is stored and sent."""

    ADMIT = "admit", "바로 들여보내기", "Let them in at once"
    HOLD = "hold", "확인될 때까지 기다리게 하기", "Ask them to wait until it is confirmed"
