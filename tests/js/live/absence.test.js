import assert from 'node:assert/strict';
import { test } from 'node:test';
import { happened, remember, withAwardsOf } from '#hub/live/absence.js';
import { eventLine } from '#hub/live/absence-words.js';
import { IN_ROUND_1, LEVELS, at, award, day, iso } from '../day.js';

const SEOUL = 'Asia/Seoul';
/** @param {Record<string, any>} before @param {Record<string, any>} now */
const lines = (before, now) =>
  happened(remember(day(before)), remember(day(now))).map((event) => {
    const { time, words } = eventLine(event, SEOUL, at('10:00:00'));
    return `${time} ${words}`.trim();
  });

test('nothing happened: nothing is told', () => {
  assert.deepEqual(lines(IN_ROUND_1, IN_ROUND_1), []);
});

test('cues and awards are told in the order in which they happened', () => {
  assert.deepEqual(lines({}, { ...IN_ROUND_1, 'award/a': award({ id: 'a' }) }), [
    '09:20 opening 순서를 시작했습니다',
    '09:32 round-1 순서를 시작했습니다',
    '09:35 대상 · 장관상: 석용주, 천안고용센터',
  ]);
});

test('many awards of a level are counted, not read out', () => {
  const many = Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((id, index) => [`award/${id}`, award({ id, level: LEVELS.encouragement, revealed_at: iso(`09:3${5 + index}:00`) })]),
  );

  assert.deepEqual(lines(IN_ROUND_1, { ...IN_ROUND_1, ...many }), ['09:35 장려상 · 장관상: 4건을 발표했습니다']);
});

test('many cues of a lane are counted, and the last one is named', () => {
  const third = { ...IN_ROUND_1, 'cue/closing': { ...day().get('cue/closing'), started_at: iso('09:45:00') } };

  assert.deepEqual(lines({}, third), ['09:45 현장: 순서 3개를 시작했습니다. 마지막은 closing입니다']);
});

test('awards of many levels are counted together', () => {
  const many = Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((id, index) => [`award/${id}`, award({ id, level: { ...LEVELS.grand, id }, revealed_at: iso(`09:3${5 + index}:00`) })]),
  );

  assert.deepEqual(lines(IN_ROUND_1, { ...IN_ROUND_1, ...many }), ['09:38 시상 4건을 발표했습니다']);
});

test('a name that was taken back is counted and not told', () => {
  const told = lines({ 'award/a': award({ id: 'a' }) }, {});

  assert.deepEqual(told, ['시상 발표 1건이 취소되었습니다']);
});

test('a name taken back after it was told is told no more, and the others stay', () => {
  const two = { 'award/a': award({ id: 'a' }), 'award/b': award({ id: 'b', recipient: '서미영', organisation: '예산고용센터' }) };
  const told = remember(day(two));

  const events = happened(remember(day({})), withAwardsOf(told, day({ 'award/b': two['award/b'] })));

  assert.deepEqual(events.map((event) => eventLine(event, SEOUL, at('10:00:00')).words), ['대상 · 장관상: 서미영, 예산고용센터']);
});

test('a lane that was held and one that finished are told', () => {
  const held = { ...IN_ROUND_1, 'lane/hall': { ...IN_ROUND_1['lane/hall'], status: 'held', held_since: iso('09:36:00') } };
  const finished = { ...IN_ROUND_1, 'lane/hall': { ...IN_ROUND_1['lane/hall'], status: 'finished', cue: null }, 'cue/round-1': { ...IN_ROUND_1['cue/round-1'], ended_at: iso('09:44:00') } };

  assert.deepEqual(lines(IN_ROUND_1, held), ['09:36 현장 진행을 잠시 멈추었습니다']);
  assert.deepEqual(lines(IN_ROUND_1, finished), ['09:44 현장 진행을 마쳤습니다']);
});
