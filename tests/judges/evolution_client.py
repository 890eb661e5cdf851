"""Imports .ics files into a calendar of evolution-data-server, and prints what it then holds.

Runs under Debian's own Python (which has the GObject bindings) inside `dbus-run-session`, with the file names
as arguments. Prints a JSON list: for each file, the events that the calendar holds after its import.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import_module("gi").require_version("ECal", "2.0")
import_module("gi").require_version("EDataServer", "1.2")
ECal = import_module("gi.repository.ECal")
EDataServer = import_module("gi.repository.EDataServer")
ICalGLib = import_module("gi.repository.ICalGLib")

EVERYTHING = "#t"
DO_NOT_WAIT_FOR_CONNECTION = 0xFFFFFFFF  # zero would wait without end


def main(paths: list[str]) -> None:
    """Import each file as what its METHOD says."""
    client = _fresh_calendar()
    held: list[list[dict[str, str]]] = []
    for path in paths:
        calendar = ICalGLib.Component.new_from_string(Path(path).read_text(encoding="utf-8"))
        client.receive_objects_sync(calendar, ECal.OperationFlags.NONE, None)
        _, events = client.get_object_list_sync(EVERYTHING, None)
        held.append(sorted((_event(client, event) for event in events), key=lambda event: event["uid"]))
    json.dump(held, sys.stdout)


def _fresh_calendar() -> Any:
    source = EDataServer.Source.new_with_uid("judge", None)
    source.set_display_name("judge")
    source.set_parent("local-stub")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("local")
    EDataServer.SourceRegistry.new_sync(None).commit_source_sync(source, None)
    return ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, DO_NOT_WAIT_FOR_CONNECTION, None)


def _event(client: Any, event: Any) -> dict[str, str]:
    return {
        "uid": event.get_uid(),
        "sequence": str(event.get_sequence()),
        "status": _text(event, "STATUS"),
        "starts_at": _instant(client, event, "DTSTART"),
        "ends_at": _instant(client, event, "DTEND"),
        "summary": event.get_summary(),
        "description": event.get_description() or "",
        "location": event.get_location() or "",
        "url": _text(event, "URL"),
    }


def _text(event: Any, name: str) -> str:
    found = _property(event, name)
    return found.get_value_as_string() if found else ""


def _instant(client: Any, event: Any, name: str) -> str:
    """Read a time as the client would show it: through the zone that it keeps under the TZID."""
    found = _property(event, name)
    time = found.get_dtstart() if name == "DTSTART" else found.get_dtend()
    if tzid := found.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER):
        _, zone = client.get_timezone_sync(tzid.get_tzid(), None)
        seconds = time.as_timet_with_zone(zone)
    else:
        seconds = time.as_timet()
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _property(event: Any, name: str) -> Any:
    return event.get_first_property(getattr(ICalGLib.PropertyKind, f"{name}_PROPERTY"))


if __name__ == "__main__":
    main(sys.argv[1:])
