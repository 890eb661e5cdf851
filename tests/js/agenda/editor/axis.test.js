import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisOf, timeAt, topOf } from '#hub/agenda/editor/axis.js';
import { dropped } from '#hub/agenda/editor/board-drop.js';
import { laidOut } from '#hub/agenda/editor/laid-out.js';
import { linesOf, totalOf } from '#hub/agenda/editor/rows.js';
import { made } from '#hub/agenda/editor/fitting.js';
import { cue, at, outline, plan, ZONE } from './plan.js';

const MINUTE = 60_000;
/** @param {number} from @param {number} to minutes */
const span = (from, to) => ({ from: from * MINUTE, to: to * MINUTE });

test('an hour is as long as its minutes, and what is shorter is tall enough to be read', () => {
  const axis = axisOf([span(0, 60), span(60, 61), span(61, 91)], { perMinute: 2, least: 30 });
  assert.deepEqual([0, 30, 60, 61, 91].map((minute) => topOf(axis, minute * MINUTE)), [0, 60, 120, 150, 210]);
  assert.equal(axis.height, 210);
});

test('lanes stay level: a short cue stretches the long one beside it', () => {
  const axis = axisOf([span(0, 60), span(20, 21)], { perMinute: 1, least: 30 });
  assert.deepEqual([0, 20, 21, 60].map((minute) => topOf(axis, minute * MINUTE)), [0, 20, 50, 89]);
});

test('a night in which nothing happens is folded', () => {
  const axis = axisOf([span(0, 60), span(900, 960)], { perMinute: 1, least: 30 });
  assert.deepEqual(axis.pieces.map(({ height, folded }) => [height, folded]), [[60, false], [56, true], [60, false]]);
});

test('a place on the axis is a time, on full steps, beyond the end too', () => {
  const axis = axisOf([span(0, 60), span(60, 120)], { perMinute: 2, least: 30 });
  assert.deepEqual([0, 61, 121, 250].map((top) => timeAt(axis, top, 5 * MINUTE)), [0, 30, 60, 125].map((minute) => minute * MINUTE));
  assert.equal(timeAt(axisOf([], { perMinute: 2, least: 30 }), 10, MINUTE), null);
});

test('a fixed cue that is let go starts there; a soft one goes between those that are there', () => {
  const content = plan();
  const [hall, meta] = content.lanes;
  const go = (/** @type {string} */ id, /** @type {typeof hall} */ lane, /** @type {string} */ time) => {
    const found = content.lanes.flatMap((one) => one.cues).find((one) => one.id === id);
    const step = found && dropped(/** @type {any} */ ({ content }), found, lane, Date.parse(at(time)));
    return step ? outline(laidOut(made(content, step))) : null;
  };
  assert.deepEqual(go('4', hall, '13:30'), ['hall: 1@04:00! 2@04:10 3@04:20 4@04:30!', 'meta: ']);
  assert.deepEqual(go('3', hall, '13:12'), ['hall: 1@04:00! 3@04:10 2@04:20', 'meta: 4@04:20!']);
  assert.deepEqual(go('3', meta, '14:00'), ['hall: 1@04:00! 2@04:10', 'meta: 4@04:20! 3@04:30']);
  assert.deepEqual(go('4', meta, '15:00'), ['hall: 1@04:00! 2@04:10 3@04:20', 'meta: 4@06:00!']);
  assert.equal(go('4', meta, '13:20'), null);
});

test('the lines of a lane: days over midnight, gaps and overlaps, skipped cues aside', () => {
  const cues = [
    cue({ id: '1', fixed: true, planned_start: at('23:30') }), cue({ id: '2', fixed: true, planned_start: at('23:50'), planned_s: 1200 }),
    cue({ id: '3', skipped: true, planned_start: at('23:55') }), cue({ id: '4', fixed: true, planned_start: '2021-12-02T15:05:00.000Z' }),
  ];
  const lines = linesOf({ ...plan().lanes[0], cues }, ZONE).map((line) => (line.kind === 'day' ? line.day : line.kind === 'cue' ? line.cue.id : `${line.kind} ${line.ms / MINUTE}`));
  assert.deepEqual(lines, ['2021-12-02', '1', 'gap 10', '2', '3', 'overlap 5', '2021-12-03', '4']);
  assert.equal(totalOf(cues), 2400);
});
