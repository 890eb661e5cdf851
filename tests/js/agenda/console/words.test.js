import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actWords } from '#hub/agenda/console/act-words.js';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { lastCommands } from '#hub/agenda/console/log.js';
import { marks } from '#hub/agenda/console/marks.js';
import { commandWords, driftWords, finishWords, spanWords } from '#hub/agenda/console/words.js';
import { at, CEREMONY, dayStore, T0 } from './day.js';

test('lengths of time are written to the second, and to the minute from an hour on', () => {
  assert.deepEqual([0, 45_000, 60_000, 150_000, 3_600_000, 5_430_000].map(spanWords), ['0초', '45초', '1분', '2분 30초', '1시간', '1시간 30분']);
});

test('lateness is on time below five seconds, then late or early', () => {
  assert.deepEqual([4_999, -4_999, 150_000, -60_000].map(driftWords), ['예정대로', '예정대로', '예정보다 2분 30초 늦음', '예정보다 1분 빠름']);
});

test('the finish stands beside the plan in the zone of the event', () => {
  const [hall] = consoleLanes(dayStore(CEREMONY), T0 + 12 * 60_000);
  assert.equal(finishWords(hall, 'Asia/Seoul'), '09:51 종료 예상 (계획 09:50)');
});

test('a command is told by what it did', () => {
  const store = dayStore();
  const words = (/** @type {any} */ command) => commandWords(command, store);
  assert.equal(words({ topic: 'LaneStarted', cue: 'opening' }), '시작: opening');
  assert.equal(words({ topic: 'CueStarted', cue: 'round-2-hall', left: 'opening' }), '다음 순서로: round-2-hall');
  assert.equal(words({ topic: 'CueTakenBack', cue: 'opening', left: 'round-2-hall' }), '되돌림: opening');
  assert.equal(words({ topic: 'CueTakenBack', cue: null, left: 'opening' }), '시작을 취소함');
  assert.equal(words({ topic: 'CommandUndone', undone: 'CueStarted' }), '실행 취소: 다음 순서로');
  assert.equal(words({ topic: 'CommandRedone', undone: 'CueStarted' }), '다시 실행: 다음 순서로');
  assert.equal(words({ topic: 'OfALaterVersion' }), '다른 명령');
  assert.equal(words({ topic: 'CueExtended', cue: 'opening', added_s: -60 }), '1분 줄임');
  assert.equal(words({ topic: 'LaneFinished', cue: 'opening', left_out: 2 }), '조기 종료 (남긴 순서 2개)');
  assert.equal(words({ topic: 'LaneFinished', cue: 'opening', left_out: 0 }), '종료함');
  assert.deepEqual(['LaneHeld', 'LaneResumed', 'StandbyChanged'].map((topic) => words({ topic, cue: null })), ['진행을 멈춤', '진행을 재개함', '대기를 해제함']);
});

test('undo of a reveal says that the name was public', () => {
  const undone = (/** @type {string} */ topic) => actWords({ topic: 'AwardCommandUndone', award: 'a', undone: topic }, dayStore());
  assert.equal(undone('AwardRevealed'), '실행 취소: 발표 · 이름이 이미 공개되었습니다.');
  assert.equal(undone('AwardArmed'), '실행 취소: 발표 준비');
});

test('the last commands of all lanes stand together, the newest first', () => {
  const store = dayStore({
    'driving/hall': { commands: [{ lane: 'hall', at: at(3), topic: 'LaneHeld' }, { lane: 'hall', at: at(1), topic: 'LaneStarted' }] },
    'driving/metaverse': { commands: [{ lane: 'metaverse', at: at(2), topic: 'LaneStarted' }] },
  });
  assert.deepEqual(lastCommands(store).map(({ lane, at: when }) => [lane, when]), [['hall', at(3)], ['metaverse', at(2)], ['hall', at(1)]]);
});

test('minutes that one actor gave a cue one by one are one command, whatever the actors are called', () => {
  const extended = (/** @type {number} */ minutes, /** @type {string | undefined} */ actor) => ({
    lane: 'hall', cue: 'opening', at: at(minutes), topic: 'CueExtended', added_s: 60, by: '김감독', ...(actor && { actor }),
  });
  const added = (/** @type {(string | undefined)[]} */ actors) =>
    lastCommands(dayStore({ 'driving/hall': { commands: actors.map((actor, n) => extended(actors.length - n, actor)) } })).map(({ added_s }) => added_s);
  assert.deepEqual(added(['account:1', 'account:1', 'account:2']), [120, 60]);
  assert.deepEqual(added([undefined, undefined]), [60, 60]);
});

test('time left is spoken when it passes five minutes, one minute and the end, once each', () => {
  const spoken = marks();
  const store = dayStore(CEREMONY);
  const said = [5, 15.9, 16, 16.1, 20, 21, 22].map((minutes) => spoken(consoleLanes(store, T0 + minutes * 60_000)));
  assert.deepEqual(said, [[], [], ['hall: 5분 남았습니다.'], [], ['hall: 1분 남았습니다.'], ['hall: 예정된 시간이 끝났습니다.'], []]);
});
