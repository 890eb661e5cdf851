"""The facts that webhooks may be limited to."""

from __future__ import annotations

from conference_hub import blueprints
from conference_hub.outgoing.topics import all_topics, topics


def test_topics_to_choose_from_are_those_of_the_show() -> None:
    assert blueprints.BLUEPRINTS
    assert {"CueStarted", "AwardRevealed", "MessageShown", "GuestAdmitted"} <= all_topics()
    assert not {"TokenMade", "HookAdded", "MailHandled"} & all_topics()
    assert "CueStarted" in topics()["agenda"]
