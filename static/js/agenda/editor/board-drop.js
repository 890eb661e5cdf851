/** Where a block that is dragged on the axis of time would come to stand. */
import { timeAt, topOf } from '#hub/agenda/editor/axis.js';
import { endOf, instant, startOf } from '#hub/agenda/editor/model.js';
import { moveCue } from '#hub/agenda/editor/steps.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/axis.js').Axis} Axis */

const STEP_MS = 60_000;
const SNAP_MS = 5 * 60_000;

/**
 * The start of a cue after so many pixels, or its end when it is made longer.
 * @param {Axis} axis
 * @param {Cue} cue
 * @param {{sizing: boolean, dy: number}} by
 */
export function draggedTo(axis, cue, { sizing, dy }) {
  const from = sizing ? endOf(cue) : startOf(cue);
  const step = sizing ? STEP_MS : SNAP_MS;
  const ms = timeAt(axis, topOf(axis, from) + dy, step) ?? from;
  return sizing ? Math.max(ms, startOf(cue) + STEP_MS) : ms;
}

/**
 * The step of letting a cue go at a time: a fixed one starts then, a soft one goes between those that are there.
 * @param {Workspace} space
 * @param {Cue} cue
 * @param {Lane} lane
 * @param {number} ms
 */
export function dropped({ content }, cue, lane, ms) {
  const others = lane.cues.filter((one) => one.id !== cue.id);
  const before = others.find((one) => (cue.fixed ? startOf(one) >= ms : startOf(one) + (one.planned_s * 1000) / 2 > ms))?.id ?? null;
  const alone = others.length === 0 || before === others[0]?.id;
  const fields = cue.fixed || alone ? { fixed: true, planned_start: instant(ms) } : {};
  return moveCue(content, cue.id, lane.id, before, fields);
}

/**
 * Whether a column is under the pointer.
 * @param {Element} element
 * @param {number} x
 */
export function holds(element, x) {
  const { left, right } = element.getBoundingClientRect();
  return x >= left && x < right;
}
