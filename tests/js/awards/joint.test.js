import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aloneQuestion, jointWords, onStageOf, outWith, waitingWords, waitsFor } from '#hub/awards/joint.js';
import { award, cue, day, iso, IN_ROUND_1 } from '../day.js';

const LANE = { id: 'metaverse', title: { ko: '메타버스', en: 'Metaverse' }, position: 2, status: 'running', cue: 'talk', held_since: null, standby: null, ready_since: null };
const CUES = {
  'cue/talk': cue({ id: 'talk', lane: 'metaverse', position: 1, started_at: iso('09:30:00') }),
  'cue/round-meta': cue({ id: 'round-meta', lane: 'metaverse', position: 2 }),
};
const HALL = award({ id: 'h', state: 'armed', revealed_at: null, joint: '대상', together: ['m'] });
const META = award({ id: 'm', lane: 'metaverse', cue: 'round-meta', state: 'sealed', revealed_at: null, joint: '대상', together: ['h'] });

/** @param {Partial<import('#hub/live/documents.js').AwardDoc>} [meta] @param {object} [lane] @param {object} [cues] */
const store = (meta = {}, lane = {}, cues = {}) => day({ ...IN_ROUND_1, 'lane/metaverse': { ...LANE, ...lane }, ...CUES, ...cues, 'award/h': HALL, 'award/m': { ...META, ...meta } });

test('a stage shows the names of its lane, and those that are everywhere', () => {
  const grand = award({ id: 'g', lane: 'metaverse', everywhere: true });
  assert.deepEqual(onStageOf([HALL, META, grand], 'hall').map(({ id }) => id), ['h', 'g']);
});

test('it is said with whom an award comes out, or that all stages show it', () => {
  assert.equal(jointWords(store(), HALL), '함께 발표: 메타버스');
  assert.equal(jointWords(store(), award({ id: 'g', joint: '감사패', together: [], everywhere: true })), '모든 구역 무대에 표시');
  assert.equal(jointWords(store(), award({ id: 'x' })), '');
});

test('an award that is ready waits for a name that is not, in a round that runs or is to come', () => {
  assert.deepEqual(waitsFor(store(), HALL), ['metaverse']);
  assert.deepEqual(waitsFor(store({}, { cue: 'round-meta' }), HALL), ['metaverse']);
  assert.equal(waitingWords(store(), HALL), '메타버스 구역의 준비를 기다립니다');
  assert.equal(waitingWords(store(), { ...HALL, state: 'sealed' }), '');
});

test('nobody waits for who is not called', () => {
  for (const meta of [{ absent: true }, { deferred: true }, { state: 'armed' }, { state: 'skipped' }, { state: 'revealed', revealed_at: iso('09:34:00') }]) {
    assert.deepEqual(waitsFor(store(/** @type {any} */ (meta)), HALL), []);
  }
  assert.deepEqual(waitsFor(store({}, { status: 'finished', cue: null }), HALL), []);
  assert.deepEqual(waitsFor(store({}, {}, { 'cue/round-meta': cue({ id: 'round-meta', lane: 'metaverse', position: 2, skipped: true }) }), HALL), []);
  assert.deepEqual(waitsFor(day({ ...IN_ROUND_1, 'award/h': HALL }), HALL), []);
});

test('a name that others are waited for comes out alone after a question only', () => {
  assert.deepEqual(aloneQuestion(store(), HALL, '석용주'), { title: '메타버스 구역이 아직 준비되지 않았습니다. 먼저 발표할까요?', body: '석용주', action: '먼저 발표' });
  assert.equal(aloneQuestion(store({ state: 'armed' }), HALL, '석용주'), null);
});

test('names that came out by one command belong together', () => {
  const out = { state: /** @type {const} */ ('revealed'), revealed_at: iso('09:35:00') };
  const [hall, known] = [{ ...HALL, ...out }, store(out)];
  assert.deepEqual(outWith(known, hall).map(({ id }) => id), ['h', 'm']);
  assert.deepEqual(outWith(store({ ...out, revealed_at: iso('09:36:00') }), hall).map(({ id }) => id), ['h']);
  assert.deepEqual(outWith(store(), HALL).map(({ id }) => id), ['h']);
});
