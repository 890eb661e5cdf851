import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attending, isIn } from '#hub/honours/attending.js';
import { laneView } from '#hub/agenda/lanes.js';
import { isOpening } from '#hub/honours/roll.js';
import { officeWords, titleWords, whereWords } from '#hub/honours/words.js';
import { Store } from '#hub/live/store.js';
import { IN_ROUND_1, day } from '../day.js';

/** @param {Partial<import('#hub/live/documents.js').HonourDoc>} given */
function honour(given) {
  return /** @type {import('#hub/live/documents.js').HonourDoc} */ ({
    id: 'kim', position: 1, name: '김내빈', office: { ko: '차관', en: '' }, organisation: null, representative: null, standing: 'expected', guest: null, ...given,
  });
}

/** @param {Record<string, object>} docs */
function store(docs) {
  const made = new Store();
  made.reset(/** @type {any} */ (docs), 1);
  return made;
}

const GUEST = { id: 'g', inside: false, remote_connected: false, since: null };

for (const [given, guest, where] of /** @type {const} */ ([
  [{}, null, 'expected'],
  [{ guest: 'g' }, {}, 'expected'],
  [{ guest: 'g' }, { inside: true }, 'here'],
  [{ guest: 'g' }, { remote_connected: true }, 'remote'],
  [{ guest: 'g', standing: 'absent' }, { inside: true }, 'absent'],
  [{ standing: 'represented' }, null, 'represented'],
])) {
  test(`${JSON.stringify(given)} with a guest ${JSON.stringify(guest)} is ${where}`, () => {
    const found = attending(store({ 'honour/kim': honour(given), ...(guest && { 'guest/g': { ...GUEST, ...guest } }) }));

    assert.deepEqual(found.map((one) => one.where), [where]);
  });
}

test('where the stream knows no guests, what was heard of the gates counts', () => {
  const found = attending(store({ 'honour/kim': honour({ guest: 'g' }) }), new Set(['g']));

  assert.deepEqual(found.map((one) => [one.where, isIn(one)]), [['here', true]]);
});

test('they stand in order of rank', () => {
  const found = attending(store({ 'honour/a': honour({ id: 'a', position: 2 }), 'honour/b': honour({ id: 'b', position: 1 }) }));

  assert.deepEqual(found.map((one) => one.honour.id), ['b', 'a']);
});

test('an office stands for the name where nobody is named, and an organisation is not said twice', () => {
  const office = { ko: '고용노동부 장관', en: '' };

  assert.deepEqual(
    [honour({ office, organisation: '고용노동부' }), honour({ organisation: '국회' }), honour({ name: null, office })].map((one) => [titleWords(one), officeWords(one)]),
    [['김내빈', '고용노동부 장관'], ['김내빈', '국회 · 차관'], ['고용노동부 장관', '']],
  );
  assert.equal(whereWords({ honour: honour({ representative: '국장 이대참' }), where: 'represented' }), '대참 국장 이대참');
});

test('the roll is open before the lane begins and during its first cue', () => {
  const opened = (/** @type {Record<string, object>} */ changes) => {
    const known = day(changes);
    const view = laneView(known, 'hall', 0);
    return view && isOpening(known, view);
  };

  assert.deepEqual([opened({}), opened(IN_ROUND_1)], [true, false]);
});
