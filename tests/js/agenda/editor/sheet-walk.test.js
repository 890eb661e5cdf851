import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEW, stepFrom } from '#hub/agenda/editor/sheet-walk.js';

const LANES = /** @type {any[]} */ ([
  { id: 'hall', cues: [{ id: 'a' }, { id: 'b' }] },
  { id: 'lobby', cues: [] },
]);
/** @param {string} lane @param {string} row @param {number} column @param {import('#hub/agenda/editor/cell.js').Way} way */
const from = (lane, row, column, way) => {
  const to = stepFrom({ lane, row, column }, way, LANES, 3);
  return to && [to.lane, to.row, to.column];
};

test('up and down keep the column, over the empty row into the next lane, and stop at the ends', () => {
  assert.deepEqual(from('hall', 'b', 1, 'down'), ['hall', NEW, 1]);
  assert.deepEqual(from('hall', NEW, 1, 'down'), ['lobby', NEW, 1]);
  assert.deepEqual(from('lobby', NEW, 1, 'down'), ['lobby', NEW, 1]);
  assert.deepEqual(from('hall', 'a', 2, 'up'), ['hall', 'a', 2]);
  assert.deepEqual(from('lobby', NEW, 0, 'page-up'), ['hall', 'a', 0]);
});

test('left and right stay in the row, tab goes on to the next one and out at the end', () => {
  assert.deepEqual(from('hall', 'a', 0, 'right'), ['hall', 'a', 1]);
  assert.equal(from('hall', 'a', 2, 'right'), null);
  assert.equal(from('hall', 'a', 0, 'left'), null);
  assert.deepEqual(from('hall', 'a', 2, 'next'), ['hall', 'b', 0]);
  assert.deepEqual(from('hall', 'b', 0, 'back'), ['hall', 'a', 2]);
  assert.equal(from('lobby', NEW, 2, 'next'), null);
  assert.equal(from('hall', 'a', 0, 'back'), null);
});

test('home and end lead to the ends of the row', () => {
  assert.deepEqual(from('hall', 'b', 1, 'first'), ['hall', 'b', 0]);
  assert.deepEqual(from('hall', 'b', 1, 'last'), ['hall', 'b', 2]);
});
