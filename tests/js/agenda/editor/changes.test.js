import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, changeOf, clashOf, isMade } from '#hub/agenda/editor/changes.js';
import { editsOf } from '#hub/agenda/editor/edits.js';
import { addLane, addSegment, removeLane, removeSegment, setDepartments, shift } from '#hub/agenda/editor/frame-steps.js';
import { laidOut } from '#hub/agenda/editor/laid-out.js';
import { addCue, duplicateCue, moveCue, nudgeCue, removeCue, renumber, setFields, splitCue } from '#hub/agenda/editor/steps.js';
import { Draft } from '#hub/agenda/editor/draft.js';
import { made } from '#hub/agenda/editor/fitting.js';
import { at, cue, DAY, outline, plan } from './plan.js';

/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */

/**
 * @template T
 * @param {T | null} value
 * @returns {T}
 */
function given(value) {
  assert.ok(value);
  return value;
}

/** @returns {Record<string, Step>} one step of every sort */
function steps() {
  const content = { ...plan(), lanes: plan().lanes.map((lane) => ({ ...lane, cues: lane.cues.map((one) => ({ ...one, notes: { mc: '안녕하십니까', sound: '마이크' } })) })) };
  return Object.fromEntries(Object.entries({
    title: setFields(content, 'cue', '2', { 'title.en': 'Speech', 'notes.mc': '', 'planned_s': 300 }, ''),
    add: given(addCue(content, 'hall', '2', {}, DAY)).step,
    duplicate: given(duplicateCue(content, '1')).step,
    split: given(splitCue(content, '1', 200)).step,
    down: nudgeCue(content, '1', 'down'),
    up: nudgeCue(content, '3', 'up'),
    right: nudgeCue(content, '2', 'right'),
    end: moveCue(content, '1', 'meta', null, { fixed: true, planned_start: at('15:00') }),
    remove: removeCue(content, '2'),
    renumber: renumber({ ...content, lanes: content.lanes.map((lane) => ({ ...lane, cues: lane.cues.toReversed() })) }),
    segment: addSegment(content, { ko: '폐회', en: '' }).step,
    lane: addLane(content, { ko: '회의실', en: '' }).step,
    order: shift(content, 'segment', 'open', 1),
    lanes: shift(content, 'lane', 'meta', -1),
    heir: removeSegment(content, 'open', 'awards'),
    gone: removeSegment(content, 'awards', null),
    merge: removeLane(content, 'meta', 'hall'),
    drop: removeLane(content, 'hall', null),
    departments: setDepartments(content, content.departments.slice(1), ''),
  }).map(([name, step]) => [name, given(step)]));
}

test('every step can be undone and done again, wholly', () => {
  const content = laidOut({ ...plan(), lanes: plan().lanes.map((lane) => ({ ...lane, cues: lane.cues.map((one) => ({ ...one, notes: { mc: '안녕하십니까', sound: '마이크' } })) })) });
  for (const [name, step] of Object.entries(steps())) {
    const draft = new Draft();
    draft.rebase(content, 1);
    draft.make(step);
    const after = draft.content;
    assert.notDeepEqual(after, content, name);
    assert.equal(draft.undo()?.clashing, false, name);
    assert.deepEqual(draft.content, content, name);
    draft.redo();
    assert.deepEqual(draft.content, after, name);
  }
});

test('a step that is made is known as made, and clashes with nothing before it', () => {
  for (const [name, step] of Object.entries(steps()).filter(([one]) => one === 'title' || one === 'right')) {
    const content = made(plan(), step);
    assert.deepEqual(step.changes.map((change) => isMade(content, change)), step.changes.map(() => true), name);
  }
});

test('changes of different fields of one cue merge', () => {
  const mine = given(changeOf(plan(), 'cue', '2', { 'title.ko': '축사' }));
  const theirs = given(changeOf(plan(), 'cue', '2', { 'planned_s': 300, 'title.en': 'Speech', 'notes.mc': '큐' }));
  const content = applied(plan(), theirs);
  assert.equal(clashOf(content, mine), null);
  const merged = applied(content, mine).lanes[0].cues[1];
  assert.deepEqual(merged, { ...cue({ id: '2', planned_start: at('13:10') }), title: { ko: '축사', en: 'Speech' }, planned_s: 300, notes: { mc: '큐' } });
});

test('changes of one field clash, and so do moves to different places, and what is gone', () => {
  const mine = given(changeOf(plan(), 'cue', '2', { 'title.ko': '축사' }));
  const moved = given(given(moveCue(plan(), '2', 'meta', null)).changes.at(-1) ?? null);
  const others = [
    setFields(plan(), 'cue', '2', { 'title.ko': '격려사' }, ''), removeCue(plan(), '2'), moveCue(plan(), '2', 'meta', '4'), setFields(plan(), 'cue', '2', { 'title.ko': '축사' }, ''),
  ].map((step) => made(plan(), given(step)));
  assert.deepEqual(others.map((content) => clashOf(content, mine)), ['changed', 'gone', null, null]);
  assert.deepEqual(clashOf(made(plan(), given(moveCue(plan(), '2', 'hall', null))), moved), 'moved');
});

test('a start that follows from the cue before is nobody\'s change', () => {
  const content = laidOut(made(plan(), given(setFields(plan(), 'cue', '1', { planned_s: 1200 }, ''))));
  const fix = given(changeOf(plan(), 'cue', '2', { fixed: true, planned_start: at('13:15') }));
  assert.equal(clashOf(content, fix), null);
});

test('soft cues follow, a skipped one takes no time, and the first of a lane is fixed', () => {
  const content = plan();
  content.lanes[0].cues[0] = cue({ id: '1', fixed: false });
  content.lanes[0].cues[1] = cue({ id: '2', skipped: true });
  assert.deepEqual(outline(laidOut(content)), ['hall: 1@04:00! 2@04:10 3@04:10', 'meta: 4@04:20!']);
  const laid = laidOut(plan());
  assert.equal(laidOut(laid), laid, 'what stands already stays the same object');
});

test('moving down gives the start to the one that comes first', () => {
  const after = laidOut(made(plan(), given(nudgeCue(plan(), '1', 'down'))));
  assert.deepEqual(outline(after), ['hall: 2@04:00! 1@04:10 3@04:20', 'meta: 4@04:20!']);
  assert.equal(nudgeCue(plan(), '1', 'up'), null);
  assert.equal(nudgeCue(plan(), '4', 'right'), null);
});

test('starts of their own, and gaps, stay with the places when cues change places', () => {
  const content = plan();
  content.lanes[0].cues = [
    cue({ id: '1', fixed: true, planned_s: 300 }), cue({ id: '2', fixed: true, planned_start: at('13:10'), planned_s: 600 }), cue({ id: '3', planned_start: at('13:20'), planned_s: 900 }),
    cue({ id: '5', fixed: true, planned_start: at('13:40'), planned_s: 300 }),
  ];
  const go = (/** @type {string} */ id, /** @type {string | null} */ before) => outline(laidOut(made(content, given(moveCue(content, id, 'hall', before)))))[0];
  assert.deepEqual([go('1', '3'), go('5', '2'), go('3', null), go('1', null)], [
    'hall: 2@04:00! 1@04:15! 3@04:20 5@04:40!', 'hall: 1@04:00! 5@04:10! 2@04:15! 3@04:25', 'hall: 1@04:00! 2@04:10! 5@04:20! 3@04:25', 'hall: 2@04:00! 3@04:10 5@04:30! 1@04:40!',
  ]);
});

test('what is put before the first cue of a lane takes its place, and the first one follows', () => {
  const after = laidOut(made(plan(), given(moveCue(plan(), '3', 'meta', '4'))));
  assert.deepEqual(outline(after), ['hall: 1@04:00! 2@04:10', 'meta: 3@04:20! 4@04:30']);
});

test('edits name whole parts, where they stand, and only what the server takes', () => {
  const { step } = given(splitCue(plan(), '1', 200));
  const edits = editsOf(plan(), [step]);
  const [shorter, rest] = /** @type {any[]} */ (edits);
  assert.deepEqual(shorter, { op: 'put_cue', lane: 'hall', cue: { ...plan().lanes[0].cues[0], planned_s: 200 } });
  assert.deepEqual({ ...rest, cue: { ...rest.cue, id: '' } }, {
    op: 'put_cue', lane: 'hall', before: '2', cue: { ...plan().lanes[0].cues[0], id: '', number: '5', fixed: false, planned_start: '2021-12-02T04:03:20.000Z', planned_s: 400 },
  });
  const frame = editsOf(plan(), [given(removeLane(plan(), 'meta', 'hall')), given(shift(plan(), 'segment', 'open', 1)), given(setDepartments(plan(), [], ''))]);
  assert.deepEqual(frame.map((edit) => [edit.op, edit.id ?? null, edit.before]), [
    ['put_cue', null, null], ['remove_lane', 'meta', undefined], ['put_segment', null, null], ['put_departments', null, undefined],
  ]);
});
