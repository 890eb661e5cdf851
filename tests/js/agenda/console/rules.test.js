import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleLanes, cuesLeft } from '#hub/agenda/console/lanes.js';
import { obstacle, order, question } from '#hub/agenda/console/rules.js';
import { at, CEREMONY, dayStore, METAVERSE, T0 } from './day.js';

/** @param {Record<string, object>} [changes] */
function lanes(changes) {
  return consoleLanes(dayStore(changes), T0 + 12 * 60_000);
}

/** @param {Record<string, object>} [changes] */
function hall(changes) {
  return lanes(changes)[0];
}

const LAST = { ...CEREMONY, 'lane/hall': { status: 'running', cue: 'performance' }, 'cue/performance': { started_at: at(12) }, 'cue/round-2-hall': { started_at: at(11), ended_at: at(12) } };
const HELD = { ...CEREMONY, 'lane/hall': { status: 'held', cue: 'round-2-hall', held_since: at(12) } };
const DONE = { ...CEREMONY, 'lane/hall': { status: 'finished' }, 'cue/round-2-hall': { started_at: at(11), ended_at: at(12) } };

test('the rundown tells what is done, on air, coming and left out', () => {
  assert.deepEqual(hall(CEREMONY).lines.map(({ state }) => state), ['done', 'on-air', 'coming']);
  assert.deepEqual(hall(DONE).lines.map(({ state }) => state), ['done', 'done', 'left-out']);
  assert.equal(cuesLeft(hall(CEREMONY)), 1);
});

test('one button holds and resumes, one minute is taken or given, finish says whether it is early', () => {
  assert.deepEqual(order('hold', hall(CEREMONY)), { command: 'hold', body: {} });
  assert.deepEqual(order('hold', hall(HELD)), { command: 'resume', body: {} });
  assert.deepEqual(order('shorter', hall(CEREMONY)), { command: 'extend', body: { seconds: -60 } });
  assert.deepEqual(order('longer', hall(CEREMONY)), { command: 'extend', body: { seconds: 60 } });
  assert.deepEqual(order('finish', hall(CEREMONY)), { command: 'finish', body: { early: true } });
  assert.deepEqual(order('finish', hall(LAST)), { command: 'finish', body: { early: false } });
  assert.deepEqual(order('next', hall(CEREMONY)), { command: 'next', body: {} });
});

/** @type {[string, Record<string, object>, string[]][]} */
const FREE = [
  ['waiting', {}, ['start']],
  ['running', CEREMONY, ['next', 'hold', 'shorter', 'longer', 'back', 'finish']],
  ['held', HELD, ['next', 'hold', 'shorter', 'longer', 'back', 'finish']],
  ['at its last cue', LAST, ['hold', 'shorter', 'longer', 'back', 'finish']],
  ['finished', DONE, ['back']],
];
for (const [name, changes, expected] of FREE) {
  test(`a lane that is ${name} can take exactly: ${expected.join(', ')}`, () => {
    const buttons = /** @type {import('#hub/agenda/console/rules.js').Button[]} */ (['start', 'next', 'hold', 'shorter', 'longer', 'back', 'finish']);
    assert.deepEqual(buttons.filter((button) => obstacle(button, hall(changes)) === ''), expected);
  });
}

test('a cue of one minute cannot lose it', () => {
  const short = { ...CEREMONY, 'cue/round-2-hall': { started_at: at(11), extension_s: -540 } };
  assert.notEqual(obstacle('shorter', hall(short)), '');
});

test('back and finish ask, the rest go at once', () => {
  const all = lanes(CEREMONY);
  const asks = (/** @type {import('#hub/agenda/console/rules.js').Button} */ button) => question(button, all[0], all) !== null;
  assert.deepEqual(['start', 'next', 'hold', 'shorter', 'longer', 'back', 'finish'].filter((b) => asks(/** @type {any} */ (b))), ['back', 'finish']);
});

test('an early finish names how many cues it leaves out', () => {
  const all = lanes(CEREMONY);
  assert.equal(question('finish', all[0], all)?.title, 'hall: 남은 순서 1개를 두고 조기 종료할까요?');
});

test('leaving a segment in which another lane is on air asks, and names that lane and its cue', () => {
  const all = lanes({ ...CEREMONY, ...METAVERSE });
  assert.deepEqual(question('next', all[0], all), {
    title: 'hall만 다음 순서로 넘길까요?',
    body: 'metaverse에서는 ‘round-2-metaverse’ 순서가 아직 진행 중입니다.',
    action: '다음 순서로',
  });
});

test('back from the first cue says that the lane will wait', () => {
  const all = lanes({ 'lane/hall': { status: 'running', cue: 'opening' }, 'cue/opening': { started_at: at(0) } });
  assert.equal(question('back', all[0], all)?.body, '‘opening’ 순서의 시작이 취소되고 대기 상태가 됩니다.');
});
