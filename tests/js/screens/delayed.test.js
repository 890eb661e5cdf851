import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Delayed } from '#hub/screens/delayed.js';
import { at, iso } from '../day.js';

/** @param {string} clock @param {Record<string, object | null>} docs */
const entry = (clock, docs) => ({ stream: 'public', seq: 2, topic: 'AwardRevealed', at: iso(clock), body: { docs } });
const NAME = { id: 'a' };

/** @param {number} ms */
function filled(ms) {
  const delayed = new Delayed(ms);
  delayed.fill({ 'lane/hall': { id: 'hall' } }, at('09:00:00'));
  return delayed;
}

test('the first snapshot is shown as it is', () => {
  assert.deepEqual(filled(4000).docs, { 'lane/hall': { id: 'hall' } });
});

test('what happens is shown so much later than it happened, to the millisecond', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME })]);

  assert.equal(delayed.next, at('09:01:04'));
  delayed.release(at('09:01:04') - 1);
  assert.equal('award/a' in delayed.docs, false);
  delayed.release(at('09:01:04'));
  assert.deepEqual([delayed.docs['award/a'], delayed.next], [NAME, null]);
});

test('a name withdrawn before it was shown never appears', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME }), entry('09:01:02', { 'award/a': null })]);
  delayed.release(at('09:02:00'));

  assert.deepEqual(delayed.docs, { 'lane/hall': { id: 'hall' } });
});

test('what goes away goes at once', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'lane/hall': null })]);

  assert.deepEqual(delayed.docs, {});
});

test('a later snapshot removes at once and brings what is new with the delay', () => {
  const delayed = filled(4000);
  delayed.fill({ 'award/a': NAME }, at('09:01:00'));

  assert.deepEqual([delayed.docs, delayed.next], [{}, at('09:01:04')]);
});

test('a later snapshot keeps the time of what was already coming', () => {
  const delayed = filled(4000);
  delayed.take([entry('09:01:00', { 'award/a': NAME })]);
  delayed.fill({ 'lane/hall': { id: 'hall' }, 'award/a': NAME }, at('09:01:03'));

  assert.equal(delayed.next, at('09:01:04'));
});
