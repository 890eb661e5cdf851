/** What a hand can do to segments, lanes and departments: each function returns the step that does it, or null. */
import { applied, changeOf, placeOf } from '#hub/agenda/editor/changes.js';
import { allCues, findLane, findSegment, newId } from '#hub/agenda/editor/model.js';
import { added, removals, removed, stepOf } from '#hub/agenda/editor/steps.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Text} Text */
/** @typedef {import('#hub/agenda/editor/model.js').Department} Department */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */

/**
 * @param {Content} content
 * @param {Text} title
 * @param {string} [kind]
 * @returns {{step: Step, id: string}}
 */
export function addSegment(content, title, kind = 'general') {
  const segment = { id: newId(), kind, title, note: null, room: null, speakers: [], public: true };
  const change = added('segment', segment, { after: content.segments.at(-1)?.id ?? null, before: null });
  return { step: { id: newId(), name: t('구간 추가: {title}', { title: text(title) }), changes: [change] }, id: segment.id };
}

/**
 * @param {Content} content
 * @param {Text} title
 * @returns {{step: Step, id: string}}
 */
export function addLane(content, title) {
  const lane = { id: newId(), title, colour: null, room: null };
  const change = added('lane', lane, { after: content.lanes.at(-1)?.id ?? null, before: null });
  return { step: { id: newId(), name: t('구역 추가: {title}', { title: text(title) }), changes: [change] }, id: lane.id };
}

/**
 * Move a segment or a lane by one place.
 * @param {Content} content
 * @param {'segment' | 'lane'} kind
 * @param {string} id
 * @param {-1 | 1} by
 * @returns {Step | null}
 */
export function shift(content, kind, id, by) {
  /** @type {{id: string, title: Text}[]} */
  const list = kind === 'segment' ? content.segments : content.lanes;
  const index = list.findIndex((part) => part.id === id);
  const to = index + by;
  if (index < 0 || to < 0 || to >= list.length) return null;
  const others = list.filter((part) => part.id !== id);
  const place = { from: placeOf(content, kind, id), to: { after: others[to - 1]?.id ?? null, before: others[to]?.id ?? null } };
  const { cues: _, ...whole } = /** @type {any} */ (list[index]);
  return stepOf(t('순서 바꾸기: {title}', { title: text(list[index].title) }), [{ kind, id, from: {}, to: {}, whole, place }]);
}

/**
 * Remove a segment; its cues go to another one, or with it.
 * @param {Content} content
 * @param {string} id
 * @param {string | null} heir the segment that gets the cues; null removes them
 */
export function removeSegment(content, id, heir) {
  const segment = findSegment(content, id);
  if (!segment) return null;
  const own = allCues(content).filter((cue) => cue.segment === id);
  const cues = heir === null ? removals(content, own) : own.map((cue) => changeOf(content, 'cue', cue.id, { segment: heir }));
  return stepOf(t('구간 삭제: {title}', { title: text(segment.title) }), [...cues, removed(content, 'segment', segment)]);
}

/**
 * Remove a lane; its cues go to the end of another one, or with it.
 * @param {Content} content
 * @param {string} id
 * @param {string | null} heir the lane that gets the cues; null removes them
 */
export function removeLane(content, id, heir) {
  const lane = findLane(content, id);
  if (!lane) return null;
  const cues = heir === null ? removals(content, lane.cues) : moves(content, lane.cues, heir);
  return stepOf(t('구역 삭제: {title}', { title: text(lane.title) }), [...cues, removed(content, 'lane', lane)]);
}

/**
 * Put another list of departments in place; what a department that goes had noted goes with it.
 * @param {Content} content
 * @param {Department[]} list
 * @param {string} name
 */
export function setDepartments(content, list, name) {
  const gone = content.departments.filter(({ id }) => !list.some((one) => one.id === id));
  const notes = allCues(content).map((cue) => changeOf(content, 'cue', cue.id, Object.fromEntries(gone.map(({ id }) => [`notes.${id}`, '']))));
  return stepOf(name, [...notes, changeOf(content, 'departments', '', { list })]);
}

/**
 * @param {Content} content
 * @param {import('#hub/agenda/editor/model.js').Cue[]} cues
 * @param {string} laneId
 * @returns {Change[]}
 */
function moves(content, cues, laneId) {
  let now = content;
  return cues.map((cue) => {
    const from = placeOf(now, 'cue', cue.id);
    const to = { lane: laneId, after: findLane(now, laneId)?.cues.at(-1)?.id ?? null, before: null };
    const fixed = changeOf(now, 'cue', cue.id, { fixed: true, planned_start: cue.planned_start });
    /** @type {Change} */
    const change = { kind: 'cue', id: cue.id, from: fixed?.from ?? {}, to: fixed?.to ?? {}, whole: fixed?.whole ?? { ...cue }, place: { from, to } };
    now = applied(now, change);
    return change;
  });
}
