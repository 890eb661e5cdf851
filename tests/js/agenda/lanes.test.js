import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { laneName, nextWords, nowSentence, standing } from '#hub/agenda/lane-words.js';
import { besideOf, laneView, laneViews, wholeFinish } from '#hub/agenda/lanes.js';
import { Store } from '#hub/live/store.js';
import { IN_ROUND_1, at, day } from '../day.js';

const SEOUL = 'Asia/Seoul';

/** @typedef {import('#hub/live/documents.js').LaneDoc} LaneDoc */
/** @typedef {import('#hub/live/documents.js').CueDoc} CueDoc */

/** @type {{name: string, now: string, lanes: {lane: LaneDoc, cues: CueDoc[]}[], finish: {planned: number, projected: number} | null}[]} */
const golden = JSON.parse(readFileSync(new URL('../../golden/agenda-run.json', import.meta.url), 'utf8'));

for (const { name, now, lanes, finish } of golden) {
  test(`the server's end of all lanes: ${name}`, () => {
    const store = new Store();
    const docs = lanes.flatMap(({ lane, cues }) => [[`lane/${lane.id}`, lane], ...cues.map((cue) => [`cue/${cue.id}`, cue])]);
    store.reset(Object.fromEntries(docs), 1);

    assert.deepEqual(wholeFinish(laneViews(store, Date.parse(now))), finish);
  });
}

test('a lane that waits names its first cue and the time it is expected', () => {
  const view = laneView(day(), 'hall', at('09:00:00'));

  assert.equal(view?.cue, null);
  assert.equal(view?.next?.cue.id, 'opening');
  assert.equal(view?.next?.at, at('09:20:00'));
  assert.equal(standing(/** @type {any} */ (view), SEOUL), '09:20에 시작할 예정입니다');
});

test('a running lane tells the cue, its end, the next one and its expected start', () => {
  const view = laneView(day(IN_ROUND_1), 'hall', at('09:35:00'));

  assert.deepEqual(
    [view?.cue?.id, view?.endsAt, view?.over, view?.next?.cue.id, view?.next?.at],
    ['round-1', at('09:42:00'), false, 'closing', at('09:42:00')],
  );
  assert.equal(nextWords(/** @type {any} */ (view), SEOUL), '09:42 closing');
});

test('what comes after the next one stands in its order, without what only the team sees', () => {
  const hidden = { ...IN_ROUND_1, 'lane/hall': { ...IN_ROUND_1['lane/hall'], cue: 'opening' }, 'cue/opening': { ...IN_ROUND_1['cue/opening'], ended_at: null }, 'cue/round-1': day().get('cue/round-1') };
  const later = (/** @type {Record<string, object>} */ docs) => laneView(day(docs), 'hall', at('09:25:00'))?.later.map(({ cue, at: when }) => [cue.id, when]);

  assert.deepEqual(later(/** @type {any} */ (hidden)), [['closing', at('09:40:00')]]);
  assert.deepEqual(later({ ...(/** @type {any} */ (hidden)), 'cue/closing': { ...day().get('cue/closing'), segment: 'setup' } }), []);
});

test('a cue whose time is used up is said to be over its time', () => {
  const view = laneView(day(IN_ROUND_1), 'hall', at('09:43:00'));

  assert.equal(view?.over, true);
  assert.equal(standing(/** @type {any} */ (view), SEOUL), '예정된 시간을 넘겨 진행하고 있습니다');
});

test('a start on another day than today is marked', () => {
  const standingAt = (/** @type {string} */ now) => standing(/** @type {any} */ (laneView(day(), 'hall', Date.parse(now))), SEOUL);

  assert.equal(standingAt('2021-12-01T23:59:59+09:00'), '09:20 (+1일)에 시작할 예정입니다');
  assert.equal(standingAt('2021-11-20T09:00:00+09:00'), '2021년 12월 2일 (목) 09:20에 시작할 예정입니다');
});

test('planned times stand beside the present within the plan, real ones beside the present', () => {
  const beside = (/** @type {Record<string, object>} */ docs, /** @type {number} */ now) => besideOf(laneViews(day(docs), now));
  const [before, during, rehearsed] = [at('09:00:00'), at('09:35:00'), at('09:35:00') - 5 * 86_400_000];

  assert.deepEqual(beside({}, before), { planned: at('09:20:00'), real: at('09:20:00') });
  assert.deepEqual(beside(IN_ROUND_1, during), { planned: during, real: during });
  assert.deepEqual(beside(IN_ROUND_1, rehearsed), { planned: at('09:20:00'), real: rehearsed });
});

test('a lane that does not exist has no view', () => {
  assert.equal(laneView(day(), 'nowhere', 0), null);
});

test('the whole finish is that of the lane that ends last', () => {
  const finish = wholeFinish(laneViews(day(IN_ROUND_1), at('09:35:00')));

  assert.deepEqual(finish, { planned: at('09:50:00'), projected: at('09:52:00') });
});

test('a store without a plan has no finish', () => {
  assert.equal(wholeFinish([]), null);
});

test('while lanes run in parallel, the sentence names each of them', () => {
  const both = day({ ...IN_ROUND_1, 'lane/metaverse': { id: 'metaverse', title: { ko: '메타버스', en: 'Metaverse' }, position: 2, status: 'running', cue: 'round-meta', held_since: null } });

  assert.equal(nowSentence(laneViews(day(), at('09:00:00'))), null);
  assert.equal(nowSentence(laneViews(day(IN_ROUND_1), at('09:35:00'))), 'round-1');
  assert.equal(nowSentence(laneViews(both, at('09:35:00'))), '현장: round-1 · 메타버스: round-meta');
});

test('a lane is called with its room, unless both have one name', () => {
  const room = (/** @type {string} */ id, /** @type {string} */ ko) => ({ id, title: { ko, en: '' }, note: null, capacity: null, position: 1 });
  const store = day({ ...IN_ROUND_1, 'room/ballroom': room('ballroom', '그랜드볼룸'), 'room/same': room('same', '현장') });
  const named = (/** @type {string | null} */ id) => {
    const lane = { .../** @type {any} */ (store.get('lane/hall')), room: id, title: { ko: '현장', en: '' } };
    store.reset({ ...Object.fromEntries([...store.all('cue/')].map((cue) => [`cue/${cue.id}`, cue])), 'lane/hall': lane, 'room/ballroom': room('ballroom', '그랜드볼룸'), 'room/same': room('same', '현장') }, 2);
    return laneName(/** @type {any} */ (laneView(store, 'hall', at('09:35:00'))));
  };

  assert.deepEqual([named('ballroom'), named('same'), named(null), named('gone')], ['현장 · 그랜드볼룸', '현장', '현장', '현장']);
});
