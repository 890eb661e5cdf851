"""What the server says of the day at one instant, and what follows from it for everybody who looks."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from typing import Any

from conference_hub.core.files import TRANSLATIONS
from tests.live.server_process import HubServer

Doc = dict[str, Any]
Docs = dict[str, Doc]
OUT = ("revealed", "presented", "photographed", "done")
TO_COME = ("sealed", "armed")


@cache
def _english() -> gettext.NullTranslations:
    return gettext.translation("browser", TRANSLATIONS, ["en"])


def words(lang: str, msgid: str, **fields: object) -> str:
    """Return a text of the interface as a page of that language shows it."""
    return (_english().gettext(msgid) if lang == "en" else msgid).format(**fields)


def text(lang: str, content: Doc | None) -> str:
    """Return bilingual content as a page of that language shows it."""
    return (content[lang] or content["ko"]) if content else ""


@dataclass(frozen=True)
class Known:
    """The documents of one stream."""

    docs: Docs

    @classmethod
    def of(cls, server: HubServer, stream: str, role: str | None) -> Known:
        """Ask the server for a stream's snapshot."""
        return cls(server.get(f"state?stream={stream}", role)[1]["snapshot"])

    def all(self, prefix: str) -> list[Doc]:
        """Return a family of documents in the order of their places."""
        found = [doc for key, doc in self.docs.items() if key.startswith(prefix)]
        return sorted(
            found, key=lambda doc: (doc.get("position") or doc.get("order") or 0, doc.get("id", ""))
        )

    def lane(self, title: str) -> Doc:
        """Return a lane by its Korean title."""
        return next(lane for lane in self.all("lane/") if lane["title"]["ko"] == title)

    def cues(self, lane: Doc) -> list[Doc]:
        """Return the cues of a lane in their order."""
        return [cue for cue in self.all("cue/") if cue["lane"] == lane["id"]]

    def cue(self, lane: Doc) -> Doc | None:
        """Return what is on air in a lane."""
        return self.docs.get(f"cue/{lane['cue']}") if lane["cue"] else None

    def next_cue(self, lane: Doc) -> Doc | None:
        """Return what comes next in a lane that has begun."""
        if lane["status"] not in ("running", "held"):
            return None
        cues = self.cues(lane)
        place = next(index for index, cue in enumerate(cues) if cue["id"] == lane["cue"])
        return next((cue for cue in cues[place + 1 :] if not cue["started_at"] and not cue["skipped"]), None)

    def awards(self, lane: Doc) -> list[Doc]:
        """Return the awards of a lane as they are called."""
        cues = {cue["id"]: cue["position"] for cue in self.cues(lane)}
        own = [doc for doc in self.all("award/") if doc["lane"] == lane["id"]]
        return sorted(own, key=lambda one: (cues.get(one["cue"], len(cues)), one["order"], one["id"]))

    def out(self, lane: Doc) -> list[Doc]:
        """Return the awards whose names came out on the stage of a lane, the first one first."""
        here = [one for one in self.all("award/") if one["lane"] == lane["id"] or one["everywhere"]]
        found = [award for award in here if award["state"] in OUT]
        return sorted(found, key=lambda one: (one["revealed_at"], one["order"], one["id"]))

    def on_stage(self, lane: Doc) -> Doc | None:
        """Return the award whose name stays on the stage: the last that came out since the cue on air began."""
        cue, found = self.cue(lane), self.out(lane)
        if lane["status"] == "finished" or not found:
            return None
        last = found[-1]
        return last if not cue or last["revealed_at"] >= cue["started_at"] else None

    def up(self, lane: Doc) -> Doc | None:
        """Return the award that operators have in hand."""
        return self.docs.get(f"award/{self._calling(lane)['up']}")

    def following(self, lane: Doc) -> list[Doc]:
        """Return the awards that come after it."""
        return [self.docs[f"award/{one}"] for one in self._calling(lane)["following"]]

    def _calling(self, lane: Doc) -> Doc:
        return self.docs.get(f"calling/{lane['id']}") or {"up": None, "following": []}

    def group(self, lane: Doc) -> Doc | None:
        """Return the group that is called in a lane."""
        return self.docs.get(f"group/{lane['id']}")

    def layer(self, lane: Doc) -> str | None:
        """Return what lies over the stage of a lane."""
        kind: str | None = (self.docs.get(f"layer/{lane['id']}") or {}).get("layer")
        return kind

    def award_of(self, recipient: str) -> Doc:
        """Return the award of somebody, by name."""
        return next(award for award in self.all("award/") if award["recipient"] == recipient)


def is_named(award: Doc) -> bool:
    """Return whether an award has a name of its own, or a number in a rehearsal."""
    return bool(award["recipient"] or award["kind"] == "organisation" or award.get("rehearsed"))


def name_of(lang: str, award: Doc) -> str:
    """Return whom an award names, in a rehearsal by number."""
    if award.get("rehearsed"):
        return words(lang, "수상자 {n}", n=award["number"])
    named = (
        award["organisation"] or award["recipient"] if award["kind"] == "organisation" else award["recipient"]
    )
    return named or words(lang, "{level} 수상자", level=text(lang, award["level"]["label"]))


def from_of(award: Doc) -> str:
    """Return the organisation that stands beside a name."""
    return "" if award["kind"] == "organisation" else award["organisation"] or ""


def level_of(lang: str, level: Doc) -> str:
    """Return a level, with its honour where that says something more."""
    label, honour = text(lang, level["label"]), text(lang, level["honour"])
    return label if label == honour else f"{label} · {honour}"
