import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Burst } from '#hub/checkin/reading/burst.js';
import { press, scanned } from './presses.js';

/** @typedef {import('#hub/checkin/reading/keyboards.js').Press} Press */

/** @param {Press[]} presses */
function parts(presses) {
  const burst = new Burst();
  return presses.map((one) => {
    const part = burst.press(one);
    if (part === 'end') burst.ended(one.timeStamp);
    return part;
  });
}

const at = (/** @type {number} */ timeStamp, /** @type {Partial<Press>} */ rest) => press({ timeStamp, ...rest });
const ENTER = { code: 'Enter', key: 'Enter' };
const LINE_FEED = { code: 'KeyJ', key: 'j', ctrlKey: true };

test('keys of a scanner are known from the fifth on, and its Enter ends them', () => {
  assert.deepEqual(parts([...scanned('ABCDEF'), at(1048, ENTER)]), ['first', 'run', 'run', 'run', 'burst', 'burst', 'end']);
});

for (const [name, end] of Object.entries({ Enter: ENTER, Tab: { code: 'Tab', key: 'Tab' }, 'a line feed': LINE_FEED, 'a carriage return': { ...LINE_FEED, code: 'KeyM', key: 'm' } })) {
  test(`a scan ends with ${name}`, () => {
    assert.equal(parts([...scanned('ABCDEF'), at(1048, end)]).at(-1), 'end');
  });
}

test('of CR LF the second is a tail, and a later one is a person\'s', () => {
  assert.deepEqual(parts([...scanned('ABCDEF'), at(1048, ENTER), at(1056, LINE_FEED), at(1300, ENTER)]).slice(-3), ['end', 'tail', 'other']);
});

test('a short barcode of three keys and Enter is a scan', () => {
  assert.equal(parts([...scanned('123'), at(1024, ENTER)]).at(-1), 'end');
});

test('a fast person\'s keys and Enter are a person\'s', () => {
  const typing = scanned('ABCDEFGH', undefined, { gap: 60 });

  assert.deepEqual([...new Set(parts([...typing, at(1500, ENTER)]))], ['first', 'other']);
});

test('keys that a person rolls at 45 ms are never known as a scanner\'s', () => {
  assert.equal(parts(scanned('ABCDEFGHIJKLMNOP', undefined, { gap: 45 })).includes('burst'), false);
});

test('a key that is held down is no scanner', () => {
  const held = Array.from({ length: 20 }, (_, n) => at(1000 + n * 30, { code: 'KeyA', key: 'a', repeat: n > 0 }));

  assert.deepEqual([...new Set(parts(held))], ['first', 'other']);
});

test('shift and caps lock between the keys say nothing', () => {
  const shifted = scanned('ABCDEF').flatMap((key) => [at(key.timeStamp, { code: 'ShiftLeft', key: 'Shift', shiftKey: true }), { ...key, shiftKey: true }]);

  assert.deepEqual(parts(shifted).filter((part) => part !== 'modifier'), ['first', 'run', 'run', 'run', 'burst', 'burst']);
});

test('control characters within a scan are the scanner\'s, a shortcut outside is not', () => {
  const end = at(1048, { code: 'KeyD', key: 'd', ctrlKey: true });

  assert.equal(parts([...scanned('ABCDEF'), end]).at(-1), 'burst');
  assert.equal(parts([...scanned('ABCDEF'), at(1048, ENTER), at(1060, end)]).at(-1), 'tail');
  assert.equal(parts([end]).at(-1), 'other');
});

test('a scanner that stumbles goes on with its scan, a new one begins after silence', () => {
  const [start, rest] = [scanned('ABCDEF'), scanned('GH', undefined, { start: 1170 })];

  assert.deepEqual(parts([...start, ...rest]).slice(-2), ['burst', 'burst']);
  assert.deepEqual(parts([...start, ...scanned('GH', undefined, { start: 1300 })]).slice(-2), ['first', 'run']);
});
