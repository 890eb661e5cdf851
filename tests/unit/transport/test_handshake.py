"""The opening handshake (RFC 6455, section 4.2)."""

from __future__ import annotations

import pytest

from conference_hub.live.transport import handshake

REQUEST = {
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_EXTENSIONS": "permessage-deflate",
}


def test_the_answer_is_that_of_the_rfc_and_grants_no_extension() -> None:
    lines = handshake.answer(REQUEST).decode().split("\r\n")

    assert lines[0] == "HTTP/1.1 101 Switching Protocols"
    assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in lines  # the example of section 1.3
    assert not any("Extensions" in line for line in lines)
    assert lines[-2:] == ["", ""]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"HTTP_SEC_WEBSOCKET_VERSION": "8"}, "426 Upgrade Required"),
        ({"HTTP_SEC_WEBSOCKET_KEY": ""}, "400 Bad Request"),
        ({"HTTP_SEC_WEBSOCKET_KEY": "dGhl"}, "400 Bad Request"),
        ({"HTTP_SEC_WEBSOCKET_KEY": "한글"}, "400 Bad Request"),
        ({"CONTENT_LENGTH": "3"}, "400 Bad Request"),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, "400 Bad Request"),
    ],
)
def test_what_is_no_handshake_is_refused(changed: dict[str, str], status: str) -> None:
    with pytest.raises(handshake.Refused) as refused:
        handshake.answer(REQUEST | changed)

    assert refused.value.status == status
    assert ("Sec-WebSocket-Version", "13") in refused.value.headers


def test_an_old_handshake_without_key_is_refused() -> None:
    with pytest.raises(handshake.Refused, match="400"):
        handshake.answer({"HTTP_SEC_WEBSOCKET_KEY1": "1"})
