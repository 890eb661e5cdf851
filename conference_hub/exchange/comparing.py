"""What a file would do to a conference: its parts merged, checked against each other, and put in place at once."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Column, Record, cells_of, flat
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.faults import Fault, Message
from conference_hub.exchange.merge import Gone, Merge, Merged
from conference_hub.exchange.nested import ReferenceCell
from conference_hub.exchange.part import Ids, Part, Proposal, Stated, plain_word
from conference_hub.exchange.progress import Step, begin, in_turns, reached


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a file would do, part by part, and all that is wrong with it. Without faults it can be applied.

    `notices` are what people should know before (`Part.notices`).
    """

    parts: Sequence[Part[Any]]
    before: Mapping[str, Sequence[Any]]
    changes: Mapping[str, Changes[Any]]
    faults: Sequence[Fault]
    notices: Sequence[Message] = ()

    @property
    def any(self) -> bool:
        """Return whether anything would change."""
        return any(changes.any for changes in self.changes.values())


@dataclass(kw_only=True)
class Comparing:
    """The comparison of a file with a conference; `fresh` is whether the conference is to be made by it."""

    session: Session
    conf: str
    context: Context
    parts: Sequence[Part[Any]]
    fresh: bool = False
    _current: dict[str, Sequence[Any]] = field(default_factory=dict)
    _merged: dict[str, Merged] = field(default_factory=dict)
    _names: dict[tuple[str, bool], tuple[Text, Container[str]]] = field(default_factory=dict)

    def run(self, rows: Mapping[str, Sequence[Stated]], gone: Gone) -> Comparison:
        """Return what the rows would do."""
        faults: list[Fault] = []
        listed = self._with_named(rows)
        for part in self.parts:
            if part.name in listed:
                merge = self._merge(part)
                keeps = part.single or part.name not in rows
                merged = merge.run(self.current(part.name), listed[part.name], Gone.KEEP if keeps else gone)
                self._merged[part.name] = merged
                faults += merged.faults
        faults += self._checked() if not faults else ()
        return Comparison(
            parts=self.parts,
            before=dict(self._current),
            changes={name: merged.changes for name, merged in self._merged.items()},
            faults=faults,
            notices=() if faults else list(self._notices()),
        )

    def current(self, name: str) -> Sequence[Any]:
        """Return the records of a part as they are."""
        if name not in self._current:
            part = self._part(name)
            self._current[name] = [] if self.fresh or part is None else part.current(self.session, self.conf)
        return self._current[name]

    def known(self, name: str) -> Sequence[Any]:
        """Return the records of a part as they will be."""
        return self._merged[name].changes.after if name in self._merged else self.current(name)

    def extra(self, part: Part[Any]) -> list[Column]:
        """Return the columns of a part that the conference itself has."""
        return part.extra(self.session, self.conf, self.known)  # noqa: S610 - no Django here

    def _with_named(self, rows: Mapping[str, Sequence[Stated]]) -> dict[str, list[Stated]]:
        """Return the rows, and one for each record that they name, that is not there, and that is made along."""
        listed = {name: list(own) for name, own in rows.items()}
        for part in self.parts:
            cells = _creating(part)
            seen: set[tuple[str, ...]] = set()
            for row in in_turns(rows.get(part.name, ()) if cells else ()):
                words = {name: row.values.get(name) for name in cells}
                names = tuple(plain_word(str(word or "")) for word in words.values())
                if names not in seen:
                    seen.add(names)
                    for name, cell in cells.items():
                        if self._may_be_named(cell.part, rows):
                            self._add_named(listed, cell.part, words[name], row.values)
        return listed

    def _may_be_named(self, name: str, rows: Mapping[str, Sequence[Stated]]) -> bool:
        part = self._part(name)
        known = self.current(name) or rows.get(name)
        return part is not None and not (part.named_from_nothing and known)

    def _add_named(
        self, listed: dict[str, list[Stated]], name: str, word: object, referring: Mapping[str, Any]
    ) -> None:
        part = self._part(name)
        if part is None or not isinstance(word, str) or not word.strip():
            return
        made = part.named(word.strip(), referring, self._there(listed, name), self.context)
        if made is not None:
            values = {**made, **self._alike(part, word.strip(), listed)}
            listed.setdefault(name, []).append(Stated(values=values))

    def _there(self, listed: Mapping[str, Sequence[Stated]], name: str) -> list[Mapping[str, Any]]:
        """Return the values of the records of a part, and of the rows that state some."""
        return [*map(flat, self.current(name)), *(row.values for row in listed.get(name, ()))]

    def _alike(self, part: Part[Any], word: str, listed: Mapping[str, Sequence[Stated]]) -> Mapping[str, str]:
        """Return what a record that is made along says of one of another part that has its name (`Part.alike`)."""
        field, name = part.alike or ("", "")
        other = self._part(name)
        there = self._there(listed, name) if other is not None else ()
        called = other is not None and any(
            plain_word(one) == plain_word(word)
            for values in there
            for one in other.names(values, self.context)
        )
        return {field: word} if called else {}

    def _merge(self, part: Part[Any]) -> Merge:
        own = self.extra(part)  # noqa: S610 - no Django here
        return Merge(part=part, context=self.context, extra=own)

    def _checked(self) -> Iterator[Fault]:
        for part in self.parts:
            changes = self._changes(part)
            if changes is None:
                continue
            merge, stated = self._merge(part), part.name in self._merged
            yield from merge.references(changes, partial(self._named, before=not stated))
            if stated:
                proposal = self._proposal(changes)
                yield from (merge.fault(problem) for problem in part.check(proposal))

    def _notices(self) -> Iterator[Message]:
        for part in self.parts:
            if part.name in self._merged:
                yield from part.notices(self._proposal(self._merged[part.name].changes))

    def _proposal(self, changes: Changes[Any]) -> Proposal[Any]:
        return Proposal(
            session=self.session, conf=self.conf, context=self.context, changes=changes, known=self.known
        )

    def _changes(self, part: Part[Any]) -> Changes[Any] | None:
        """Return the changes of a part; one that the file has not is looked at when it names what may be gone."""
        if part.name in self._merged:
            return self._merged[part.name].changes
        record: type[Record] = part.record
        cells = (cell for _, cell in cells_of(record).values())
        if any(isinstance(cell, ReferenceCell) and self._may_lose(cell.part) for cell in cells):
            return Changes(all=tuple(Change(before=one, after=one) for one in self.current(part.name)))
        return None

    def _may_lose(self, name: str) -> bool:
        """Return whether records of a part may go without a word of its own about what names them."""
        part = self._part(name)
        return name in self._merged and not (part is not None and part.named_from_nothing)

    def _named(self, name: str, *, before: bool) -> tuple[Text, Container[str]]:
        """Return what names the records of a part after the import; `before`: also what those that stay are named now.

        Records of a part that the file does not have go on meaning the same records, whatever these are called then.
        """
        if (name, before) not in self._names:
            part = self._part(name)
            if part is None:
                return Text.of(name), ()
            words = (
                word
                for one in in_turns(self._named_records(name, before=before))
                for word in part.names(flat(one), self.context)
            )
            self._names[name, before] = part.title, frozenset(plain_word(word) for word in words)
        return self._names[name, before]

    def _named_records(self, name: str, *, before: bool) -> list[Any]:
        known = list(self.known(name))
        if before and name in self._merged:
            known += [one.before for one in self._merged[name].changes.staying if one.before is not None]
        return known

    def _part(self, name: str) -> Part[Any] | None:
        return next((part for part in self.parts if part.name == name), None)


def _creating(part: Part[Any]) -> dict[str, ReferenceCell]:
    """Return the cells of a part that may name what is not there yet, by field."""
    record: type[Record] = part.record
    return {
        name: cell
        for name, (_, cell) in cells_of(record).items()
        if isinstance(cell, ReferenceCell) and cell.creates
    }


def unchanged(comparison: Comparison, session: Session, conf: str) -> bool:
    """Return whether the conference still is what a comparison saw: read again in the transaction that changes it."""
    parts = {part.name: part for part in comparison.parts}
    return all(
        _same(parts[name].current(session, conf), before)
        for name, before in comparison.before.items()
        if name in parts
    )


def _same(now: Sequence[Any], before: Sequence[Any]) -> bool:
    pairs = zip(now, before, strict=False)
    return len(now) == len(before) and all(one == other for one, other in in_turns(pairs))


def apply(write: Write, comparison: Comparison, ids: Ids, *, settle: bool = False) -> None:
    """Put the changes in place: all parts forward, then what is gone, the last part first.

    `settle` ends the making of a whole new conference. Whoever follows the work (`progress.following`) may stop it
    until the end: what they raise undoes all.
    """
    begin(Step.SAVING, sum(len(changes.differing) for changes in comparison.changes.values()))
    done = 0
    for part in comparison.parts:
        changes = comparison.changes.get(part.name)
        if changes is not None and changes.any:
            part.put(write, changes, ids)
            done += len(changes.differing) - len(changes.gone)
            reached(done)
    for part in reversed(comparison.parts):
        changes = comparison.changes.get(part.name)
        if changes is not None and changes.gone:
            part.remove(write, changes.gone)
            done += len(changes.gone)
            reached(done)
    for part in comparison.parts if settle else ():
        part.settle(write)
    reached(done)
