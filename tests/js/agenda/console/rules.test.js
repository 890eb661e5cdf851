import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleLanes, cuesLeft } from '#hub/agenda/console/lanes.js';
import { obstacle, order, question } from '#hub/agenda/console/rules.js';
import { at, CEREMONY, dayStore, METAVERSE, T0 } from './day.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */

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

const BUTTONS = /** @type {Button[]} */ (['start', 'next', 'hold', 'shorter', 'longer', 'undo', 'redo', 'finish']);
const NONE = { start: 'finished', next: 'finished', jump: 'finished', hold: 'finished', resume: 'finished', extend: 'finished', finish: 'finished', undo: 'nothing_to_undo', redo: 'nothing_to_redo' };

/**
 * The hall in its second cue, as the server allows these commands.
 * @param {Record<string, null>} allowed
 * @param {object} [more] fields of the lane's document
 */
function allowing(allowed, more = {}) {
  const lane = { ...CEREMONY['lane/hall'], commands: { ...NONE, ...allowed }, extend_min_s: -599, extend_max_s: 3600, ...more };
  return hall({ ...CEREMONY, 'lane/hall': lane });
}

/** @param {ConsoleLane} lane */
const free = (lane) => BUTTONS.filter((button) => obstacle(button, lane) === '');

test('exactly the commands that the server allows can be pressed', () => {
  assert.deepEqual(free(allowing({})), []);
  assert.deepEqual(free(allowing({ start: null })), ['start']);
  assert.deepEqual(free(allowing({ next: null, hold: null, extend: null, undo: null, finish: null })), ['next', 'hold', 'shorter', 'longer', 'undo', 'finish']);
  assert.deepEqual(free(allowing({ redo: null })), ['redo']);
});

test('the button of the hold follows resume while the lane is held', () => {
  assert.deepEqual(free(allowing({ hold: null }, { status: 'held' })), []);
  assert.deepEqual(free(allowing({ resume: null }, { status: 'held' })), ['hold']);
});

test('a minute is taken or given only within the bounds of the server', () => {
  assert.deepEqual(free(allowing({ extend: null }, { extend_min_s: -60, extend_max_s: 60 })), ['shorter', 'longer']);
  assert.deepEqual(free(allowing({ extend: null }, { extend_min_s: -59, extend_max_s: 59 })), []);
  assert.deepEqual(free(allowing({ extend: null }, { extend_min_s: 0, extend_max_s: 60 })), ['longer']);
});

test('a refusal is said in words, a code of a later version too', () => {
  assert.equal(obstacle('next', allowing({})), '이미 끝났습니다. 실행 취소로 다시 열 수 있습니다.');
  assert.equal(obstacle('next', allowing(/** @type {any} */ ({ next: 'code_of_a_later_version' }))), '지금은 할 수 없습니다.');
  assert.equal(obstacle('shorter', allowing({ extend: null }, { extend_min_s: -59 })), '남은 배정 시간이 1분 이하라 더 줄일 수 없습니다.');
});

test('while the server has not said what may be sent, nothing can be pressed', () => {
  assert.deepEqual(free(hall(CEREMONY)), []);
});

const UNDO = { number: 7, topic: 'CueStarted', at: at(11), by: '김감독', cue: 'round-2-hall', left: 'opening' };

/**
 * @param {Button} button
 * @param {Record<string, object>} changes
 */
function asked(button, changes) {
  const store = dayStore(changes);
  const all = consoleLanes(store, T0 + 12 * 60_000);
  return question(button, all[0], { lanes: all, store, zone: 'Asia/Seoul' });
}

const GO = (/** @type {string} */ words) => ({ choices: [{ value: 'go', words, kind: 'danger' }], keep: '그대로 두기' });

test('undo, redo and finish ask, the rest go at once', () => {
  const lane = { ...CEREMONY, 'lane/hall': { ...CEREMONY['lane/hall'], undo: UNDO } };
  assert.deepEqual(BUTTONS.filter((button) => asked(button, lane) !== null), ['undo', 'redo', 'finish']);
});

test('undo and redo name the command that they are about, who gave it, and when', () => {
  const lane = { ...CEREMONY, 'lane/hall': { ...CEREMONY['lane/hall'], undo: UNDO, redo: { ...UNDO, topic: 'LaneHeld' } } };
  assert.deepEqual(asked('undo', lane), { title: 'hall: 실행을 취소할까요?', body: '‘다음 순서로: round-2-hall’ · 김감독 · 09:31:00', ...GO('실행 취소') });
  assert.deepEqual(asked('redo', lane), { title: 'hall: 다시 실행할까요?', body: '‘진행을 멈춤’ · 김감독 · 09:31:00', ...GO('다시 실행') });
});

test('what is younger than three seconds, or seen by nobody in the hall, is undone without a question', () => {
  const undo = (/** @type {object} */ past) => asked('undo', { ...CEREMONY, 'lane/hall': { ...CEREMONY['lane/hall'], undo: { ...UNDO, ...past } } });
  assert.equal(undo({ at: at(12 - 2.9 / 60) }), null);
  assert.notEqual(undo({ at: at(12 - 3 / 60) }), null);
  assert.equal(undo({ topic: 'AwardDone' }), null);
  assert.notEqual(undo({ topic: 'AwardRevealed' }), null);
  assert.notEqual(undo({ at: at(13) }), null, "the hub's clock was set back since");
});

test('an early finish names how many cues it leaves out', () => {
  assert.equal(asked('finish', CEREMONY)?.title, 'hall: 남은 순서 1개를 두고 조기 종료할까요?');
});

test('leaving a segment in which another lane is on air asks, and names that lane and its cue', () => {
  assert.deepEqual(asked('next', { ...CEREMONY, ...METAVERSE }), {
    title: 'hall만 다음 순서로 넘길까요?',
    body: 'metaverse에서는 ‘round-2-metaverse’ 순서가 아직 진행 중입니다.',
    ...GO('다음 순서로'),
  });
});

test('the live run begins with a question while screens follow a rehearsal', () => {
  const asked = (/** @type {object} */ rehearsal) => {
    const store = dayStore({ 'rehearsal/run-2': { id: 'run-2', ...rehearsal } });
    const day = { lanes: consoleLanes(store, T0), store, zone: 'Asia/Seoul' };
    return question('start', day.lanes[0], day)?.title ?? null;
  };

  assert.equal(asked({ on_screens: false }), null);
  assert.match(String(asked({ on_screens: true })), /화면이 아직 리허설을 따라갑니다/);
});
