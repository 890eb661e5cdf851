import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from '#hub/agenda/editor/draft.js';
import { made } from '#hub/agenda/editor/fitting.js';
import { cellStep, columnsOf } from '#hub/agenda/editor/columns.js';
import { comparison } from '#hub/agenda/editor/held-list.js';
import { addCue, moveCue, removeCue, setFields } from '#hub/agenda/editor/steps.js';
import { at, DAY, outline, plan, ZONE } from './plan.js';

/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */
/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */

/** @param {Step | null} step */
function given(step) {
  assert.ok(step);
  return step;
}

function opened() {
  const draft = new Draft();
  draft.rebase(plan(), 7);
  return draft;
}

/**
 * @param {Content} content
 * @param {string} id
 * @param {string} words
 */
const titled = (content, id, words) => given(setFields(content, 'cue', id, { 'title.ko': words }, `이름: ${words}`));

/** @param {Draft} draft @param {string} id */
const titleIn = (draft, id) => draft.content.lanes.flatMap((lane) => lane.cues).find((one) => one.id === id)?.title.ko;

test('a step shows at once and waits for its answer', () => {
  const draft = opened();
  assert.equal(draft.make(titled(draft.content, '2', '축사')), null);
  assert.deepEqual([titleIn(draft, '2'), draft.pending.length, draft.revision], ['축사', 1, 7]);
  draft.confirm(1, 8);
  assert.deepEqual([titleIn(draft, '2'), draft.pending.length, draft.revision], ['축사', 0, 8]);
  assert.deepEqual(draft.base, draft.content);
});

test('what another person changed elsewhere arrives, and mine stays on top of it', () => {
  const draft = opened();
  draft.make(titled(draft.content, '2', '축사'));
  const held = draft.rebase(made(plan(), titled(plan(), '3', '시상 ①')), 8, '김은영');
  assert.deepEqual([held, titleIn(draft, '2'), titleIn(draft, '3'), draft.pending.length], [[], '축사', '시상 ①', 1]);
});

test('a step on what another person changed is held, with both; mine can be kept', () => {
  const draft = opened();
  draft.make(titled(draft.content, '2', '축사'));
  const held = draft.rebase(made(plan(), titled(plan(), '2', '격려사')), 8, '김은영');
  assert.deepEqual([held.map(({ reason, words }) => [reason, words]), titleIn(draft, '2'), draft.pending], [[['clash', '김은영']], '격려사', []]);
  assert.deepEqual(comparison(draft.content, held[0].step.changes[0], ZONE), [{ label: '내용 (한국어)', mine: '축사', theirs: '격려사' }]);
  draft.decide(held[0], 'mine');
  assert.deepEqual([titleIn(draft, '2'), draft.pending.length, draft.held], ['축사', 1, []]);
});

test('theirs can be taken, and undo does not bring mine back', () => {
  const draft = opened();
  draft.make(titled(draft.content, '2', '축사'));
  const [held] = draft.rebase(made(plan(), titled(plan(), '2', '격려사')), 8);
  draft.decide(held, 'theirs');
  assert.deepEqual([titleIn(draft, '2'), draft.held, draft.undo()], ['격려사', [], null]);
});

test('a cue that another person removed can be put back as I left it', () => {
  const draft = opened();
  draft.make(titled(draft.content, '2', '축사'));
  const [held] = draft.rebase(made(plan(), given(removeCue(plan(), '2'))), 8);
  assert.deepEqual(comparison(draft.content, held.step.changes[0], ZONE), [{ label: '축사', mine: '축사', theirs: '삭제됨' }]);
  draft.decide(held, 'mine');
  assert.equal(titleIn(draft, '2'), '축사');
});

test('a removal does not take what another person wrote meanwhile', () => {
  const draft = opened();
  draft.make(given(removeCue(draft.content, '2')));
  const held = draft.rebase(made(plan(), titled(plan(), '2', '격려사')), 8);
  assert.deepEqual([held.length, titleIn(draft, '2')], [1, '격려사']);
  draft.decide(held[0], 'mine');
  assert.equal(titleIn(draft, '2'), undefined);
});

test('a step begun on an old value is held at once', () => {
  const draft = opened();
  draft.rebase(made(plan(), titled(plan(), '2', '격려사')), 8, '김은영');
  const late = given(setFields(draft.content, 'cue', '2', { 'title.ko': '축사' }, '', { 'title.ko': '2' }));
  assert.equal(draft.make(late, '김은영')?.words, '김은영');
  assert.deepEqual([titleIn(draft, '2'), draft.pending, draft.held.length], ['격려사', [], 1]);
});

test('two new cues with one number: the later one gets the next', () => {
  const draft = opened();
  const mine = addCue(draft.content, 'hall', null, {}, DAY);
  const theirs = addCue(plan(), 'meta', null, {}, DAY);
  assert.ok(mine && theirs);
  draft.make(mine.step);
  draft.rebase(made(plan(), theirs.step), 8);
  assert.deepEqual(outline(draft.content), ['hall: 1@04:00! 2@04:10 3@04:20 6@04:30', 'meta: 4@04:20! 5@04:30']);
});

test('a step that the server has already, from before a reload, is not sent again', () => {
  const draft = opened();
  const step = titled(draft.content, '2', '축사');
  draft.make(step);
  draft.rebase(made(plan(), step), 8);
  assert.deepEqual([draft.pending, draft.held, titleIn(draft, '2')], [[], [], '축사']);
});

test('undo and redo name the step, and are steps themselves', () => {
  const draft = opened();
  draft.make(titled(draft.content, '2', '축사'));
  draft.make(given(moveCue(draft.content, '2', 'meta', null)));
  assert.deepEqual([draft.undo()?.step.name, draft.undo()?.step.name, draft.undo()], ['옮기기: 축사', '이름: 축사', null]);
  assert.deepEqual([draft.content, draft.pending.length], [plan(), 4]);
  assert.equal(draft.redo()?.step.name, '이름: 축사');
  assert.equal(titleIn(draft, '2'), '축사');
  draft.make(titled(draft.content, '1', '개회'));
  assert.equal(draft.redo(), null, 'a new step ends what could be done again');
});

test('what somebody changed since is not undone', () => {
  const draft = opened();
  draft.make(titled(draft.content, '2', '축사'));
  draft.confirm(1, 8);
  draft.rebase(made(draft.base, titled(draft.base, '2', '격려사')), 9, '김은영');
  assert.equal(draft.undo()?.clashing, true);
  assert.deepEqual([titleIn(draft, '2'), draft.pending], ['격려사', []]);
});

test('a refused step is held with the reason, what was made on top of it too, the rest goes on', () => {
  const draft = opened();
  draft.make(given(removeCue(draft.content, '3')));
  draft.make(titled(draft.content, '1', '개회'));
  const held = draft.refuse('시상이 들어 있는 순서입니다.');
  assert.deepEqual([held.reason, held.words, outline(draft.content), titleIn(draft, '1')], [
    'refused', '시상이 들어 있는 순서입니다.', ['hall: 1@04:00! 2@04:10 3@04:20', 'meta: 4@04:20!'], '개회',
  ]);
  assert.equal(draft.pending.length, 1);
});

test('a move says where it was meant to go', () => {
  const draft = opened();
  const step = given(moveCue(draft.content, '3', 'meta', null, { fixed: true, planned_start: at('14:00') }));
  assert.deepEqual(comparison(draft.content, step.changes[0], ZONE), [
    { label: '시작', mine: '14:00', theirs: '13:20' }, { label: '자리', mine: '메타버스, 끝', theirs: '본행사장, 끝' },
  ]);
});

test('a step is named by the title that its own hand wrote, not by the one that stands', () => {
  const content = made(plan(), titled(plan(), '2', '격려사'));
  const [cue] = content.lanes.flatMap(({ cues }) => cues).filter(({ id }) => id === '2');
  const column = columnsOf(content, ['ko']).find(({ id }) => id === 'title.ko');
  assert.ok(column);
  const names = [{ 'title.ko': '축사' }, { 'notes.mc': '천천히' }].map((fields) => given(cellStep(content, cue, column, { fields }, { 'title.ko': '2' })).name);
  assert.deepEqual(names, ['내용 바꾸기: 축사', '내용 바꾸기: 격려사']);
});
