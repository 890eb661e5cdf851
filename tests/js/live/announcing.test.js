import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcement, isNews } from '#hub/live/announcing.js';
import { ServerClock } from '#hub/web/server-clock.js';
import { IN_ROUND_1, at, award, day, iso } from '../day.js';

/** @param {string} topic @param {Record<string, any>} [body] @param {string} [clock] */
function said(topic, body = {}, clock = '09:35:05') {
  const store = day({ ...IN_ROUND_1, 'award/a': award({ id: 'a' }) });
  return announcement({ stream: 'public', seq: 2, topic, at: iso('09:35:00'), body }, store, at(clock), 'Asia/Seoul');
}

test('a new cue is told with the next one', () => {
  assert.equal(said('CueStarted', { lane: 'hall' }), '지금: round-1. 다음: closing');
});

test('more time is told as the new time of the next item', () => {
  assert.equal(said('CueExtended', { lane: 'hall' }), '다음: closing 09:42, 예정 09:40');
});

test('a reveal is read with level, name and organisation', () => {
  assert.equal(said('AwardRevealed', { award: 'a' }), '대상 · 장관상. 석용주, 천안고용센터');
});

test('a name taken back is told without the name', () => {
  assert.equal(said('AwardTakenBack', { award: 'gone' }), '발표가 취소되었습니다');
});

test('an undone command is told by what is on now', () => {
  assert.equal(said('CommandUndone', { lane: 'hall', undone: 'CueStarted' }), '지금: round-1. 다음: closing');
  assert.equal(said('CommandRedone', { lane: 'hall', undone: 'CueStarted' }), '지금: round-1. 다음: closing');
});

test('a reveal that is undone withdraws the name, one that is done again is read', () => {
  const told = (/** @type {string} */ topic, /** @type {string} */ undone) => said(topic, { award: 'a', undone });

  assert.equal(told('AwardCommandUndone', 'AwardRevealed'), '발표가 취소되었습니다');
  assert.equal(told('AwardCommandRedone', 'AwardTakenBack'), '발표가 취소되었습니다');
  assert.equal(told('AwardCommandUndone', 'AwardTakenBack'), '대상 · 장관상. 석용주, 천안고용센터');
  assert.equal(told('AwardCommandRedone', 'AwardRevealed'), '대상 · 장관상. 석용주, 천안고용센터');
  assert.equal(told('AwardCommandUndone', 'AwardDone'), null);
});

/** @param {string} clock when the entry was written */
const written = (clock) => ({ stream: 'public', seq: 2, topic: 'AwardRevealed', at: iso(clock), body: { award: 'a' } });

test('what was written within fifteen seconds is news, what was missed is not', () => {
  const news = ['09:35:00', '09:34:46', '09:34:44', '09:33:00'].map((wrote) => isNews(written(wrote), at('09:35:00'), { doubted: false }));

  assert.deepEqual(news, [true, true, false, false]);
});

test('a reveal is news at once after the clock of the server was set back by a minute', () => {
  const clock = new ServerClock();
  const local = at('09:35:00');
  clock.sample({ t0: local - 100, t1: local - 50, now: local - 75 });
  const reveal = written('09:34:05');
  clock.dated({ now: Date.parse(reveal.at), at: local + 5_000 });

  assert.equal(isNews(reveal, local + 5_000 + clock.offset(local + 5_000), clock), true);
});

test('facts of no concern are not told', () => {
  assert.equal(said('SessionPlanned'), null);
});

test('an award that was redacted before it could be told is not told', () => {
  assert.equal(said('AwardRevealed', { award: 'gone' }), null);
});
