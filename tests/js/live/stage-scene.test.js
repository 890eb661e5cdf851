import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sceneKey, sceneOf } from '#hub/live/stage-scene.js';
import { IN_ROUND_1, LEVELS, at, award, cue, day, iso } from '../day.js';

/** @param {Record<string, any>} docs @param {string} clock */
const scene = (docs, clock) => /** @type {any} */ (sceneOf(day(docs), 'hall', at(clock)));

test('more than an hour before, the stage is idle; within the hour it counts down', () => {
  assert.equal(scene({}, '08:00:00').kind, 'idle');
  assert.deepEqual([scene({}, '09:00:00').kind, scene({}, '09:00:00').at], ['countdown', at('09:20:00')]);
});

test('a lane that begins together with a late one counts down to when it is expected', () => {
  const late = day({
    'lane/hall': { ...IN_ROUND_1['lane/hall'], cue: 'opening' },
    'cue/opening': cue({ id: 'opening', started_at: iso('09:25:00') }),
    'cue/round-1': cue({ id: 'round-1', position: 2, planned_start: iso('09:30:00'), fixed: false, sync: '②' }),
    'cue/round-meta': cue({ id: 'round-meta', lane: 'metaverse', planned_start: iso('09:30:00'), fixed: false, sync: '②' }),
  });
  const shown = /** @type {any} */ (sceneOf(late, 'metaverse', at('09:26:00')));

  assert.deepEqual([shown.kind, shown.at], ['countdown', at('09:35:00')]);
});

test('a lane that runs shows its cue', () => {
  assert.equal(sceneKey(scene(IN_ROUND_1, '09:35:00')), 'cue round-1');
});

test('a name stays on the stage after its award is done, until the next one', () => {
  const revealed = { ...IN_ROUND_1, 'award/a': award({ id: 'a' }) };
  const done = { ...IN_ROUND_1, 'award/a': award({ id: 'a', state: 'done' }) };

  assert.equal(sceneKey(scene(revealed, '09:36:00')), 'award a');
  assert.equal(sceneKey(scene(done, '09:37:00')), 'award a');
  const next = { ...done, 'award/b': award({ id: 'b', revealed_at: iso('09:36:30') }) };
  assert.equal(sceneKey(scene(next, '09:37:00')), 'award b');
});

test('a name taken back leaves the stage at once', () => {
  const store = day({ ...IN_ROUND_1, 'award/a': award({ id: 'a' }) });
  store.apply([{ stream: 'public', seq: 2, topic: 'AwardTakenBack', at: iso('09:36:00'), body: { docs: { 'award/a': null } } }]);

  assert.equal(sceneKey(sceneOf(store, 'hall', at('09:36:00'))), 'cue round-1');
});

test('an award that was never marked as done leaves when the lane goes on', () => {
  const left = { ...IN_ROUND_1, 'award/a': award({ id: 'a', revealed_at: iso('09:31:00') }) };

  assert.equal(scene(left, '09:36:00').kind, 'cue');
});

test('an award of another lane is not shown', () => {
  assert.equal(scene({ ...IN_ROUND_1, 'award/a': award({ id: 'a', lane: 'metaverse' }) }, '09:36:00').kind, 'cue');
});

test('an award that is everywhere is shown in other lanes too, until their next name', () => {
  const grand = award({ id: 'g', lane: 'metaverse', everywhere: true });
  assert.equal(sceneKey(scene({ ...IN_ROUND_1, 'award/g': grand }, '09:36:00')), 'award g');
  const next = { ...IN_ROUND_1, 'award/g': grand, 'award/a': award({ id: 'a', revealed_at: iso('09:35:30') }) };
  assert.equal(sceneKey(scene(next, '09:36:00')), 'award a');
});

test('an award that is everywhere covers the group of another lane until its next name', () => {
  const group = { lane: 'hall', level: 'grand', heading: { ko: '장려상', en: '' }, began_at: iso('09:33:00'), size: 3, revealed: ['a'], current: 'a', pace_s: null, next_at: null, paused: false };
  const grand = (/** @type {string} */ clock) => award({ id: 'g', lane: 'metaverse', everywhere: true, revealed_at: iso(clock) });
  const own = award({ id: 'a', revealed_at: iso('09:34:00') });
  const kind = (/** @type {object} */ docs) => scene({ ...IN_ROUND_1, 'group/hall': group, ...docs }, '09:36:00').kind;

  assert.equal(kind({ 'award/a': own, 'award/g': grand('09:35:00') }), 'award');
  assert.equal(kind({ 'award/a': own, 'award/g': grand('09:33:30') }), 'group');
  const empty = { 'group/hall': { ...group, revealed: [], current: null } };
  assert.equal(kind({ ...empty, 'award/g': grand('09:33:30') }), 'award');
  assert.equal(kind({ ...empty, 'award/g': grand('09:32:30') }), 'group');
  assert.equal(kind({ 'award/a': own }), 'group');
});

test('levels that are read as a roll gather the names of the round, the unnamed in one line, the newest marked', () => {
  const roll = (/** @type {Parameters<typeof award>[0]} */ fields) => award({ level: LEVELS.encouragement, ...fields });
  const shown = scene({
    ...IN_ROUND_1,
    'award/a': roll({ id: 'a', state: 'done', revealed_at: iso('09:33:00') }),
    'award/b': roll({ id: 'b', recipient: null, organisation: null, revealed_at: iso('09:34:00') }),
    'award/c': roll({ id: 'c', recipient: '서미영', revealed_at: iso('09:35:00') }),
    'award/d': roll({ id: 'd', cue: 'round-2', revealed_at: iso('09:20:00') }),
  }, '09:36:00');

  assert.equal(shown.kind, 'roll');
  assert.deepEqual(
    shown.lines.map((/** @type {any} */ line) => [line.id, line.unnamed, line.newest]),
    [['a', 0, false], ['c', 0, true], ['unnamed', 1, false]],
  );
});

test('when the lane has finished, the stage says goodbye, whatever was last revealed', () => {
  const finished = { ...IN_ROUND_1, 'lane/hall': { id: 'hall', title: {}, position: 1, status: 'finished', cue: null, held_since: null }, 'award/a': award({ id: 'a' }) };

  assert.equal(scene(finished, '10:00:00').kind, 'over');
});

test('what the operator lays over the stage covers the name, and gives it back', () => {
  const over = (/** @type {string | null} */ layer) => ({ lane: 'hall', layer, text: null, since: iso('09:35:30') });
  const revealed = { ...IN_ROUND_1, 'award/a': award({ id: 'a' }) };

  assert.equal(sceneKey(scene({ ...revealed, 'layer/hall': over('blackout') }, '09:36:00')), 'layer blackout null');
  assert.equal(sceneKey(scene({ ...revealed, 'layer/hall': over(null) }, '09:36:00')), 'award a');
  assert.equal(sceneKey(scene({ ...revealed, 'layer/metaverse': over('logo') }, '09:36:00')), 'award a');
});

test('another text is another picture', () => {
  const words = (/** @type {string} */ ko) => ({ 'layer/hall': { lane: 'hall', layer: 'text', text: { ko, en: '' }, since: iso('09:35:30') } });

  assert.notEqual(sceneKey(scene(words('하나'), '09:36:00')), sceneKey(scene(words('둘'), '09:36:00')));
});

test('a group has its heading first, then the last name and all that are out in the order of the list, until it is over', () => {
  const group = { lane: 'hall', level: 'grand', heading: { ko: '대상', en: 'Grand prize' }, size: 3, revealed: [], current: null, pace_s: 8, next_at: null, paused: false };
  const docs = { ...IN_ROUND_1, 'award/a': award({ id: 'a', state: 'done' }), 'award/b': award({ id: 'b', revealed_at: iso('09:35:30') }) };
  const shown = [{}, { revealed: ['b', 'a'], current: 'a' }].map((fields) => scene({ ...docs, 'group/hall': { ...group, ...fields } }, '09:36:00'));

  assert.deepEqual(shown.map(({ kind, current, lines }) => [kind, current?.id ?? null, lines.map((/** @type {{id: string}} */ { id }) => id)]), [['group', null, []], ['group', 'a', ['b', 'a']]]);
  assert.deepEqual(shown.map((one) => sceneKey(one)), ['group hall grand', 'group hall grand']);
  assert.equal(sceneKey(scene(docs, '09:36:00')), 'award b');
});

test('a name that left the group is on no stage', () => {
  const docs = { ...IN_ROUND_1, 'group/hall': { lane: 'hall', level: 'grand', heading: { ko: '대상', en: '' }, size: 2, revealed: ['gone'], current: 'gone', pace_s: null, next_at: null, paused: false } };

  assert.deepEqual([scene(docs, '09:36:00').current, scene(docs, '09:36:00').lines], [null, []]);
});
