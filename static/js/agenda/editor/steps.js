/** What a hand can do to the cues of a plan: each function returns the step that does it, or null when there is nothing to do. */
import { applied, bare, changeOf, placeOf } from '#hub/agenda/editor/changes.js';
import { allCues, endOf, findCue, findLane, instant, newId, startOf } from '#hub/agenda/editor/model.js';
import { nextNumber } from '#hub/agenda/layout.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */
/** @typedef {import('#hub/agenda/editor/changes.js').Fields} Fields */
/** @typedef {import('#hub/agenda/editor/changes.js').Kind} Kind */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */

export const DEFAULT_S = 600;

/**
 * @param {string} name
 * @param {(Change | null)[]} changes
 * @returns {Step | null}
 */
export function stepOf(name, changes) {
  const real = changes.filter((change) => change !== null);
  return real.length > 0 ? { id: newId(), name, changes: real } : null;
}

/**
 * What a part is called once it has these fields: a step is named by what its own hand wrote.
 * @param {{title: import('#hub/web/i18n.js').Text}} part
 * @param {Fields} fields
 */
export function titleWith({ title }, fields) {
  return text({ ko: fields['title.ko'] ?? title.ko, en: fields['title.en'] ?? title.en });
}

/**
 * Give fields of one part other values.
 * @param {Content} content
 * @param {Kind} kind
 * @param {string} id
 * @param {Fields} fields
 * @param {string} name
 * @param {Fields} [seen] what the fields held when the hand began, where that may be something else than now
 */
export function setFields(content, kind, id, fields, name, seen = {}) {
  const change = changeOf(content, kind, id, fields);
  return stepOf(name, [change && { ...change, from: { ...change.from, ...seen } }]);
}

/**
 * Add a cue to a lane, before another one or at the end. It follows the one before it in segment and length.
 * @param {Content} content
 * @param {string} laneId
 * @param {string | null} before
 * @param {Partial<Cue> & {title?: {ko: string, en: string}}} given
 * @param {number} dayStart ms, when the first cue of a lane starts
 * @returns {{step: Step, id: string} | null} null without a segment to put it in
 */
export function addCue(content, laneId, before, given, dayStart) {
  const lane = findLane(content, laneId);
  if (!lane) return null;
  const index = before === null ? lane.cues.length : lane.cues.findIndex((cue) => cue.id === before);
  const last = lane.cues[index - 1];
  const next = lane.cues[index];
  const segment = given.segment ?? last?.segment ?? next?.segment ?? content.segments[0]?.id;
  if (!segment) return null;
  /** @type {Cue} */
  const cue = {
    id: newId(),
    number: nextNumber(allCues(content)),
    segment,
    title: { ko: '', en: '' },
    fixed: !last,
    planned_start: instant(last ? endOf(last) : next ? startOf(next) : dayStart),
    planned_s: DEFAULT_S,
    colour: null,
    warn_s: null,
    danger_s: null,
    skipped: false,
    sync: null,
    shortest_s: null,
    droppable: false,
    notes: {},
    speakers: [],
    ...given,
  };
  const change = added('cue', cue, { lane: laneId, after: last?.id ?? null, before: next?.id ?? null });
  return { step: { id: newId(), name: t('순서 추가: {title}', { title: text(cue.title) || cue.number }), changes: [change] }, id: cue.id };
}

/**
 * A copy of a cue after it, with a number of its own.
 * @param {Content} content
 * @param {string} id
 */
export function duplicateCue(content, id) {
  const found = findCue(content, id);
  if (!found) return null;
  const { lane, index, cue } = found;
  const copy = { ...cue, id: newId(), number: nextNumber(allCues(content)), fixed: false, sync: null, planned_start: instant(endOf(cue)) };
  const place = { lane: lane.id, after: cue.id, before: lane.cues[index + 1]?.id ?? null };
  return { step: { id: newId(), name: t('복제: {title}', { title: nameOf(cue) }), changes: [added('cue', copy, place)] }, id: copy.id };
}

/**
 * Cut a cue in two: the second one follows the first.
 * @param {Content} content
 * @param {string} id
 * @param {number} afterS seconds after its start
 */
export function splitCue(content, id, afterS) {
  const found = findCue(content, id);
  if (!found || !(afterS > 0 && afterS < found.cue.planned_s)) return null;
  const { lane, index, cue } = found;
  const shorter = changeOf(content, 'cue', id, { planned_s: afterS, shortest_s: null });
  const rest = { ...cue, id: newId(), number: nextNumber(allCues(content)), fixed: false, sync: null, shortest_s: null, planned_start: instant(startOf(cue) + afterS * 1000), planned_s: cue.planned_s - afterS };
  const place = { lane: lane.id, after: cue.id, before: lane.cues[index + 1]?.id ?? null };
  const step = stepOf(t('나누기: {title}', { title: nameOf(cue) }), [shorter, added('cue', rest, place)]);
  return step && { step, id: rest.id };
}

/**
 * Put a cue somewhere else; a cue with a start of its own may get another one. Within its lane, and without a start that was
 * chosen, the starts stay with the places: nothing overlaps that did not before.
 * @param {Content} content
 * @param {string} id
 * @param {string} laneId
 * @param {string | null} before the cue that follows then, null at the end
 * @param {Fields | null} [fields]
 * @returns {Step | null}
 */
export function moveCue(content, id, laneId, before, fields = null) {
  const found = findCue(content, id);
  const lane = findLane(content, laneId);
  if (!found || !lane || before === id) return null;
  const others = lane.cues.filter((cue) => cue.id !== id);
  const index = before === null ? others.length : others.findIndex((cue) => cue.id === before);
  if (lane === found.lane && index === found.index) return fields && setFields(content, 'cue', id, fields, movedName(found.cue));
  if (lane === found.lane && !fields) return reordered(content, lane, found.index, index);
  const place = { from: placeOf(content, 'cue', id), to: { lane: laneId, after: others[index - 1]?.id ?? null, before } };
  return stepOf(movedName(found.cue), [...keptStarts(content, id, laneId, before), moved(content, found.cue, place, fields ?? {})]);
}

/**
 * Swap a cue with its neighbour, or move it to the next lane at about the same time.
 * @param {Content} content
 * @param {string} id
 * @param {'up' | 'down' | 'left' | 'right'} direction
 */
export function nudgeCue(content, id, direction) {
  const found = findCue(content, id);
  if (!found) return null;
  const { lane, index, cue } = found;
  if (direction === 'up') return index > 0 ? reordered(content, lane, index, index - 1) : null;
  if (direction === 'down') return index < lane.cues.length - 1 ? reordered(content, lane, index, index + 1) : null;
  const at = content.lanes.findIndex((one) => one.id === lane.id) + (direction === 'left' ? -1 : 1);
  const target = content.lanes[at];
  if (!target) return null;
  const before = target.cues.find((one) => startOf(one) >= startOf(cue))?.id ?? null;
  return moveCue(content, id, target.id, before);
}

/**
 * @param {Content} content
 * @param {string} id
 */
export function removeCue(content, id) {
  const found = findCue(content, id);
  if (!found) return null;
  return stepOf(t('삭제: {title}', { title: nameOf(found.cue) }), removals(content, [found.cue]));
}

/**
 * The changes that remove cues.
 * @param {Content} content
 * @param {Cue[]} cues
 * @returns {Change[]}
 */
export function removals(content, cues) {
  let now = content;
  return cues.map((cue) => {
    const change = removed(now, 'cue', cue);
    now = applied(now, change);
    return change;
  });
}

/**
 * Number the cues from 1, lane by lane.
 * @param {Content} content
 */
export function renumber(content) {
  const changes = allCues(content).map((cue, index) => changeOf(content, 'cue', cue.id, { number: String(index + 1) }));
  return stepOf(t('번호 다시 매기기'), changes);
}

/**
 * The change that adds a part.
 * @param {Kind} kind
 * @param {{id: string}} part
 * @param {import('#hub/agenda/editor/changes.js').Place} place
 * @returns {Change}
 */
export function added(kind, part, place) {
  return { kind, id: part.id, from: null, to: part, whole: part, place: { from: null, to: place } };
}

/**
 * The change that removes a part.
 * @param {Content} content
 * @param {Kind} kind
 * @param {{id: string}} part
 * @returns {Change}
 */
export function removed(content, kind, part) {
  const own = bare(part);
  return { kind, id: part.id, from: own, to: null, whole: own, place: { from: placeOf(content, kind, part.id), to: null } };
}

/** @param {Cue} cue */
export function nameOf(cue) {
  return text(cue.title) || t('{number}번', { number: cue.number });
}

/** @param {Cue} cue */
function movedName(cue) {
  return t('옮기기: {title}', { title: nameOf(cue) });
}

/**
 * A cue of a lane goes to another place of it. Starts of their own, and the gaps after them, stay with the places.
 * @param {Content} content
 * @param {Lane} lane
 * @param {number} from
 * @param {number} to
 */
function reordered(content, lane, from, to) {
  const cue = lane.cues[from];
  const order = lane.cues.toSpliced(from, 1).toSpliced(to, 0, cue);
  const place = { from: placeOf(content, 'cue', cue.id), to: { lane: lane.id, after: order[to - 1]?.id ?? null, before: order[to + 1]?.id ?? null } };
  const fields = startsIn(lane.cues, order, Math.min(from, to), Math.max(from, to));
  const others = order.filter((one) => one.id !== cue.id).map((one) => changeOf(content, 'cue', one.id, fields.get(one.id) ?? {}));
  return stepOf(movedName(cue), [moved(content, cue, place, fields.get(cue.id) ?? {}), ...others]);
}

/**
 * The starts of cues in their new order, by id, from place `first` to place `last`.
 * @param {Cue[]} before
 * @param {Cue[]} after
 * @param {number} first
 * @param {number} last
 * @returns {Map<string, Fields>}
 */
function startsIn(before, after, first, last) {
  /** @type {Map<string, Fields>} */
  const fields = new Map();
  let start = startOf(before[first]);
  for (let place = first; place <= last; place += 1) {
    const cue = after[place];
    const wasFirst = cue === before[0] && !after[0].fixed;
    if (place === 0 || (cue.fixed && !wasFirst)) fields.set(cue.id, { fixed: true, planned_start: instant(start) });
    else if (cue.fixed) fields.set(cue.id, { fixed: false });
    const gap = place < last && before[place + 1].fixed ? startOf(before[place + 1]) - endOf(before[place]) : 0;
    start += endOf(cue) - startOf(cue) + gap;
  }
  return fields;
}

/**
 * The change that puts a cue somewhere else and gives it other fields.
 * @param {Content} content
 * @param {Cue} cue
 * @param {NonNullable<Change['place']>} place
 * @param {Fields} fields
 * @returns {Change}
 */
function moved(content, cue, place, fields) {
  const change = changeOf(content, 'cue', cue.id, fields);
  return { kind: 'cue', id: cue.id, from: change?.from ?? {}, to: change?.to ?? {}, whole: change?.whole ?? { ...cue }, place };
}

/**
 * The cue that comes first when the first one leaves keeps its start, and one that is no longer first follows what is put before it.
 * @param {Content} content
 * @param {string} id
 * @param {string} laneId
 * @param {string | null} before
 */
function keptStarts(content, id, laneId, before) {
  const lane = findLane(content, laneId);
  const first = lane?.cues.find((cue) => cue.id !== id);
  if (!first || first.id !== before) return [];
  const cue = findCue(content, id)?.cue;
  return cue && startOf(cue) + cue.planned_s * 1000 > startOf(first) ? [changeOf(content, 'cue', first.id, { fixed: false })] : [];
}
