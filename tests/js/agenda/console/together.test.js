/** What the button for several lanes starts: rounds that meet first, and no lane that would only wait. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { together } from '#hub/agenda/console/together.js';
import { at, CEREMONY, dayStore, T0 } from './day.js';

const WAITS = { commands: { start: null, next: 'not_started' } };
const RUNS = { commands: { start: 'already_running', next: null } };
const MET = { 'cue/performance': { sync: '②' }, 'cue/round-2-metaverse': { sync: '②' } };
const HALL_RUNS = { ...CEREMONY, 'lane/hall': { ...CEREMONY['lane/hall'], ...RUNS } };

/** @param {Record<string, object>} changes */
function offered(changes) {
  const found = together(consoleLanes(dayStore(changes), T0 + 20 * 60_000));
  return found && [found.command, found.lanes, found.question.body];
}

test('lanes that wait are started together', () => {
  assert.deepEqual(offered({ 'lane/hall': WAITS, 'lane/metaverse': WAITS }), ['start', ['hall', 'metaverse'], 'hall: opening · metaverse: round-2-metaverse']);
});

test('a lane whose first cue meets a later one of another lane is not started with that lane', () => {
  assert.equal(offered({ ...MET, 'lane/hall': WAITS, 'lane/metaverse': WAITS }), null);
});

test('rounds that meet begin together, also where one of them is the first of its lane', () => {
  const both = ['hall', 'metaverse'];
  const begin = 'hall: performance · metaverse: round-2-metaverse';
  assert.deepEqual(offered({ ...HALL_RUNS, ...MET, 'lane/metaverse': WAITS }), ['next', both, begin]);
  const ready = { ...HALL_RUNS, 'lane/hall': { ...HALL_RUNS['lane/hall'], ready_since: at(18) } };
  assert.deepEqual(offered({ ...ready, ...MET, 'lane/metaverse': WAITS }), ['next', both, begin]);
  const first = { 'cue/opening': { sync: '②' }, 'cue/round-2-metaverse': { sync: '②' } };
  assert.equal(offered({ ...first, 'lane/hall': WAITS, 'lane/metaverse': WAITS })?.[0], 'start');
});

test('rounds that wait for a lane which cannot go on yet are not offered', () => {
  const later = { 'cue/film': { ...dayStore().get('cue/performance'), id: 'film', lane: 'metaverse', position: 2, sync: '②' } };
  const metaverse = { 'lane/metaverse': { status: 'waiting', ...WAITS } };
  assert.equal(offered({ ...HALL_RUNS, ...later, ...metaverse, 'cue/performance': { sync: '②' } }), null);
});

test('lanes that go on freely are taken on together', () => {
  const metaverse = { 'lane/metaverse': { status: 'running', cue: 'round-2-metaverse', ...RUNS }, 'cue/round-2-metaverse': { started_at: at(15) } };
  const film = { 'cue/film': { ...dayStore().get('cue/performance'), id: 'film', lane: 'metaverse', position: 2 } };
  assert.deepEqual(offered({ ...HALL_RUNS, ...metaverse, ...film }), ['next', ['hall', 'metaverse'], 'hall: performance · metaverse: performance']);
});

test('one lane alone is nothing to take together', () => {
  assert.equal(offered({ ...HALL_RUNS, 'lane/metaverse': { commands: { start: 'finished', next: 'finished' } } }), null);
});
