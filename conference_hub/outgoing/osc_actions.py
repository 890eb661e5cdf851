"""What organisers do with OSC addresses: load, decide, save, publish."""

from __future__ import annotations

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import refuse_more
from conference_hub.core.sighted import require_same
from conference_hub.outgoing import osc_store
from conference_hub.outgoing.facts import OscTargetAdded, OscTargetChanged, OscTargetRemoved
from conference_hub.outgoing.model import OscDraft, OscTarget, OscTargetId
from conference_hub.outgoing.reach import literal, may_reach

MOST_TARGETS = 10


def add_target(write: Write, draft: OscDraft, *, private: bool) -> OscTarget:
    """Add an address and return it; raises Invalid (`host`), and Refused (`full`) when there are too many."""
    refuse_more(osc_store.targets(write.session, write.conf), MOST_TARGETS)
    target = OscTarget(id=OscTargetId(new_id()), draft=_checked(draft, private=private))
    osc_store.add_target(write.session, write.conf, target, write.at, write.actor)
    write.publish(OscTargetAdded(target=target.id), subject_of(target.id), {})
    return target


def change_target(write: Write, target_id: str, draft: OscDraft, *, seen: str, private: bool) -> None:
    """Change an address; raises NotFound, Stale when it is not any more as `seen` marks it, and Invalid (`host`)."""
    target = osc_store.get_target(write.session, write.conf, target_id)
    require_same(write, seen, target.draft, subject_of(target.id))
    changed = OscTarget(id=target.id, draft=_checked(draft, private=private))
    osc_store.save_target(write.session, write.conf, changed)
    write.publish(OscTargetChanged(target=target.id), subject_of(target.id), {})


def remove_target(write: Write, target_id: str) -> None:
    """Remove an address; raises NotFound."""
    target = osc_store.get_target(write.session, write.conf, target_id)
    osc_store.delete_target(write.session, write.conf, target.id)
    write.publish(OscTargetRemoved(target=target.id), subject_of(target.id), {})


def subject_of(target: OscTargetId) -> str:
    """Return the subject of an address's facts."""
    return f"osc/{target}"


def _checked(draft: OscDraft, *, private: bool) -> OscDraft:
    """Refuse an address that the hub may not reach; a name is looked at when it is sent to."""
    address = literal(draft.host)
    if address is not None and not may_reach(address, private=private):
        raise Invalid(msg("이 허브는 사설망 주소로 보내지 않습니다 (HUB_OUTGOING_PRIVATE)."), field="host")
    return draft
