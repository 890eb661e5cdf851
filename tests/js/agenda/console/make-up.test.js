import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLate, makeUpAct } from '#hub/agenda/console/make-up.js';
import { changesWords, endWords } from '#hub/agenda/console/make-up-dialog.js';
import * as dialogs from '#hub/agenda/console/dialogs.js';
import { at, dayStore } from './day.js';

const NOW = at(0);

test('ways are offered to a lane that is more than a minute late and not over', () => {
  const late = [['running', 60_000], ['running', 60_001], ['waiting', 90_000], ['held', 90_000], ['finished', 90_000]].map(
    ([status, driftMs]) => isLate(/** @type {any} */ ({ status, driftMs })),
  );
  assert.deepEqual(late, [false, true, true, true, false]);
});

test('a way is told cue by cue in the order of the lane, each by what becomes of it', () => {
  const store = dayStore({ 'cue/opening': { number: '1' } });
  const way = { cuts: { 'round-2-hall': 120, opening: 30 }, drop: ['performance'], paces: { 'round-2-hall': 4.5 }, lanes: [] };

  assert.deepEqual(changesWords(store, 'hall', way), ['1 opening: 30초 줄임', 'round-2-hall: 한 명에 4.5초 (2분 줄임)', 'performance: 생략']);
});

test('the end of a lane by a way stands beside the plan', () => {
  const end = (/** @type {string | null} */ finish, /** @type {number} */ drift_s) => endWords({ id: 'hall', projected_finish: finish, drift_s }, NOW, 'Asia/Seoul');

  assert.deepEqual([end(at(30), 0), end(at(32), 120), end(null, 0)], ['09:50 종료 · 예정대로', '09:52 종료 · 예정보다 2분 늦음', '']);
});

test('ways that cannot be loaded are said at the lane, and nothing is sent', async () => {
  /** @type {any[]} */
  const told = [];
  const commands = /** @type {any} */ ({ accepts: () => true, send: (/** @type {any[]} */ ...sent) => told.push(sent) });
  const get = async (/** @type {string} */ url) => {
    told.push(url);
    return null;
  };
  const act = makeUpAct({ conf: 'c', run: 'run-2', store: dayStore(), zone: 'Asia/Seoul', commands, report: (lane, { phase }) => told.push([lane, phase]), dialogs: async () => dialogs, get });

  await act('hall');

  assert.deepEqual(told, ['/api/v1/c/c/runs/run-2/ways?lane=hall', ['hall', 'refused']]);
});

test('while a command of the lane is under way nothing is asked', async () => {
  const commands = /** @type {any} */ ({ accepts: () => false });
  const get = async () => assert.fail('asked');
  await makeUpAct({ conf: 'c', run: null, store: dayStore(), zone: 'Asia/Seoul', commands, report: () => {}, dialogs: async () => dialogs, get })('hall');
});
