"""Bodies, ids, secrets and signatures of webhooks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from conference_hub.outgoing import message
from conference_hub.outgoing.following import Missing
from conference_hub.outgoing.message import Message
from conference_hub.outgoing.model import HookId
from tests.unit.outgoing.hooks import AT, HOOK

KEY = "k" * 40
ENTRY = {"docs": {"lane/hall": {"title": "본식"}}, "lane": "hall"}


def of_entry(**body: object) -> Message:
    return message.of_entry(HOOK, seq=4, topic="CueStarted", at=AT, body={**ENTRY, **body})


def test_entry_becomes_a_standard_webhook() -> None:
    assert json.loads(of_entry().body) == {
        "type": "CueStarted",
        "timestamp": "2021-12-02T00:20:00.000Z",
        "data": {"conference": "day", "stream": "public", "seq": 4, "body": ENTRY},
    }


def test_the_same_entry_is_the_same_message_and_a_redacted_one_is_another() -> None:
    again, redacted = of_entry(), of_entry(docs={"lane/hall": None}, redacted=True)

    assert (of_entry(), redacted.id == again.id) == (again, False)
    assert (again.id[:11], redacted.id[:11]) == ("msg_hook_4_", "msg_hook_4_")


def test_gap_is_the_same_message_at_every_attempt() -> None:
    trying, gap = replace(HOOK, trying_since=AT), Missing(after=3, before=9)
    told = message.of_gap(trying, gap)

    assert message.of_gap(replace(trying, attempts=5), gap) == told
    assert json.loads(told.body) == {
        "type": "Reset",
        "timestamp": "2021-12-02T00:20:00.000Z",
        "data": {"conference": "day", "stream": "public", "after": 3, "before": 9},
    }


def test_signature_is_that_of_the_published_example() -> None:
    """The example of the specification's libraries."""
    example = Message(id="msg_p5jXN8AQM9LWM0D4loKWxJek", topic="test", seq=None, body=b'{"test": 2432232314}')

    assert message.signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", example, 1614265330) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_secret_before_signs_for_a_day_after_a_rotation() -> None:
    rotated = replace(HOOK, secret_number=2, rotated_at=AT)
    first, second = (message.secret_of(KEY, "day", HOOK.id, number) for number in (1, 2))

    assert message.secrets_of(KEY, HOOK, AT) == [first]
    assert message.secrets_of(KEY, rotated, AT + timedelta(hours=23)) == [second, first]
    assert message.secrets_of(KEY, rotated, AT + timedelta(days=1)) == [second]
    assert message.headers_of(of_entry(), [second, first], AT) == {
        "webhook-id": of_entry().id,
        "webhook-timestamp": "1638404400",
        "webhook-signature": " ".join(
            message.signature(secret, of_entry(), 1638404400) for secret in (second, first)
        ),
    }


def test_secrets_differ_by_key_conference_webhook_and_number() -> None:
    given: list[tuple[str, str, str, int]] = [
        (KEY, "day", "a", 1),
        ("x" * 40, "day", "a", 1),
        (KEY, "eve", "a", 1),
    ]
    others = [(KEY, "day", "b", 1), (KEY, "day", "a", 2)]

    secrets = {
        message.secret_of(key, conf, HookId(hook), number) for key, conf, hook, number in [*given, *others]
    }

    assert len(secrets) == 5
    assert all(secret.startswith("whsec_") and len(secret) == 50 for secret in secrets)
