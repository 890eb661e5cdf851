import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingQueue } from '#hub/awards/calling.js';
import { award, cue, day, iso } from '../day.js';

const ROUND_2 = { 'cue/round-2': cue({ id: 'round-2', position: 4, planned_start: iso('09:50:00') }) };

/** @param {(Partial<import('#hub/live/documents.js').AwardDoc> & {id: string})[]} awards */
function queue(awards) {
  const docs = Object.fromEntries(awards.map((fields) => [`award/${fields.id}`, award({ revealed_at: null, state: 'sealed', ...fields })]));
  const { up, following } = readingQueue(day({ ...ROUND_2, ...docs }), 'hall');
  return { up: up && [up.award.id, up.number, up.total], following: following.map(({ award: { id } }) => id) };
}

test('awards are called round by round, in their order', () => {
  const found = queue([{ id: 'z', order: 2 }, { id: 'b', cue: 'round-2', order: 1 }, { id: 'y', order: 1 }]);

  assert.deepEqual(found, { up: ['y', 1, 2], following: ['z', 'b'] });
});

test('the armed award is up, wherever it stands', () => {
  assert.deepEqual(queue([{ id: 'a', order: 1 }, { id: 'b', order: 2, state: 'armed' }]), { up: ['b', 2, 2], following: ['a'] });
});

test('a revealed award stays up until the next one is armed', () => {
  const onStage = { id: 'a', order: 1, state: /** @type {const} */ ('revealed'), revealed_at: iso('09:35:00') };

  assert.deepEqual(queue([onStage, { id: 'b', order: 2 }]), { up: ['a', 1, 2], following: ['b'] });
  assert.deepEqual(queue([onStage, { id: 'b', order: 2, state: 'armed' }]), { up: ['b', 2, 2], following: [] });
});

test('deferred awards come after all others, skipped ones never', () => {
  const found = queue([{ id: 'a', order: 1, state: 'deferred' }, { id: 'b', order: 2, state: 'skipped' }, { id: 'c', order: 3 }]);

  assert.deepEqual(found, { up: ['c', 3, 3], following: ['a'] });
});

test('nothing is up when everybody was called, and other lanes are not read here', () => {
  assert.deepEqual(queue([{ id: 'a', lane: 'metaverse' }, { id: 'b', state: 'done', revealed_at: iso('09:35:00') }]), { up: null, following: [] });
});
