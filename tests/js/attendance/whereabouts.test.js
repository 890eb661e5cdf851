import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceWords, whereOf } from '#hub/attendance/whereabouts.js';
import { Store } from '#hub/live/store.js';

const [EARLY, LATE] = ['2021-12-02T03:58:00.000Z', '2021-12-02T04:30:00.000Z'];
const CONNECTED = { state: 'connected', source: 'zoom', since: LATE };
const LEFT = { state: 'left', source: 'socket', since: LATE };

for (const [words, guest, elsewhere, where] of /** @type {const} */ ([
  ['nothing is known', {}, null, { state: 'absent', source: null, since: null }],
  ['the hall comes first, whatever their phone follows', { inside: true, since: EARLY }, CONNECTED, { state: 'hall', source: 'scan', since: EARLY }],
  ['what is known elsewhere counts', {}, CONNECTED, CONNECTED],
  ['it counts after they left the hall', { since: EARLY }, CONNECTED, CONNECTED],
  ['online check-in alone says that they came', { remote_connected: true, since: EARLY }, null, { state: 'idle', source: 'link', since: EARLY }],
  ['who checked in online and closed the page has left', { remote_connected: true, since: EARLY }, LEFT, LEFT],
  ['who left the hall has left', { since: EARLY }, null, { state: 'left', source: 'scan', since: EARLY }],
  ['the later of two leavings counts: elsewhere', { since: EARLY }, LEFT, LEFT],
  ['the later of two leavings counts: the hall', { since: LATE }, { ...LEFT, since: EARLY }, { state: 'left', source: 'scan', since: LATE }],
])) {
  test(words, () => {
    const store = new Store();
    const docs = { 'guest/g': { id: 'g', inside: false, remote_connected: false, since: null, ...guest } };
    store.reset(elsewhere ? { ...docs, 'elsewhere/g': { guest: 'g', ...elsewhere } } : docs, 1);

    assert.deepEqual(whereOf(store, 'g'), where);
  });
}

test('of somebody who is on no list nothing is said', () => {
  assert.deepEqual([whereOf(new Store(), 'g'), whereOf(new Store(), null)], [null, null]);
});

test('a source has words where the place does not say it', () => {
  assert.deepEqual(/** @type {const} */ (['scan', 'socket', 'zoom', 'link']).map(sourceWords), ['', '', '화상회의 명단', '온라인 체크인']);
});
