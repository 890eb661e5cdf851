"""Every table there is: importing this module fills `Base.metadata`. A feature adds its `tables` module here."""

# ruff: noqa: F401 - the imports fill the metadata

from __future__ import annotations

from conference_hub.access import tables as access
from conference_hub.agenda import tables as agenda
from conference_hub.attendance import certificate_tables as certificates
from conference_hub.attendance import tables as attendance
from conference_hub.awards import group_tables as groups
from conference_hub.awards import rehearsal_tables as rehearsed_awards
from conference_hub.awards import seal_tables as seal
from conference_hub.awards import soon_tables as soon
from conference_hub.awards import tables as awards
from conference_hub.checkin import tables as checkin
from conference_hub.conferences import place_tables as places
from conference_hub.conferences import tables as conferences
from conference_hub.core import commands, entries
from conference_hub.core.db import Base
from conference_hub.data import drafts
from conference_hub.followup import answer_tables as answers
from conference_hub.followup import tables as followup
from conference_hub.gates import tables as gates
from conference_hub.honours import tables as honours
from conference_hub.messages import tables as messages
from conference_hub.outbox import mailbox_tables as mailbox
from conference_hub.outbox import tables as outbox
from conference_hub.outgoing import osc_tables
from conference_hub.outgoing import tables as outgoing
from conference_hub.people import tables as people
from conference_hub.registration import tables as registration
from conference_hub.screens import tables as screens

ALL_TABLES = tuple(Base.metadata.sorted_tables)
