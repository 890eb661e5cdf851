"""What belongs to no feature and is erased: the journal, stored answers to commands, and uploads."""

from __future__ import annotations

from conference_hub.core.commands import CommandRow
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg
from conference_hub.data.drafts import ImportDraftRow

ERASURES = (
    Erasure(row=ImportDraftRow, name="import_draft", words=msg("올린 파일")),
    Erasure(row=CommandRow, name="command"),
    Erasure(row=JournalEntryRow, name="journal_entry"),
)
