"""What the agenda erases: who did what in a run, and what undo kept; what was done and the programme stay."""

from __future__ import annotations

from conference_hub.agenda.tables import PlanRow, PlanVersionRow, RunActRow, RunLaneRow, RunRow, RunStepRow
from conference_hub.core.erasing import Erasure

ERASURES = (
    Erasure(row=RunStepRow, name="run_step"),
    Erasure(row=RunActRow, name="run_act", blank={"by": "", "actor": ""}),
    Erasure(row=RunLaneRow, name="run_lane", blank={"recent": [], "holder": None, "holder_by": None}),
    Erasure(row=RunRow, name="run", blank={"by": "", "actor": ""}),
    Erasure(row=PlanVersionRow, name="plan_version", blank={"by": "", "actor": ""}),
    Erasure(row=PlanRow, name="plan", blank={"by": ""}),
)
