import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnConflicts } from '#hub/checkin/own-conflicts.js';
import { Store } from '#hub/live/store.js';

const AT = '2021-12-02T00:05:00.000Z';
const OTHER = { scan: 'theirs', gate: 'north', direction: 'in', at: '2021-12-02T00:01:00.000Z', device: 'device-1' };

/**
 * A scan of this device that was answered.
 * @param {object} answered beside who was admitted
 * @returns {import('#hub/checkin/own-conflicts.js').Scan}
 */
function confirmed(answered) {
  return {
    id: 'mine', phase: 'confirmed', body: { at: AT, direction: 'in', token: 'T' },
    answer: { ok: true, status: 200, message: '', data: { scan_id: 'mine', verdict: 'admitted', person: { guest: 'g', name: { ko: '석용주', en: '' }, masked: '석*주', calls: [], mode: { id: 'onsite', label: null } }, ...answered } },
  };
}

/** @param {Record<string, object>} conflicts by id */
function told(conflicts, { device = /** @type {string | null} */ (null), answered = {}, settled = false } = {}) {
  /** @type {string[]} */
  const said = [];
  const own = new OwnConflicts({ say: (id, { masked = '', why }) => void said.push(`${id} ${masked} ${why}`), see: (id) => void said.push(`seen ${id}`) }, 'Asia/Seoul', device);
  own.know(confirmed(answered));
  const store = new Store();
  store.subscribe((changed, entries) => own.draw(store, changed, entries));
  const docs = Object.entries(conflicts).map(([id, doc]) => [`conflict/${id}`, { id, kind: 'double', guest: 'g', found_at: AT, gate: 'main', direction: 'in', at: AT, device: null, ...doc }]);
  store.reset({ ...Object.fromEntries(docs), 'gate/north': { id: 'north', title: { ko: '북문', en: 'North' } } }, 1);
  store.apply([{ seq: 2, topic: 'GuestAdmitted', at: AT, stream: 'staff', body: {} }]);
  if (settled) for (const id of Object.keys(conflicts)) store.apply([{ seq: 3, topic: 'ConflictSettled', at: AT, stream: 'staff', body: { docs: { [`conflict/${id}`]: null } } }]);
  return said;
}

test('a conflict about a scan of this device is one card, with the other scan', () => {
  const expected = ['conflict-c 석*주 두 곳에서 입장했습니다. 본인인지 확인해 주세요. 다른 스캔: 09:01 북문'];

  assert.deepEqual(told({ c: { scan: 'mine', other: OTHER } }), expected);
  assert.deepEqual(told({ c: { ...OTHER, other: { ...OTHER, scan: 'mine' } } }), expected);
});

test('conflicts of others are none of this device, those of its earlier pages are', () => {
  const conflict = { c: { ...OTHER, other: null } };

  assert.deepEqual(told(conflict), []);
  assert.equal(told(conflict, { device: 'device-1' }).length, 1);
});

test('a scan of this device that the page does not know is nobody, not a fault', () => {
  /** @type {any[]} */
  const faces = [];
  const own = new OwnConflicts({ say: (_id, face) => void faces.push(face), see: () => {} }, 'Asia/Seoul', 'device-1');
  const store = new Store();
  store.subscribe((changed, entries) => own.draw(store, changed, entries));

  store.reset({ 'conflict/c': { id: 'c', kind: 'double', guest: 'g', found_at: AT, ...OTHER, other: null } }, 1);

  assert.deepEqual(faces.map(({ name, masked }) => [name, masked]), [['', '']]);
});

test('a conflict that the answer told has its card', () => {
  assert.deepEqual(told({ c: { scan: 'mine', other: OTHER } }, { answered: { conflict: { id: 'c', kind: 'double' } } }), []);
});

test('a conflict that somebody settled takes its card along, the one of the answer too', () => {
  const conflict = { c: { scan: 'mine', other: OTHER } };

  assert.deepEqual(told(conflict, { settled: true }).slice(1), ['seen conflict-c']);
  assert.deepEqual(told(conflict, { answered: { conflict: { id: 'c', kind: 'double' } }, settled: true }), ['seen mine']);
});

test('a conflict that came and went while the stream was away takes the card of the answer along', () => {
  for (const comeBack of [missed, replaced]) {
    /** @type {string[]} */
    const seen = [];
    const own = new OwnConflicts({ say: () => {}, see: (id) => void seen.push(id) }, 'Asia/Seoul', null);
    const store = new Store();
    store.reset({}, 1);
    store.subscribe((changed, entries) => own.draw(store, changed, entries));
    own.know(confirmed({ conflict: { id: 'c', kind: 'mode' } }));
    store.apply([{ seq: 2, topic: 'GuestAdmitted', at: AT, stream: 'staff', body: {} }]);
    assert.deepEqual(seen, [], 'the stream may be behind the answer');

    comeBack(store);

    assert.deepEqual(seen, ['mine']);
  }
});

/** @param {Store} store gets all that happened meanwhile at once */
function missed(store) {
  const doc = { id: 'c', kind: 'mode', guest: 'g', found_at: AT, gate: 'main', direction: 'in', at: AT, device: null, scan: 'mine', other: null };
  store.apply([
    { seq: 3, topic: 'ConflictFound', at: AT, stream: 'staff', body: { docs: { 'conflict/c': doc } } },
    { seq: 4, topic: 'ConflictSettled', at: AT, stream: 'staff', body: { docs: { 'conflict/c': null } } },
  ]);
}

/** @param {Store} store gets a snapshot of what is there now */
function replaced(store) {
  store.reset({}, 4);
}
