"""The commands of a run as people read them, on the page and in the file, in the language of the running request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.keys import AWARD
from conference_hub.awards.model import Award, AwardId, AwardKind, Ceremony
from conference_hub.report.model import ActLine
from conference_hub.report.sources import Report
from conference_hub.report.words import signed, topic_words
from conference_hub.web.i18n import name_label, render_text, translate_message


@dataclass(frozen=True, kw_only=True)
class Written:
    """A command: in which lane, what was done to what, and by whom; `undone_by` is empty for one that stands."""

    at: datetime
    lane: str
    what: str
    subject: str
    by: str
    undone_at: datetime | None
    undone_by: str


def written(lines: Iterable[ActLine], report: Report, ceremony: Ceremony) -> Iterator[Written]:
    """Yield commands in words; an award is named only while everybody may know its name."""
    lanes = {lane.lane.id: render_text(lane.lane.title) for lane in report.lanes}
    for line in lines:
        about = line.about or line.act
        undone = line.undone
        yield Written(
            at=line.act.at,
            lane=lanes.get(LaneId(line.act.lane), ""),
            what=_what(line),
            subject=_subject(about.subject, about.detail.get("cue"), report, ceremony),
            by=name_label(line.act.by),
            undone_at=undone.at if undone else None,
            undone_by=name_label(undone.by) if undone else "",
        )


def award_words(award: Award, ceremony: Ceremony) -> str:
    """Return what an award is called: whom it went to once that is public, else its level and number.

    In a rehearsal it is its level and the number of its recipient.
    """
    level = render_text(ceremony.levels[award.level_id].label)
    if ceremony.rehearsed:
        recipient = str(_("수상자 %(number)s", number=award.number))
        return f"{level} · {recipient}"
    if not award.state.is_public:
        return str(_("%(level)s %(number)s번", level=level, number=award.number))
    named = award.organisation if award.kind is AwardKind.ORGANISATION else award.recipient
    return named or str(_("%(level)s 수상자 (%(number)s번)", level=level, number=award.number))


def _what(line: ActLine) -> str:
    what = translate_message(topic_words(line.act.topic), {})
    if line.about is not None:
        return f"{what}: {translate_message(topic_words(line.about.topic), {})}"
    added = line.act.detail.get("added_s")
    return what if added is None else f"{what} {signed(timedelta(seconds=added))}"


def _subject(subject: str, cue: str | None, report: Report, ceremony: Ceremony) -> str:
    if subject.startswith(AWARD):
        award = ceremony.awards.get(AwardId(subject.removeprefix(AWARD)))
        return award_words(award, ceremony) if award else ""
    found = report.cues.get(CueId(cue)) if cue else None
    return render_text(found.title) if found else ""
