/**
 * What somebody changed, as small as it is: which fields of which part of the plan, from what to what, and from where to
 * where. So the changes of two people merge field by field, and every change can be turned back.
 */
import { findCue, same } from '#hub/agenda/editor/model.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {'cue' | 'segment' | 'lane' | 'departments'} Kind */
/** @typedef {Record<string, any>} Fields values by path: `title.ko`, `notes.<department>`, `planned_s` */
/** @typedef {{lane?: string, after: string | null, before: string | null}} Place its neighbours; null at an end */
/**
 * @typedef {{kind: Kind, id: string, from: Fields | null, to: Fields | null, whole: Record<string, any>,
 *   place: {from: Place | null, to: Place | null} | null}} Change `from` is null for what is added and `to` for what is removed: then
 *   the other one holds the whole part; `whole` is the part as it was last
 */
/** @typedef {{id: string, name: string, changes: Change[]}} Step what one hand did, named for undo; all of it happens or nothing */
/** @typedef {'changed' | 'moved' | 'gone' | 'there'} Clash */

const LISTS = /** @type {const} */ ({ segment: 'segments', lane: 'lanes' });

/**
 * The part of the plan that a change is about.
 * @param {Content} content
 * @param {Kind} kind
 * @param {string} id
 * @returns {Record<string, any> | null}
 */
export function partOf(content, kind, id) {
  if (kind === 'departments') return { list: content.departments };
  if (kind === 'cue') return findCue(content, id)?.cue ?? null;
  return content[LISTS[kind]].find((part) => part.id === id) ?? null;
}

/**
 * Where a part stands.
 * @param {Content} content
 * @param {Kind} kind
 * @param {string} id
 * @returns {Place | null}
 */
export function placeOf(content, kind, id) {
  if (kind === 'departments') return null;
  if (kind !== 'cue') return neighbours(content[LISTS[kind]], id);
  const found = findCue(content, id);
  const beside = found && neighbours(found.lane.cues, id);
  return beside && { lane: found.lane.id, ...beside };
}

/**
 * The value of a field; what is not there is the empty text in a text or a note, otherwise null.
 * @param {Record<string, any>} part
 * @param {string} path
 */
export function valueAt(part, path) {
  const [name, key] = path.split('.');
  return key === undefined ? (part[name] ?? null) : (part[name]?.[key] ?? '');
}

/**
 * A copy of a part with other values.
 * @param {Record<string, any>} part
 * @param {Fields} fields
 */
export function withFields(part, fields) {
  const after = { ...part };
  for (const [path, value] of Object.entries(fields)) {
    const [name, key] = path.split('.');
    if (key === undefined) after[name] = value;
    else if (name === 'notes') after.notes = withNote(after.notes, key, value);
    else after[name] = { ko: '', en: '', ...after[name], [key]: value };
  }
  return after;
}

/**
 * The change that gives fields of a part other values; null when they have them. Whether a cue is fixed goes with its start, so
 * that a start of its own comes back with it.
 * @param {Content} content
 * @param {Kind} kind
 * @param {string} id
 * @param {Fields} fields
 * @returns {Change | null}
 */
export function changeOf(content, kind, id, fields) {
  const part = partOf(content, kind, id);
  if (!part) return null;
  const differing = Object.keys(fields).filter((path) => !same(valueAt(part, path), fields[path]));
  if (differing.length === 0) return null;
  const paths = differing.includes('fixed') ? [...new Set([...differing, 'planned_start'])] : differing;
  const from = Object.fromEntries(paths.map((path) => [path, valueAt(part, path)]));
  const to = Object.fromEntries(paths.map((path) => [path, path in fields ? fields[path] : from[path]]));
  return { kind, id, from, to, whole: withFields(bare(part), to), place: null };
}

/**
 * The content after a change. A part that is gone is left alone, a neighbour that is gone is done without.
 * @param {Content} content
 * @param {Change} change
 * @returns {Content}
 */
export function applied(content, change) {
  if (change.kind === 'departments') return { ...content, departments: change.to?.list ?? content.departments };
  const { kind, id, from, to, place } = change;
  const known = partOf(content, kind, id);
  if (to === null) return without(content, kind, id);
  if (!known && from !== null) return content;
  const part = withFields(known ?? (kind === 'lane' ? { cues: [] } : {}), to);
  const target = place?.to ?? placeOf(content, kind, id) ?? { after: null, before: null };
  if (known && (!place || !reachable(content, target))) return replaced(content, kind, id, part);
  return inserted(without(content, kind, id), kind, part, target);
}

/**
 * The change back.
 * @param {Change} change
 * @returns {Change}
 */
export function inverse({ kind, id, from, to, whole, place }) {
  const before = from === null || to === null ? whole : withFields(whole, from);
  return { kind, id, from: to, to: from, whole: before, place: place && { from: place.to, to: place.from } };
}

/**
 * Why a change cannot be made to this content without losing what somebody else did; null when it can. A lane that is removed is
 * empty by then: what its step knew of went before it.
 * @param {Content} content
 * @param {Change} change
 * @returns {Clash | null}
 */
export function clashOf(content, { kind, id, from, to, place }) {
  const part = partOf(content, kind, id);
  if (place?.to?.lane !== undefined && !partOf(content, 'lane', place.to.lane)) return 'gone';
  if (from === null) return part && !same(bare(part), to) ? 'there' : null;
  if (!part) return to === null ? null : 'gone';
  if (kind === 'lane' && to === null && part.cues.length > 0) return 'changed';
  const changed = Object.entries(from).some(([path, value]) => !settled(part, path) && differs(part, path, value, to));
  if (changed) return 'changed';
  return place && to !== null && movedBetween(placeOf(content, kind, id), place) ? 'moved' : null;
}

/**
 * Whether a change is made already, so that it needs no sending.
 * @param {Content} content
 * @param {Change} change
 */
export function isMade(content, { kind, id, from, to, place }) {
  const part = partOf(content, kind, id);
  if (to === null) return !part;
  if (!part) return false;
  if (place?.to && !beside(placeOf(content, kind, id), place.to)) return false;
  return from === null ? same(bare(part), to) : Object.entries(to).every(([path, value]) => settled(part, path) || same(valueAt(part, path), value));
}

/**
 * @param {Content} content
 * @param {Place} place
 */
function reachable(content, { lane }) {
  return lane === undefined || content.lanes.some((one) => one.id === lane);
}

/**
 * A part without what is a part of its own: a lane without its cues.
 * @param {Record<string, any>} part
 */
export function bare(part) {
  if (!('cues' in part)) return part;
  const { cues: _, ...own } = part;
  return own;
}

/**
 * A start that follows from the cue before is nobody's change.
 * @param {Record<string, any>} part
 * @param {string} path
 */
function settled(part, path) {
  return path === 'planned_start' && part.fixed === false;
}

/**
 * @param {Record<string, any>} part
 * @param {string} path
 * @param {unknown} value
 * @param {Fields | null} to
 */
function differs(part, path, value, to) {
  const now = valueAt(part, path);
  return !same(now, value) && !(to && path in to && same(now, to[path]));
}

/**
 * @param {Place | null} now
 * @param {{from: Place | null, to: Place | null}} place
 */
function movedBetween(now, { from, to }) {
  return now !== null && !beside(now, from) && !beside(now, to);
}

/**
 * Whether somebody stands at a place, as far as one neighbour still tells.
 * @param {Place | null} now
 * @param {Place | null} place
 */
function beside(now, place) {
  return !!now && !!place && now.lane === place.lane && (now.before === place.before || now.after === place.after);
}

/**
 * @param {{id: string}[]} list
 * @param {string} id
 */
function neighbours(list, id) {
  const index = list.findIndex((part) => part.id === id);
  return index < 0 ? null : { after: list[index - 1]?.id ?? null, before: list[index + 1]?.id ?? null };
}

/**
 * @param {Record<string, string>} notes
 * @param {string} department
 * @param {string} words
 */
function withNote(notes = {}, department, words) {
  const { [department]: _, ...others } = notes;
  return words ? { ...others, [department]: words } : others;
}

/**
 * @param {Content} content
 * @param {'cue' | 'segment' | 'lane'} kind
 * @param {string} id
 * @returns {Content}
 */
function without(content, kind, id) {
  if (kind !== 'cue') return { ...content, [LISTS[kind]]: content[LISTS[kind]].filter((part) => part.id !== id) };
  const lanes = content.lanes.map((lane) => (lane.cues.some((cue) => cue.id === id) ? { ...lane, cues: lane.cues.filter((cue) => cue.id !== id) } : lane));
  return { ...content, lanes };
}

/**
 * @param {Content} content
 * @param {'cue' | 'segment' | 'lane'} kind
 * @param {string} id
 * @param {Record<string, any>} part
 * @returns {Content}
 */
function replaced(content, kind, id, part) {
  const swap = (/** @type {any[]} */ list) => list.map((one) => (one.id === id ? part : one));
  if (kind !== 'cue') return { ...content, [LISTS[kind]]: swap(content[LISTS[kind]]) };
  const lanes = content.lanes.map((lane) => (lane.cues.some((cue) => cue.id === id) ? { ...lane, cues: swap(lane.cues) } : lane));
  return { ...content, lanes };
}

/**
 * @param {Content} content
 * @param {'cue' | 'segment' | 'lane'} kind
 * @param {Record<string, any>} part
 * @param {Place} place
 * @returns {Content}
 */
function inserted(content, kind, part, place) {
  if (kind !== 'cue') return { ...content, [LISTS[kind]]: putAt(content[LISTS[kind]], part, place) };
  const lanes = content.lanes.map((lane) => (lane.id === place.lane ? { ...lane, cues: putAt(lane.cues, part, place) } : lane));
  return { ...content, lanes };
}

/**
 * @param {any[]} list
 * @param {Record<string, any>} part
 * @param {Place} place
 */
function putAt(list, part, { before, after }) {
  const next = list.findIndex((one) => one.id === before);
  const last = list.findIndex((one) => one.id === after);
  const index = next >= 0 ? next : last >= 0 ? last + 1 : list.length;
  return [...list.slice(0, index), part, ...list.slice(index)];
}
