"""Every table there is: importing this module fills `Base.metadata`."""

from __future__ import annotations

from conference_hub.db import Base

ALL_TABLES = tuple(Base.metadata.sorted_tables)
