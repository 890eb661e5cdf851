import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inCallingOrder, readingQueue } from '#hub/awards/calling.js';
import { award, day } from '../day.js';

const AWARDS = [award({ id: 'a' }), award({ id: 'b' }), award({ id: 'c' }), award({ id: 'd', cue: 'round-2' }), award({ id: 'e', cue: 'round-2' })];

/** @param {Partial<import('#hub/live/documents.js').CallingDoc> | null} calling */
function lane(calling) {
  const docs = Object.fromEntries(AWARDS.map((one) => [`award/${one.id}`, one]));
  const empty = { lane: 'hall', order: [], up: null, following: [] };
  return day(calling ? { ...docs, 'calling/hall': { ...empty, ...calling } } : docs);
}

/** @param {Parameters<typeof lane>[0]} calling */
function queue(calling) {
  const { up, following } = readingQueue(lane(calling), 'hall');
  return { up: up && [up.award.id, up.number, up.total], following: following.map(({ award: { id }, number }) => [id, number]) };
}

test('the award that is up and the next two are those that the server names, counted in their round', () => {
  const found = queue({ order: ['b', 'a', 'c', 'd', 'e'], up: 'a', following: ['c', 'd', 'e'] });

  assert.deepEqual(found, { up: ['a', 1, 3], following: [['c', 3], ['d', 1]] });
});

test('awards of a lane stand round by round, in their order, then by id', () => {
  const cues = { 'cue/round-1': { id: 'round-1', position: 2 }, 'cue/round-2': { id: 'round-2', position: 1 } };
  const more = { 'award/b': award({ id: 'b', order: 3 }), 'award/z': award({ id: 'z', lane: 'metaverse' }), 'award/y': award({ id: 'y', cue: 'gone' }) };
  const docs = { ...Object.fromEntries(AWARDS.map((one) => [`award/${one.id}`, one])), ...more, ...cues };

  assert.deepEqual(inCallingOrder(day(docs), 'hall').map(({ id }) => id), ['d', 'e', 'a', 'c', 'b', 'y']);
});

test('a withdrawn award counts no more in its round', () => {
  const docs = { ...Object.fromEntries(AWARDS.map((one) => [`award/${one.id}`, one])), 'award/a': award({ id: 'a', state: 'withdrawn' }) };

  const { up } = readingQueue(day({ ...docs, 'calling/hall': { lane: 'hall', order: ['b', 'c'], up: 'c', following: [] } }), 'hall');

  assert.deepEqual([up?.number, up?.total], [2, 2]);
});

test('nobody is up when everybody was called, and before the server has said who is', () => {
  assert.deepEqual(queue({ order: ['a', 'b'] }), { up: null, following: [] });
  assert.deepEqual(queue(null), { up: null, following: [] });
});

test('an award that this page does not know is left out', () => {
  assert.deepEqual(queue({ order: ['a', 'unknown'], up: 'unknown', following: ['unknown', 'a'] }), { up: null, following: [['a', 1]] });
});
