"""Topics are the names of facts on the wire: each belongs to one fact, and none of those in use may change."""

from __future__ import annotations

from conference_hub.live import shapes

ON_THE_WIRE = {
    *("AgendaPlanned", "LaneStarted", "CueStarted", "CueTakenBack", "LaneHeld", "LaneResumed", "CueExtended"),
    *("LaneFinished", "AwardsPrepared", "AwardArmed", "AwardRevealed", "AwardPresented", "AwardPhotographed"),
    *("AwardDone", "AwardDeferred", "AwardSkipped", "AwardTakenBack", "AwardCorrected", "GateAdded"),
    *("GuestsRegistered", "ModeSwitched", "GuestAdmitted", "GuestLeft", "ScanRefused", "AdmissionUndone"),
    *("BadgeRevoked", "BadgeReissued", "PersonalLinkMade", "LinkRevoked", "TokenRevoked", "DeviceRevoked"),
    *("RolesRevoked", "LanguageChosen", "SessionAnnounced", "SessionRescheduled", "SessionCancelled"),
    *("SignedUp", "Withdrawn"),
}
"""The topics of the first release: entries with them are in journals, and scripts wait for them."""
EARLIER = {"CueTakenBack"}
"""Those of them that no command makes any more; old entries have them still."""


def test_topics_of_the_first_release_are_still_there() -> None:
    assert set(shapes.facts()) >= ON_THE_WIRE - EARLIER


def test_no_two_facts_have_one_topic() -> None:
    classes = list(shapes._fact_classes())

    assert len({fact.topic for fact in classes}) == len(classes) > 30
