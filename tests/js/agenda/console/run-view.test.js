/** A rehearsal as the console reads it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunView } from '#hub/agenda/console/run-view.js';
import { Store } from '#hub/live/store.js';

const CLOCK = { since: '2021-12-01T10:00:00.000Z', at: '2021-12-02T00:20:00.000Z', speed: 60 };
const STEP = { number: 3, topic: 'LaneStarted', at: '2021-12-01T10:01:00.000Z', by: '김감독' };

function stores() {
  const store = new Store();
  store.reset(
    {
      conference: { slug: 'a' },
      'rehearsal/run-2': { id: 'run-2', clock: CLOCK },
      'lane/hall': { id: 'hall', status: 'running' },
      'award/case-01': { id: 'case-01' },
      'rehearsal-lane/run-2/hall': { id: 'hall', status: 'waiting', position: 1, undo: STEP, redo: null },
      'rehearsal-cue/run-2/opening': { id: 'opening' },
      'rehearsal-award/run-2/recipient-01': { id: 'recipient-01' },
    },
    7,
  );
  return { store, view: new RunView(store, 'run-2') };
}

test('lanes and cues are those of the rehearsal, awards of the live run are not there', () => {
  const { view } = stores();

  assert.equal(view.head, 7);
  assert.equal(view.get('lane/hall')?.status, 'waiting');
  assert.deepEqual(view.all('lane/').map(({ status }) => status), ['waiting']);
  assert.deepEqual(view.all('cue/').map(({ id }) => id), ['opening']);
  assert.deepEqual(view.all('award/').map(({ id }) => id), ['recipient-01']);
  assert.equal(view.get('conference')?.slug, 'a');
});

test('an act says when it was in the rehearsal', () => {
  assert.equal(stores().view.get('lane/hall')?.undo?.at, '2021-12-02T01:20:00.000Z');
});

test('those who follow it hear of entries of this run only', () => {
  const { store, view } = stores();
  /** @type {string[][]} */
  const heard = [];
  view.subscribe((_, entries) => heard.push(entries.map(({ topic }) => topic)));
  const entry = (/** @type {number} */ seq, /** @type {string} */ topic, /** @type {object} */ body) => ({ stream: 'operator', seq, topic, at: CLOCK.since, body: { docs: {}, ...body } });

  view.apply([entry(8, 'CueStarted', { lane: 'hall' })]);
  store.apply([entry(9, 'RehearsalCommanded', { run: 'run-2' })]);

  assert.deepEqual(heard, [[], ['RehearsalCommanded']]);
});
