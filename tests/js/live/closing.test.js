import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingOf, comingSessions } from '#hub/live/closing.js';
import { laneViews } from '#hub/agenda/lanes.js';
import { cue, day } from '../day.js';

const SEOUL = 'Asia/Seoul';
const on = (/** @type {string} */ time) => new Date(`2021-12-${time}+09:00`).toISOString();
/** @param {string} id @param {string} status @param {string | null} [current] */
const lane = (id, status, current = null) => ({ id, title: { ko: id, en: id }, position: 1, status, cue: current, held_since: null });
/** @param {string} ends_at @param {string} [state] */
const conference = (ends_at, state = 'ready') => ({ slug: 'c', ends_at: on(ends_at), starts_at: on('02T09:20'), state, timezone: SEOUL });
/** @param {string} id @param {string} lane_ @param {string} from @param {string | null} [until] */
const item = (id, lane_, from, until = null) => cue({ id, lane: lane_, planned_start: on(from), started_at: until && on(from), ended_at: until && on(until) });

/** @param {Record<string, object>} docs @param {string} now */
function closing(docs, now) {
  const store = day();
  store.reset(docs, 2);
  const found = closingOf(store, laneViews(store, Date.parse(on(now))), Date.parse(on(now)), SEOUL);
  return found?.kind === 'day' ? ['day', found.next?.id ?? null] : found?.kind ?? null;
}

const ENDED = { 'lane/hall': lane('hall', 'finished'), 'cue/a': item('a', 'hall', '02T09:20', '02T11:00') };

test('nothing is over before it began, while something is on, or while another lane still comes', () => {
  const one = { conference: conference('02T11:00') };

  assert.equal(closing({}, '02T09:00'), null);
  assert.equal(closing({ ...one, 'lane/hall': lane('hall', 'waiting'), 'cue/a': item('a', 'hall', '02T09:20') }, '02T09:00'), null);
  assert.equal(closing({ ...one, 'lane/hall': lane('hall', 'running', 'a'), 'cue/a': { ...item('a', 'hall', '02T09:20'), started_at: on('02T09:20') } }, '02T10:00'), null);
  assert.equal(closing({ ...one, ...ENDED, 'lane/meta': lane('meta', 'waiting'), 'cue/m': item('m', 'meta', '02T13:00') }, '02T11:01'), null);
});

test('everything is over when every lane is, whatever the plan said of the end', () => {
  assert.equal(closing({ conference: conference('02T11:00'), ...ENDED }, '02T10:50'), 'over');
  assert.equal(closing({ conference: conference('02T18:00'), ...ENDED }, '02T11:01'), 'over');
});

test('what ends after midnight is over', () => {
  const late = { 'lane/hall': lane('hall', 'finished'), 'cue/a': item('a', 'hall', '02T21:00', '03T00:20') };

  assert.equal(closing({ conference: conference('02T23:50'), ...late }, '03T00:21'), 'over');
  assert.equal(closing({ conference: conference('03T00:30'), ...late }, '03T00:21'), 'over');
});

test('the end of a day is not the end of a conference that goes on tomorrow', () => {
  const two = { conference: conference('03T18:00'), ...ENDED };
  const second = { 'lane/second': lane('second', 'waiting'), 'cue/b': item('b', 'second', '03T09:00') };

  assert.deepEqual(closing({ ...two, ...second }, '02T11:01'), ['day', 'b']);
  assert.deepEqual(closing({ ...two, ...second }, '03T00:21'), ['day', 'b']);
  assert.equal(closing({ ...two, ...second }, '03T06:00'), null, 'in the morning the second day is awaited');
  assert.deepEqual(closing(two, '02T11:01'), ['day', null]);
  assert.equal(closing(two, '03T18:01'), 'over');
});

test('a lane that is finished each evening goes on with what was left out', () => {
  const left = { conference: conference('03T18:00'), ...ENDED, 'cue/b': item('b', 'hall', '03T09:00'), 'cue/c': item('c', 'hall', '03T10:00') };

  assert.deepEqual(closing(left, '02T11:01'), ['day', 'b']);
  assert.equal(closing({ ...left, conference: conference('02T18:00'), 'cue/b': { ...left['cue/b'], skipped: true }, 'cue/c': item('c', 'hall', '02T10:30') }, '02T11:01'), 'over');
});

test('a lane that nobody started is given up when the conference is past', () => {
  const forgotten = { conference: conference('02T18:00'), ...ENDED, 'lane/meta': lane('meta', 'waiting'), 'cue/m': item('m', 'meta', '02T13:00') };

  assert.equal(closing(forgotten, '02T17:59'), null);
  assert.equal(closing(forgotten, '02T18:01'), 'over');
});

test('an organiser ends a conference by hand', () => {
  assert.equal(closing({ conference: conference('02T18:00', 'over'), 'lane/hall': lane('hall', 'running', 'a'), 'cue/a': item('a', 'hall', '02T09:20') }, '02T10:00'), 'over');
});

test('sessions that follow stand in their order, without those that are past or cancelled', () => {
  const session = (/** @type {string} */ id, /** @type {string} */ from, /** @type {string} */ status = 'scheduled') => ({ id, status, starts_at: on(`${from}:00`), ends_at: on(`${from}:50`), title: { ko: id, en: id } });
  const store = day();
  store.reset(Object.fromEntries([session('late', '05T12'), session('early', '05T10'), session('gone', '01T10'), session('off', '06T10', 'cancelled')].map((one) => [`session/${one.id}`, one])), 2);

  assert.deepEqual(comingSessions(store, Date.parse(on('02T12:00'))).map(({ id }) => id), ['early', 'late']);
});
