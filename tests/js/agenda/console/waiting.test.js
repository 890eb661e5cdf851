/** A lane of the console that waits for another one before a cue that both start together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { order, question } from '#hub/agenda/console/rules.js';
import { waitingWords } from '#hub/agenda/console/words.js';
import { at, CEREMONY, dayStore, T0 } from './day.js';

/** The hall comes to ② next; the metaverse is in its first cue until 00:45 and comes to it then. */
const TOGETHER = {
  ...CEREMONY,
  'cue/performance': { sync: '②' },
  'lane/metaverse': { status: 'running', cue: 'round-2-metaverse' },
  'cue/round-2-metaverse': { started_at: at(15) },
  'cue/film': { ...dayStore().get('cue/performance'), id: 'film', lane: 'metaverse', position: 2, sync: '②' },
};
const READY = { ...TOGETHER, 'lane/hall': { ...CEREMONY['lane/hall'], ready_since: at(18) } };

/** @param {Record<string, object>} changes */
function day(changes) {
  const store = dayStore(changes);
  return { store, zone: 'Asia/Seoul', lanes: consoleLanes(store, T0 + 20 * 60_000) };
}

test('a lane says with whom its next cue starts, and how far apart they are', () => {
  const [hall, metaverse] = day(TOGETHER).lanes;

  assert.deepEqual([hall.next?.at, metaverse.next?.at], [Date.parse(at(25)), Date.parse(at(25))]);
  assert.equal(waitingWords(hall), 'metaverse 구역과 동시에 시작 · 약 4분 차이');
  assert.equal(waitingWords(metaverse), 'hall 구역과 동시에 시작');
});

test('how far lanes are apart is said in minutes, and in seconds within the last one', () => {
  const [hall] = day(TOGETHER).lanes;

  const apart = [244_000, 61_000, 59_000].map((skewMs) => waitingWords({ ...hall, skewMs }).split(' · ').at(-1));
  assert.deepEqual(apart, ['약 4분 차이', '약 1분 차이', '약 59초 차이']);
});

test('a lane that is ready says for whom it waits, and nobody waits for it', () => {
  const [hall, metaverse] = day(READY).lanes;

  assert.equal(waitingWords(hall), '준비됨 · metaverse 구역을 기다립니다 · 약 5분 차이');
  assert.equal(waitingWords(metaverse), 'hall 구역이 준비되어 기다립니다');
});

test('a lane whose others are gone is told that it may go on', () => {
  const [hall] = day({ ...READY, 'cue/film': { ...TOGETHER['cue/film'], skipped: true } }).lanes;

  assert.equal(waitingWords(hall), '준비됨 · 모두 준비되었습니다');
  assert.deepEqual(order('next', hall), { command: 'next', body: {} });
});

test('the first Next makes ready without a question, a second one asks once whether to start alone', () => {
  const [first, second] = [day(TOGETHER), day(READY)];

  assert.equal(question('next', first.lanes[0], first)?.choices[0].words, undefined);
  assert.deepEqual(order('next', first.lanes[0]), { command: 'next', body: {} });
  const asked = question('next', second.lanes[0], second);
  assert.equal(asked?.title, 'hall: 혼자 시작할까요?');
  assert.equal(asked?.body, '함께 시작할 metaverse 구역이 아직 준비되지 않았습니다.');
  assert.deepEqual(order('next', second.lanes[0]), { command: 'next', body: { force: true } });
});
