"""The key of the conference's own document, listed in `docs/protocol.md`."""

CONFERENCE = "conference"
