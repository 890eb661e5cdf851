/** How a step fits on a plan that others changed meanwhile: whether it still can be made, and as what. */
import { applied, bare, changeOf, clashOf, partOf, placeOf } from '#hub/agenda/editor/changes.js';
import { laidOut } from '#hub/agenda/editor/laid-out.js';
import { allCues } from '#hub/agenda/editor/model.js';
import { removals } from '#hub/agenda/editor/steps.js';
import { nextNumber } from '#hub/agenda/layout.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */

/**
 * A step with what follows from it: a cue that becomes the first of its lane gets a start of its own, and loses it by undo.
 * @param {Content} content
 * @param {Step} step
 * @returns {Step}
 */
export function withFirsts(content, step) {
  const after = made(content, step);
  const laid = laidOut(after);
  const firsts = laid.lanes.flatMap((lane) => lane.cues.slice(0, 1));
  const changes = firsts.map((cue) => changeOf(after, 'cue', cue.id, { fixed: true, planned_start: cue.planned_start }));
  return { ...step, changes: [...step.changes, ...changes.filter((change) => change !== null)] };
}

/**
 * Whether a step would undo what somebody else did, looking at each change after those before it.
 * @param {Content} content
 * @param {Step} step
 */
export function clashes(content, step) {
  let now = content;
  return step.changes.some((change) => {
    const clash = clashOf(now, change);
    now = applied(now, change);
    return clash;
  });
}

/**
 * Whether a step cannot be made as it was meant: it clashes, or what it removes is gone.
 * @param {Content} content
 * @param {Step} step
 */
export function stuck(content, step) {
  return clashes(content, step) || step.changes.some(({ kind, id, to }) => to === null && !partOf(content, kind, id));
}

/**
 * @param {Content} content
 * @param {Step} step
 */
export function made(content, step) {
  return step.changes.reduce(applied, content);
}

/**
 * A later step on something that is held is held too: it was made on top of it.
 * @param {import('#hub/agenda/editor/draft.js').Held[]} held
 * @param {Step} step
 */
export function touches(held, step) {
  const keys = new Set(held.flatMap((one) => one.step.changes.map(keyOf)));
  return step.changes.some((change) => keys.has(keyOf(change)));
}

/** @param {Change} change */
function keyOf({ kind, id }) {
  return `${kind}/${id}`;
}

/**
 * A new cue whose number somebody else gave meanwhile gets the next one.
 * @param {Content} content
 * @param {Step} step
 * @returns {Step}
 */
export function renumbered(content, step) {
  let now = content;
  const changes = step.changes.map((change) => {
    const fitting = change.kind === 'cue' && change.from === null && isTaken(now, change) ? numbered(change, nextNumber(allCues(now))) : change;
    now = applied(now, fitting);
    return fitting;
  });
  return { ...step, changes };
}

/**
 * @param {Content} content
 * @param {Change} change
 */
function isTaken(content, change) {
  return content.lanes.some((lane) => lane.cues.some((cue) => cue.number === change.to?.number && cue.id !== change.id));
}

/**
 * @param {Change} change
 * @param {string} number
 * @returns {Change}
 */
function numbered(change, number) {
  return { ...change, to: { ...change.to, number }, whole: { ...change.whole, number } };
}

/**
 * The same change, made on what stands now whatever somebody else did.
 * @param {Content} content
 * @param {Change} change
 * @returns {Change[]}
 */
export function insisted(content, change) {
  const { kind, id, to, whole } = change;
  const part = partOf(content, kind, id);
  if (to === null) return part ? removalOf(content, change, part) : [];
  const target = change.place?.to;
  const place = target && (target.lane === undefined || partOf(content, 'lane', target.lane) ? target : fallback(content, change));
  if (!part) return [{ ...change, from: null, to: whole, place: { from: null, to: place ?? fallback(content, change) } }];
  const again = changeOf(content, kind, id, change.from === null ? whole : to);
  if (!again && !place) return [];
  return [{ ...(again ?? { kind, id, from: {}, to: {}, whole }), place: place ? { from: placeOf(content, kind, id), to: place } : null }];
}

/**
 * A lane goes with the cues that it has by now.
 * @param {Content} content
 * @param {Change} change
 * @param {Record<string, any>} part
 * @returns {Change[]}
 */
function removalOf(content, change, part) {
  const cues = change.kind === 'lane' ? removals(content, part.cues) : [];
  return [...cues, { ...change, from: bare(part), whole: bare(part), place: { from: placeOf(content, change.kind, change.id), to: null } }];
}

/**
 * The end of the lane where its segment is, for a cue that is put back and has no place any more.
 * @param {Content} content
 * @param {Change} change
 */
function fallback(content, { kind, whole }) {
  const home = content.lanes.find((lane) => lane.cues.some((cue) => cue.segment === whole.segment)) ?? content.lanes[0];
  return kind === 'cue' ? { lane: home?.id, after: null, before: null } : { after: null, before: null };
}
