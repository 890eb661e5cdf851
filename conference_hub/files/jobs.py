"""Comparisons and imports that run beside the requests: how far they are, what they found, and how they are stopped.

They live in the memory of this process. Another process, or this one after a restart, compares again.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from threading import Lock

from conference_hub.core.errors import HubError, msg
from conference_hub.core.ids import new_id
from conference_hub.data.drafts import KEPT, Draft
from conference_hub.exchange.cells import Context
from conference_hub.exchange.comparing import Comparison
from conference_hub.exchange.faults import Fault
from conference_hub.exchange.progress import Step, following
from conference_hub.exchange.sheets import Headings, Sheet, Unreadable
from conference_hub.web.hub import go_on

log = logging.getLogger(__name__)

MOST_KEPT = 12
_TAKING = Lock()


class Cancelled(Exception):
    """Somebody stopped the work; whatever it began is undone with its transaction."""


class Stage(StrEnum):
    """How far a job is."""

    COMPARING = "comparing"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Made:
    """The conference that a file would make: its slug, whether another has it, one that is free, and its first day."""

    slug: str
    taken: bool
    free: str
    first_day: date


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came out of a file: the comparison, what was mended, and for lists how it was read.

    `context` and `made` belong to a file that makes a conference.
    """

    comparison: Comparison | None
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    sheets: tuple[str, ...] = ()
    sheet: Sheet | None = None
    headings: Headings | None = None
    encoding: str = ""
    separator: str = ""
    context: Context | None = None
    made: Made | None = None


@dataclass
class Job:
    """One upload at work. `token` names what was found: who applies it says which they saw.

    It follows the work (`exchange.progress`): `done` of `total` rows or records of a step. `pause` gives others a turn.
    """

    draft: Draft
    stage: Stage = Stage.COMPARING
    step: Step = Step.READING
    done: int = 0
    total: int = 0
    pause: Callable[[], None] = go_on
    token: str = field(default_factory=new_id)
    found: Found | None = None
    refusal: HubError | None = None
    told: HubError | None = None
    cancelled: bool = False
    made: str = ""

    @property
    def at_work(self) -> bool:
        """Whether it compares or applies now."""
        return self.stage in {Stage.COMPARING, Stage.APPLYING}

    def take(self) -> bool:
        """Begin to apply what was found; returns False when that began before: it is done once."""
        with _TAKING:
            if self.stage is not Stage.READY:
                return False
            self.stage, self.refusal = Stage.APPLYING, None
            self.begin(Step.SAVING, 0)
            return True

    def begin(self, step: Step, total: int) -> None:
        """Count anew."""
        self.step, self.done, self.total = step, 0, total

    def reached(self, done: int) -> None:
        """Keep how much is done."""
        self.done = min(done, self.total)

    def advanced(self, more: int) -> None:
        """Keep how much more is done."""
        self.reached(self.done + more)

    def turn(self) -> None:
        """Give others their turn; raises Cancelled when somebody stopped the work."""
        self.pause()
        if self.cancelled:
            raise Cancelled


class Jobs:
    """The jobs of this process, by upload; the oldest ones are forgotten, but none that puts something in place."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._made: OrderedDict[str, str] = OrderedDict()

    def find(self, draft: Draft) -> Job | None:
        """Return the job of an upload, when it reads it as it is to be read now, or is past being read."""
        job = self._jobs.get(draft.id)
        if job is None or job.stage in {Stage.APPLYING, Stage.DONE}:
            return job
        return job if job.draft.reading == draft.reading else None

    def start(self, draft: Draft, pause: Callable[[], None] = go_on) -> Job:
        """Return a new job for an upload; an earlier one is stopped."""
        self.stop(draft.id)
        job = self._jobs[draft.id] = Job(draft=draft, pause=pause)
        others = [one for one in list(self._jobs.values()) if one.stage is not Stage.APPLYING]
        for one in others[: max(0, len(self._jobs) - MOST_KEPT)]:
            self.stop(one.draft.id)
        return job

    def finish(self, job: Job) -> None:
        """Forget a job that is done, but for what it made: its form may come once more."""
        self._jobs.pop(job.draft.id, None)
        self._made[job.token] = job.made
        while len(self._made) > MOST_KEPT:
            self._made.popitem(last=False)

    def made_by(self, token: str) -> str | None:
        """Return the conference of a comparison that was put in place and shown to be; None for another one."""
        return self._made.get(token)

    def expire(self, at: datetime) -> None:
        """Forget the jobs of uploads that are kept no longer: they hold what was uploaded."""
        for job in list(self._jobs.values()):
            made_at = job.draft.made_at
            if job.stage is not Stage.APPLYING and (made_at is None or made_at < at - KEPT):
                self.stop(job.draft.id)

    def forget(self, conf: str) -> None:
        """Forget the jobs of uploads into a conference."""
        for job in list(self._jobs.values()):
            if job.draft.conf == conf:
                self.stop(job.draft.id)

    def cancel(self, draft: Draft) -> bool:
        """Stop the work on an upload; returns whether that is certain: what is put in place may be done already."""
        job = self.find(draft)
        if job is None or job.stage not in {Stage.APPLYING, Stage.DONE}:
            self.stop(draft.id)
            return True
        job.cancelled = True
        return False

    def stop(self, draft_id: str) -> None:
        """Cancel and forget the job of an upload."""
        job = self._jobs.pop(draft_id, None)
        if job is not None:
            job.cancelled = True


def run_comparison(job: Job, work: Callable[[Job], Found]) -> None:
    """Run `work` and keep what it found, or why the file cannot be read."""
    try:
        with following(job):
            job.found = work(job)
    except Unreadable as error:
        job.found = Found(comparison=None, faults=[error.fault])
    except Cancelled:
        return
    except HubError as refusal:
        job.refusal = refusal
    except Exception as error:  # noqa: BLE001 - beside requests nobody else would hear of it
        job.refusal = _broken("comparison", error)
    job.stage = Stage.READY


def run_import(job: Job, work: Callable[[], str]) -> None:
    """Run `work`, which puts everything in place or nothing; then `made` is the conference, or `refusal` is why."""
    try:
        with following(job):
            job.made = work()
        job.stage = Stage.DONE
    except Cancelled:
        job.stage = Stage.READY
    except HubError as refusal:
        job.refusal, job.stage = refusal, Stage.READY
    except Exception as error:  # noqa: BLE001 - beside requests nobody else would hear of it
        job.refusal, job.stage = _broken("import", error), Stage.READY


def _broken(what: str, error: Exception) -> HubError:
    """Log what broke the work; returns what people are told."""
    log.error("%s broke off", what, exc_info=error)
    return HubError(
        msg("처리하지 못했습니다. 바뀐 것은 없습니다. 잠시 뒤에 다시 시도해 주세요."), code="internal"
    )
