import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextTime, shownMessages } from '#hub/messages/shown.js';

const NOW = Date.parse('2021-12-02T04:00:00.000Z');
/** @type {MessageDoc} */
const MESSAGE = {
  id: 'm1',
  text: { ko: '안내', en: '' },
  audiences: ['public', 'stage'],
  emergency: false,
  lane: null,
  at: '2021-12-02T03:00:00.000Z',
  until: null,
};

/** @typedef {import('#hub/live/documents.js').MessageDoc} MessageDoc */

/**
 * @param {MessageDoc[]} messages
 * @param {import('#hub/live/documents.js').Audience} audience
 * @param {string | null} lane
 */
const shown = (messages, audience = 'public', lane = null) =>
  shownMessages({ all: () => messages }, audience, lane, NOW).map(({ id }) => id);

test('emergencies come first, then the newest', () => {
  const newer = { ...MESSAGE, id: 'm2', at: '2021-12-02T03:30:00.000Z' };
  const emergency = { ...MESSAGE, id: 'm3', emergency: true, at: '2021-12-02T02:00:00.000Z' };
  assert.deepEqual(shown([MESSAGE, newer, emergency]), ['m3', 'm2', 'm1']);
});

test('only what is for the audience and the lane is shown', () => {
  const hall = { ...MESSAGE, id: 'm2', lane: 'hall' };
  assert.deepEqual(shown([MESSAGE, hall], 'staff'), []);
  assert.deepEqual(shown([MESSAGE, hall], 'stage', 'meta'), ['m1']);
  assert.deepEqual(shown([MESSAGE, hall], 'stage', 'hall'), ['m1', 'm2']);
  assert.deepEqual(shown([MESSAGE, hall]), ['m1', 'm2']);
});

test('what waits, is over or ends now is not shown', () => {
  /** @type {MessageDoc} */
  const waiting = { ...MESSAGE, state: 'scheduled' };
  /** @type {MessageDoc} */
  const ended = { ...MESSAGE, state: 'ended' };
  const over = { ...MESSAGE, until: '2021-12-02T04:00:00.000Z' };
  assert.deepEqual(shown([waiting, ended, over]), []);
  assert.deepEqual(shown([{ ...MESSAGE, until: '2021-12-02T04:00:00.001Z' }]), ['m1']);
});

test('a time of day is the next one, on the following day when it is past', () => {
  const clock = (/** @type {number} */ instant) => new Date(instant + 9 * 3_600_000).toISOString().slice(11, 16);
  const next = (/** @type {string} */ time) => new Date(nextTime(time, clock, NOW + 20_000)).toISOString();
  assert.equal(next('13:05'), '2021-12-02T04:05:00.000Z');
  assert.equal(next('13:00'), '2021-12-03T04:00:00.000Z');
  assert.equal(next('00:10'), '2021-12-02T15:10:00.000Z');
});
