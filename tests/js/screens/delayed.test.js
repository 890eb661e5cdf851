import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Delayed } from '#hub/screens/delayed.js';
import { at, iso } from '../day.js';

/** @param {string} clock @param {Record<string, object | null>} docs @param {string} [topic] @param {string} [undone] @returns {any} */
const entry = (clock, docs, topic = 'AwardRevealed', undone = '') => ({ stream: 'public', seq: 2, topic, at: iso(clock), body: { docs, ...(undone && { undone }) } });
const NAME = { id: 'a' };
const MINUTE = 60_000;

/** @param {string} clock local time, which is the hub's but for `offset` @param {Partial<import('#hub/screens/delayed.js').Time>} [known] */
const time = (clock, known) => ({ now: at(clock), offset: 0, sure: true, ...known });
/** The hub's clock may have been set. */
const DOUBT = { offset: null, sure: false };

/** @param {number} ms */
function filled(ms) {
  const delayed = new Delayed(ms);
  delayed.fill({ 'lane/hall': { id: 'hall' } }, time('09:00:00'));
  return delayed;
}

test('the first snapshot is shown as it is', () => {
  assert.deepEqual(filled(4000).docs, { 'lane/hall': { id: 'hall' } });
});

test('what happens is shown so much later than it happened, to the millisecond', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME })], time('09:01:00'));

  assert.equal(delayed.next, at('09:01:04'));
  delayed.release(at('09:01:04') - 1);
  assert.equal('award/a' in delayed.docs, false);
  delayed.release(at('09:01:04'));
  assert.deepEqual([delayed.docs['award/a'], delayed.next], [NAME, null]);
});

test('a name withdrawn before it was shown never appears', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME }), entry('09:01:02', { 'award/a': null })], time('09:01:02'));
  delayed.release(at('09:02:00'));

  assert.deepEqual(delayed.docs, { 'lane/hall': { id: 'hall' } });
});

test('what goes away goes at once', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'lane/hall': null })], time('09:01:00'));

  assert.deepEqual(delayed.docs, {});
});

test('a later snapshot removes at once and brings what is new with the delay', () => {
  const delayed = filled(4000);
  delayed.fill({ 'award/a': NAME }, time('09:01:00'));

  assert.deepEqual([delayed.docs, delayed.next], [{}, at('09:01:04')]);
});

test('a later snapshot keeps the time of what was already coming', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME })], time('09:01:00'));
  delayed.fill({ 'lane/hall': { id: 'hall' }, 'award/a': NAME }, time('09:01:03'));

  assert.equal(delayed.next, at('09:01:04'));
});

test('a name that was revealed a moment before the first snapshot waits, one of earlier does not', () => {
  const delayed = new Delayed(4000);
  const [fresh, known] = [{ revealed_at: iso('09:00:58') }, { revealed_at: iso('09:00:56') }];
  delayed.fill({ 'award/a': fresh, 'award/b': known }, time('09:01:00'));

  assert.deepEqual([delayed.docs, delayed.next], [{ 'award/b': known }, at('09:01:02')]);
});

test('a corrected name takes the place of the wrong one, shown or waiting', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': { id: 'a', recipient: 'wrong' } })], time('09:01:00'));
  delayed.take([entry('09:01:01', { 'award/a': { id: 'a', recipient: 'right' } }, 'AwardCorrected')], time('09:01:01'));
  assert.deepEqual([delayed.docs['award/a'], delayed.next], [undefined, at('09:01:04')]);
  delayed.release(at('09:01:04'));
  assert.deepEqual(delayed.docs['award/a'], { id: 'a', recipient: 'right' });

  delayed.take([entry('09:01:05', { 'award/a': { id: 'a', recipient: 'other' } }, 'AwardCommandUndone', 'AwardCorrected')], time('09:01:05'));
  assert.deepEqual([delayed.docs['award/a'], delayed.next], [{ id: 'a', recipient: 'other' }, null]);
});

test('what does not wait is shown at once', () => {
  const delayed = new Delayed(4000, (key) => key.startsWith('award/'));
  delayed.fill({}, time('09:00:00'));
  delayed.take([entry('09:01:00', { 'award/a': NAME, 'message/1': { id: '1' } })], time('09:01:00'));

  assert.deepEqual(delayed.docs, { 'message/1': { id: '1' } });
});

test('entries are told when their documents are shown, and at once when something goes away or nothing waits', () => {
  const delayed = new Delayed(4000, (key) => key.startsWith('award/'));
  delayed.fill({}, time('09:00:00'));
  const [named, said, gone] = [entry('09:01:00', { 'award/a': NAME }), entry('09:01:01', { 'message/1': { id: '1' } }), entry('09:01:02', { 'award/b': null })];
  delayed.take([named, said, gone], time('09:01:02'));

  assert.deepEqual([delayed.release(at('09:01:02')), delayed.release(at('09:01:04')), delayed.release(Infinity)], [[said, gone], [named], []]);
});

test('another delay counts for what still waits', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME })], time('09:01:00'));
  delayed.ms = 9000;
  assert.equal(delayed.next, at('09:01:09'));
  delayed.ms = 0;
  delayed.release(at('09:01:01'));
  assert.deepEqual(delayed.docs['award/a'], NAME);
});

test('a hub that set its clock back in between changes nothing for what waits, and the newest wording stays', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:05:00', { 'award/a': { name: 'first' } })], time('09:05:00'));
  delayed.take([entry('09:01:01', { 'award/a': { name: 'second' } })], time('09:05:01', { offset: -4 * MINUTE }));

  assert.equal(delayed.next, at('09:05:04'));
  const told = delayed.release(at('09:05:05'));
  assert.deepEqual([told.length, delayed.docs['award/a'], delayed.next], [2, { name: 'second' }, null]);
});

test('of what was missed while the hub set its clock back nothing waits longer than what came last', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:05:00', { 'award/a': { name: 'first' } }), entry('09:01:01', { 'award/a': { name: 'second' } })], time('09:01:02'));

  assert.equal(delayed.next, at('09:01:05'));
});

test('what comes while the time of the hub is in doubt waits as if it had happened just now', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME })], time('09:02:00', DOUBT));
  assert.equal(delayed.next, at('09:02:04'));

  delayed.settle(-MINUTE);
  assert.equal(delayed.next, at('09:02:04'), 'the hub had set its clock back');
});

test('what turns out to have happened long ago is due as soon as that is known', () => {
  const delayed = filled(4000);
  const [first, second] = [entry('09:01:00', { 'award/a': NAME }), entry('09:02:00', { 'award/b': NAME })];
  delayed.take([first, second], time('09:02:01', DOUBT));
  assert.deepEqual(delayed.release(at('09:02:02')), []);

  delayed.settle(0);
  assert.deepEqual([delayed.release(at('09:02:02')), delayed.next], [[first], at('09:02:04')]);
});

test('a snapshot that came in doubt waits too, and what was judged once is not judged again', () => {
  const delayed = filled(4000);
  delayed.fill({ 'award/a': { revealed_at: iso('09:01:00') } }, time('09:02:00', DOUBT));
  assert.equal(delayed.next, at('09:02:04'));

  delayed.settle(-59_000);
  delayed.settle(0);
  assert.equal(delayed.next, at('09:02:03'));
});

test('before a round trip the time of the page is good enough to show names of earlier', () => {
  const delayed = new Delayed(4000);
  delayed.fill({ 'award/a': { revealed_at: iso('09:00:00') }, 'award/b': { revealed_at: iso('09:00:58') } }, time('09:01:00', { sure: false }));
  assert.deepEqual([Object.keys(delayed.docs), delayed.next], [['award/a'], at('09:01:02')]);

  delayed.settle(1_000);
  assert.equal(delayed.next, at('09:01:01'));
});
