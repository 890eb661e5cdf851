"""Reads the mail on standard input by Camel, the mail library of Evolution, and prints what it found as JSON.

Runs under Debian's own Python, which has the GObject bindings; `camel.py` starts it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from typing import Any

import_module("gi").require_version("Camel", "1.2")
Camel = import_module("gi.repository.Camel")
NO_NSS = 0


def main(home: str) -> None:
    """Read a mail and print `{"subject", "from", "to": [name, address], "tree"}`."""
    Camel.init(home, NO_NSS)
    message = Camel.MimeMessage()
    message.construct_from_stream_sync(Camel.StreamMem.new_with_buffer(sys.stdin.buffer.read()), None)
    _, name, address = message.get_recipients("To").get(0)
    _, sender, _ = message.get_from().get(0)
    found = {"subject": message.get_subject(), "from": sender, "to": [name, address], "tree": _tree(message)}
    print(json.dumps(found))


def _tree(part: Any) -> list[Any]:
    """Return `[content type, parameter "method", text]` of a part, or `[content type, [parts]]`."""
    kind, content = part.get_content_type(), part.get_content()
    name = f"{kind.type}/{kind.subtype}"
    if isinstance(content, Camel.Multipart):
        return [name, [_tree(content.get_part(number)) for number in range(content.get_number())]]
    memory = Camel.StreamMem.new()
    content.decode_to_stream_sync(memory, None)
    return [name, kind.param("method"), bytes(memory.get_byte_array()).decode()]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        main(directory)
