"""Every table there is: importing this module fills `Base.metadata`. A feature adds its `tables` module here."""

from __future__ import annotations

from conference_hub import journal
from conference_hub.access import tables as access
from conference_hub.agenda import tables as agenda
from conference_hub.conferences import tables as conferences
from conference_hub.db import Base

MODULES = (
    conferences,
    journal,
    access,
    agenda,
)
ALL_TABLES = tuple(Base.metadata.sorted_tables)
