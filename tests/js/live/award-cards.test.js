import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laneAwards } from '#hub/live/award-cards.js';
import { laneViews } from '#hub/agenda/lanes.js';
import { IN_ROUND_1, at, award, cue, day, iso } from '../day.js';

/** @param {Record<string, object>} docs */
const shown = (docs) => {
  const store = day(docs);
  return laneAwards(store, laneViews(store, at('09:36:00'))).map(({ view, award: one }) => [view.lane.id, one?.id ?? null]);
};
const ROUND = { ...IN_ROUND_1, 'cue/round-1': { ...IN_ROUND_1['cue/round-1'], kind: 'ceremony' } };
const META = {
  'lane/metaverse': { id: 'metaverse', title: { ko: '메타버스', en: 'Metaverse' }, position: 2, status: 'running', cue: 'round-meta', held_since: null },
  'cue/round-meta': cue({ id: 'round-meta', lane: 'metaverse', kind: 'ceremony', planned_start: iso('09:30:00'), started_at: iso('09:33:00') }),
};

test('outside a ceremony there is no card', () => {
  assert.deepEqual(shown({}), []);
  assert.deepEqual(shown({ 'award/a': award({ id: 'a' }) }), []);
});

test('a round that has begun has a card before anybody is named', () => {
  assert.deepEqual(shown(ROUND), [['hall', null]]);
});

test('each lane in its round shows its own newest name', () => {
  const awards = {
    'award/a': award({ id: 'a' }),
    'award/b': award({ id: 'b', revealed_at: iso('09:35:30') }),
    'award/c': award({ id: 'c', lane: 'metaverse', revealed_at: iso('09:34:00') }),
  };

  assert.deepEqual(shown({ ...ROUND, ...META, ...awards }), [['hall', 'b'], ['metaverse', 'c']]);
});

test('a name of an earlier cue is not shown in the next round', () => {
  assert.deepEqual(shown({ ...ROUND, 'award/a': award({ id: 'a', revealed_at: iso('09:31:59') }) }), [['hall', null]]);
});

test('a name that is called outside a round has a card', () => {
  assert.deepEqual(shown({ ...IN_ROUND_1, 'award/a': award({ id: 'a' }) }), [['hall', 'a']]);
});

test('the names of a group that are out stand in the order of the list', () => {
  const store = day({ ...ROUND, 'award/a': award({ id: 'a' }), 'award/b': award({ id: 'b' }), 'group/hall': { revealed: ['b', 'a', 'gone'], current: 'a' } });
  const [card] = laneAwards(store, laneViews(store, at('09:36:00')));

  assert.deepEqual(card.roll.map(({ id }) => id), ['b', 'a']);
});

test('a name that is on the stages of all lanes has one card, with those that show it', () => {
  const own = { 'award/c': award({ id: 'c', lane: 'metaverse', revealed_at: iso('09:35:30') }) };
  const grand = { 'award/a': award({ id: 'a', everywhere: true }) };
  const cards = (/** @type {object} */ docs) => {
    const store = day({ ...ROUND, ...META, ...docs });
    return laneAwards(store, laneViews(store, at('09:36:00'))).map((one) => [one.view.lane.id, one.also.map(({ lane }) => lane.id), one.award?.id]);
  };

  assert.deepEqual(cards(grand), [['hall', ['metaverse'], 'a']]);
  assert.deepEqual(cards({ ...grand, ...own }), [['hall', [], 'a'], ['metaverse', [], 'c']]);
});
