"""What becomes of devices: invited by a code, paired, changed, ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from conference_hub.access import pairing
from conference_hub.access.model import Viewer, fingerprint, new_secret
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import NotSignedIn, Refused, msg
from conference_hub.core.ids import LETTERS, new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import refuse_more
from conference_hub.gates import device_store as store
from conference_hub.gates.facts import DeviceChanged, DeviceEnded, DeviceInvited, DevicePaired
from conference_hub.gates.keys import device_key
from conference_hub.gates.model import Device, DeviceId, Plan
from conference_hub.gates.tables import DeviceLinkRow

LINK_LIFE = timedelta(minutes=15)
GROUPS, GROUP_LENGTH = 3, 4
"""A code is typed where no camera reads it: three groups of four, 59 bits, for a quarter of an hour."""
MOST_DEVICES = 300


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What a browser keeps of an earlier pairing with the same conference."""

    device: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A code, which is not kept, and the id of its link."""

    code: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Paired:
    """A paired browser: `session` is the secret for its cookie, `key` its upload key; neither is kept."""

    device: Device
    session: str
    key: str


def invite(write: Write, plan: Plan) -> Invited:
    """Make a code that pairs one browser as `plan` says; raises Refused when there are too many."""
    known = [device for device in store.all_devices(write.session, write.conf) if not device.ended]
    refuse_more(known, MOST_DEVICES)
    code = new_code()
    link = DeviceLinkRow(
        secret=fingerprint(store.plain_code(code)),
        id=new_id(),
        conf=write.conf,
        name=plan.name,
        gates=sorted(plan.gates),
        scan_only=plan.scan_only,
        created_at=write.at,
        created_by=write.actor.label,
        created_by_actor=write.actor.id,
        expires_at=write.at + LINK_LIFE,
    )
    store.add_link(write.session, link)
    write.publish(DeviceInvited(link=link.id), device_key(link.id), {})
    return Invited(code=code, link=link.id)


def pair(write: Write, code: str, viewer: Viewer, *, earlier: Earlier | None, browser: str) -> Paired:
    """Pair the browser of `viewer` by a code, and sign it in.

    A browser that was paired with this conference before (`earlier`, or it is signed in as that device) stays the same
    device. Raises NotSignedIn when the code is unknown, used or over.
    """
    link = store.find_link(write.session, code, write.at, lock=True)
    if link is None or link.conf != write.conf:
        raise code_is_over()
    known = _known(write, earlier)
    plan = store.plan_of(link)
    opened = pairing.open_device(
        write.session, viewer, conf=write.conf, name=plan.name, device_id=known, at=write.at
    )
    write.actor = Actor.of(ActorKind.DEVICE, opened.device_id, plan.name)
    before = store.find_device(write.session, write.conf, opened.device_id)
    key = new_secret()
    device = Device(
        id=DeviceId(opened.device_id),
        conf=write.conf,
        name=plan.name,
        paired_at=before.paired_at if before else write.at,
        paired_by=link.created_by,
        salt=before.salt if before else secrets.token_hex(16),
        gates=plan.gates,
        scan_only=plan.scan_only,
        browser=browser or None,
    )
    store.save_device(write.session, device, upload_key=key)
    link.used_at, link.device_id = write.at, device.id
    _publish(write, DevicePaired(device=device.id, link=link.id))
    return Paired(device=device, session=opened.secret, key=key)


def change_device(write: Write, device_id: str, plan: Plan) -> None:
    """Change what a device is called and may do; raises NotFound, and Refused (`ended`)."""
    device = _live(write, device_id)
    changed = replace(device, name=plan.name, gates=plan.gates, scan_only=plan.scan_only)
    if changed == device:
        return
    store.save_device(write.session, changed)
    pairing.rename_device(write.session, write.conf, device_id, plan.name)
    _publish(write, DeviceChanged(device=device.id))


def end_device(write: Write, device_id: str) -> None:
    """End a device and sign its browser out of the conference; raises NotFound, and Refused (`ended`)."""
    device = _live(write, device_id)
    store.save_device(write.session, replace(device, ended_at=write.at, ended_by=write.actor.label))
    pairing.end_device(write, device_id)
    _publish(write, DeviceEnded(device=device.id))


def new_code() -> str:
    """Return a new code, in groups."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups).upper()


def code_is_over() -> NotSignedIn:
    """Return how somebody is answered whose code is unknown, used or over."""
    return NotSignedIn(
        msg("이 연결 코드는 이미 썼거나 기한이 지났습니다. 담당자에게 새 코드를 받아 주세요."), field="code"
    )


def _known(write: Write, earlier: Earlier | None) -> str | None:
    """Return as which device the browser goes on, None: as the one it is signed in as, or as a new one."""
    if earlier and store.has_upload_key(write.session, write.conf, earlier.device, earlier.key):
        return earlier.device
    return None


def _live(write: Write, device_id: str) -> Device:
    device = store.get_device(write.session, write.conf, device_id)
    if device.ended:
        raise Refused(msg("이미 연결을 끝낸 기기입니다."), code="ended")
    return device


def _publish(write: Write, fact: DevicePaired | DeviceChanged | DeviceEnded) -> None:
    write.publish(fact, device_key(fact.device), {})
