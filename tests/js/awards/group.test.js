import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { GroupCard } from '#hub/awards/group-card.js';
import { askGroup } from '#hub/awards/group-dialog.js';
import { allows, comingNow, comingWords, groupWords, spanFrom, stepOfGroup, usualPace } from '#hub/awards/group.js';
import { crewCalling } from '#hub/live/crew-calling.js';
import { at, iso, LEVELS } from '../day.js';
import { openPage } from '../web/page.js';
import { allowing, ceremony } from './console-day.js';

/** @typedef {import('#hub/live/documents.js').GroupDoc} GroupDoc */

beforeEach(() => void openPage(''));

const NOW = at('09:36:00');
const AWARDS = [
  allowing([], { id: 'a', order: 1, state: 'done', revealed_at: iso('09:35:00') }),
  allowing([], { id: 'b', order: 2, recipient: '서미영', state: 'revealed', revealed_at: iso('09:35:30') }),
  allowing([], { id: 'c', order: 3, recipient: '한가람' }),
  allowing([], { id: 'd', order: 4, recipient: '오누리', level: LEVELS.encouragement }),
];

/** @param {Partial<GroupDoc>} [fields] @returns {GroupDoc} */
const group = (fields = {}) => ({
  lane: 'hall', level: 'grand', began_at: iso('09:33:00'), heading: { ko: '대상', en: 'Grand prize' }, size: 3, revealed: ['a', 'b'], current: 'b', pace_s: 10,
  next_at: iso('09:36:04'), paused: false, awards: ['a', 'b', 'c'], next: 'c', due: 'c', ...fields,
});
const dialog = () => /** @type {HTMLDialogElement} */ (document.querySelector('dialog'));
const field = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ (dialog().querySelector(`[name="${name}"]`));

/** @param {string} value */
function answer(value) {
  dialog().returnValue = value;
  dialog().dispatchEvent(new /** @type {any} */ (document.defaultView).Event('close'));
}

test('a group may be made of names of one level that follow one another', () => {
  const coming = comingNow(ceremony(AWARDS), 'hall');

  assert.deepEqual(coming.map(({ id }) => id), ['c', 'd']);
  assert.deepEqual(spanFrom(coming, 'c').map(({ id }) => id), ['c']);
  assert.deepEqual(spanFrom(coming, 'nobody'), []);
});

test('the pace of a level is kept within what a group may have', () => {
  const paces = [28, 8, 2].map((pace_s) => usualPace(allowing([], { level: { ...LEVELS.encouragement, pace_s } })));

  assert.deepEqual(paces, [18, 8, 4]);
});

test('the large key pauses a paced group and lets it go on, names the next of one by key, and ends one with nobody left', () => {
  const states = [group(), group({ paused: true, next_at: null }), group({ pace_s: null, next_at: null }), group({ next: null, next_at: null })];

  assert.deepEqual(states.map(stepOfGroup), ['pause', 'resume', 'next', 'end']);
});

test('a name that was taken back comes by its own key only: the card says whom each key names', () => {
  const store = ceremony(AWARDS);
  const taken = (/** @type {string | null} */ due) => group({ paused: true, next_at: null, next: 'a', due });
  const both = [taken('c'), taken(null)];

  assert.deepEqual(both.map((one) => comingWords(store, one)), [
    '다음 이름: 석용주, 천안고용센터 (되돌림) · 계속: 한가람, 천안고용센터',
    '다음 이름: 석용주, 천안고용센터 (되돌림)',
  ]);
  assert.deepEqual([both.map(stepOfGroup), both.map((one) => allows('resume', one))], [['resume', 'next'], [true, false]]);
  assert.deepEqual([comingWords(store, group()), comingWords(store, group({ next: null, due: null }))], ['다음: 한가람, 천안고용센터', '']);
});

test('what cannot be done is not offered', () => {
  const over = group({ next: null, next_at: null });

  assert.deepEqual((/** @type {const} */ (['pause', 'resume', 'next', 'skip', 'back', 'end'])).map((verb) => allows(verb, over)), [false, false, false, false, true, true]);
  assert.equal(allows('back', group({ current: null, revealed: [] })), false);
});

test('how it goes on is said in words', () => {
  const states = [group(), group({ paused: true, next_at: null }), group({ pace_s: null, next_at: null }), group({ next: null, next_at: null })];

  assert.deepEqual(states.map((one) => groupWords(one, NOW)), ['다음 이름까지 4초', '일시 정지 · 10초마다', '키로 한 명씩', '모두 발표했습니다']);
});

test('the card shows who is named, who is next and the roll, and its buttons send what may be done', () => {
  /** @type {string[]} */
  const acts = [];
  const card = new GroupCard({ store: ceremony(AWARDS, { 'group/hall': group() }), lane: 'hall', act: (verb) => acts.push(verb) });

  assert.equal(card.draw(NOW), true);
  assert.deepEqual(
    ['.card-level', '.group-state', '.card-name', '.card-note'].map((part) => card.element.querySelector(part)?.textContent),
    ['단체 발표 · 대상 · 2 / 3', '다음 이름까지 4초', '서미영', '다음: 한가람, 천안고용센터'],
  );
  assert.deepEqual([...card.roll.querySelectorAll('li')].map((line) => /** @type {HTMLElement} */ (line).dataset.state), ['out', 'now', 'next']);
  for (const button of card.element.querySelectorAll('button')) button.click();
  assert.deepEqual(acts, ['pause', 'next', 'back', 'skip', 'end']);
});

test('without a group the card is not there', () => {
  const card = new GroupCard({ store: ceremony(AWARDS), lane: 'hall', act: () => {} });

  assert.deepEqual([card.draw(NOW), card.press('next')], [false, '이 구역에서 하는 단체 발표가 없습니다.']);
});

test('a span and a pace are asked for', async () => {
  const asked = askGroup(ceremony(AWARDS), 'hall');
  field('pace').value = '6';
  answer('yes');

  assert.deepEqual(await asked, { awards: ['c'], pace_s: 6 });
});

test('names by key have no pace, and a closed dialog begins nothing', async () => {
  const byKey = askGroup(ceremony(AWARDS), 'hall');
  field('pace').value = '';
  answer('yes');
  const closed = askGroup(ceremony(AWARDS), 'hall');
  answer('');

  assert.deepEqual([await byKey, await closed], [{ awards: ['c'], pace_s: null }, null]);
});

test('the emcee and backstage see the next name of a group before all others', () => {
  const store = ceremony(AWARDS, { 'group/hall': group({ next: 'd' }) });

  assert.deepEqual(crewCalling(store, 'hall').next.map(({ award }) => award.id), ['d', 'b', 'c']);
});
