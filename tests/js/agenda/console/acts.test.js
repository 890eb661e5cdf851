import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastActs } from '#hub/agenda/console/acts.js';
import { allowing } from '../../awards/console-day.js';
import { day } from '../../day.js';

const past = (/** @type {number} */ number, /** @type {string} */ topic) => ({ number, topic, at: '2021-12-02T00:35:00.000Z', by: '김감독' });
const hall = (/** @type {object} */ fields) => /** @type {import('#hub/live/documents.js').LaneDoc} */ ({ ...day().get('lane/hall'), ...fields });

test('what is undone is the newest act of the lane, on a cue or on an award', () => {
  const award = { ...allowing(['undo']), undo: past(8, 'AwardRevealed') };
  assert.deepEqual(lastActs(hall({ undo: past(7, 'CueStarted') }), [award]).undo, { award: 'a', past: past(8, 'AwardRevealed') });
  assert.deepEqual(lastActs(hall({ undo: past(9, 'CueStarted') }), [award]).undo, { award: null, past: past(9, 'CueStarted') });
  assert.equal(lastActs(hall({}), [{ ...award, lane: 'metaverse' }]).undo, null);
});

test('what is done again is the oldest of the undone acts', () => {
  const award = { ...allowing(['redo']), redo: past(8, 'AwardRevealed') };
  assert.deepEqual(lastActs(hall({ redo: past(7, 'CueStarted') }), [award]).redo, { award: null, past: past(7, 'CueStarted') });
});
