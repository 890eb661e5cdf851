import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presenceBadge, presenceOf, sinceWords, suggestionWords } from '#hub/awards/presence.js';
import { Store } from '#hub/live/store.js';

/** @typedef {Record<string, object>} Docs */

const ABSENT = { id: 'g', inside: false, remote_connected: false, since: null };
const SINCE = '2021-12-02T03:58:00.000Z';
const WHERE = /** @type {Record<string, Docs>} */ ({
  here: { 'guest/g': { ...ABSENT, inside: true, since: SINCE } },
  connected: { 'guest/g': ABSENT, 'elsewhere/g': { guest: 'g', state: 'connected', source: 'zoom', since: SINCE } },
  idle: { 'guest/g': ABSENT, 'elsewhere/g': { guest: 'g', state: 'idle', source: 'socket', since: SINCE } },
  left: { 'guest/g': ABSENT, 'elsewhere/g': { guest: 'g', state: 'left', source: 'staff', since: SINCE } },
  missing: { 'guest/g': ABSENT },
});

/** @param {Docs} docs */
function known(docs) {
  const store = new Store();
  store.reset(docs, 1);
  return store;
}

const CHOOSE = '대리 수상, 이름만 낭독, 뒤로 미루기 중에서 고릅니다';
for (const [presence, suggestion] of [
  ['here', '무대로 모십니다'],
  ['connected', '접속한 화면을 띄웁니다'],
  ['idle', '화면을 보고 있는지 확인합니다'],
  ['left', CHOOSE],
  ['missing', CHOOSE],
]) {
  test(`a recipient who is ${presence}: ${suggestion}`, () => {
    const store = known(WHERE[presence]);
    assert.equal(presenceOf(store, { guest: 'g' }), presence);
    assert.equal(suggestionWords(store, { guest: 'g', state: 'sealed' }), suggestion);
    assert.equal(suggestionWords(store, { guest: 'g', state: 'armed' }), suggestion);
  });
}

test('since when and from whom it is known where a recipient is', () => {
  const words = Object.values(WHERE).map((where) => sinceWords(known(where), { guest: 'g' }, 'Asia/Seoul'));
  assert.deepEqual(
    words.map((one) => one.replace(/^.*?12:58/, '12:58')),
    ['12:58부터', '12:58부터 · 화상회의 명단', '12:58부터', '12:58부터 · 운영진 확인', ''],
  );
});

test('who said to be ready is ready, connected or not, unless they are here', () => {
  const ready = (/** @type {Docs} */ where) => {
    const store = known(where);
    store.reset({ ...store.documents, 'ready/g': { guest: 'g', at: '2021-12-02T00:36:00.000Z' } }, 2);
    return store;
  };
  assert.deepEqual(Object.values(WHERE).map((where) => presenceOf(ready(where), { guest: 'g' })), ['here', 'ready', 'ready', 'ready', 'ready']);
  assert.deepEqual(presenceBadge('ready'), { words: '온라인 준비됨', kind: 'good' });
});

test('nothing is suggested once the name is revealed', () => {
  assert.equal(suggestionWords(known(WHERE.missing), { guest: 'g', state: 'revealed' }), '');
});

test('who was noted as absent and comes is told of, and a proxy needs no suggestion', () => {
  const suggested = (/** @type {Docs} */ where, /** @type {object} */ fields) => suggestionWords(known(where), { guest: 'g', state: 'sealed', ...fields });
  assert.equal(suggested(WHERE.missing, { absent: true }), '');
  assert.equal(suggested(WHERE.here, { absent: true }), '늦게 왔습니다. 불참을 취소하면 무대로 모십니다');
  const ready = known(WHERE.connected);
  ready.reset({ ...ready.documents, 'ready/g': { guest: 'g', at: '2021-12-02T00:36:00.000Z' } }, 2);
  assert.equal(suggestionWords(ready, { guest: 'g', state: 'sealed', absent: true, stand_in: '' }), '늦게 왔습니다. 불참을 취소하면 무대로 모십니다');
  assert.deepEqual(['missing', 'here'].map((where) => suggested(WHERE[where], { stand_in: 'proxy' })), ['', '무대로 모십니다']);
});

test('where nobody of the guest list comes there is no sign and no suggestion', () => {
  const store = known({});
  for (const guest of ['g', null, undefined]) {
    assert.equal(presenceBadge(presenceOf(store, { guest })), null);
    assert.equal(suggestionWords(store, { guest, state: 'sealed' }), '');
  }
});
