import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faceOf } from '#hub/checkin/card-face.js';
import { pointDay } from '#hub/checkin/point-day.js';
import { COUNTING } from '#hub/checkin/words/counting.js';
import { DOOR } from '#hub/checkin/words/door.js';

const ZONE = 'Asia/Seoul';
const AT = '2021-12-02T03:10:00Z';
const FIRST = { at: '2021-12-02T03:01:00Z', gate: 'east', gate_title: { ko: '동쪽 식당', en: 'East hall' } };

/** @param {object} data @param {object} [more] */
const face = (data, more = {}) => faceOf(/** @type {any} */ ({ id: 's', phase: 'confirmed', body: { at: AT, token: 'T' }, answer: { ok: true, status: 200, message: '', data: { scan_id: 's', door: false, may_force: false, may_undo: false, ...data } }, ...more }), ZONE);

test('where people are only counted nobody is said to enter', () => {
  const said = [{ verdict: 'admitted' }, { verdict: 'admitted', again: true, first: FIRST }, { verdict: 'admitted', held: true }, { verdict: 'already_counted', first: FIRST }, { verdict: 'left' }, { verdict: 'closed' }, { verdict: 'not_inside' }].map((data) => face(data));

  assert.deepEqual(
    said.map(({ tone, title, why }) => [tone, title, why]),
    [
      ['good', '확인됨', ''],
      ['good', '확인됨', '다시 확인 · 처음 12:01'],
      ['warn', '확인할 수 있습니다', '기다리던 분입니다. 아직 계시면 눌러 주세요.'],
      ['warn', '이미 확인함', '12:01 · 동쪽 식당'],
      ['good', '나감', ''],
      ['warn', '확인 시간 지남', ''],
      ['warn', '확인 기록 없음', '이곳에서 확인한 기록이 없습니다.'],
    ],
  );
});

test('each press is said for a door and for a point that only counts, whichever way people go', () => {
  const presses = (/** @type {import('#hub/checkin/words/vocabulary.js').Vocabulary} */ words) =>
    [words.pass(false), words.pass(true), words.party(), words.passAll(4), words.anyway(false), words.anyway(true), words.looked(), words.switched(), words.doSwitch(), words.undo(false).act, words.undo(true).act];
  const questions = (/** @type {import('#hub/checkin/words/vocabulary.js').Vocabulary} */ words) => [words.askAnyway('석*주', false), words.askAnyway('석*주', true), words.askSwitch('석*주'), words.undo(false).ask('석*주'), words.undo(true).ask('석*주')];

  assert.deepEqual(presses(DOOR), ['입장시키기', '퇴장시키기', '일행도 입장', '4명 입장시키기', '그래도 입장', '그래도 퇴장', '확인하고 입장', '현장으로 바꿔 입장', '바꾸고 입장', '입장 되돌리기', '퇴장 되돌리기']);
  assert.deepEqual(presses(COUNTING), ['확인하기', '확인하기', '일행도 확인', '4명 확인하기', '그래도 확인', '그래도 나감', '살펴보고 확인', '현장으로 바꿔 확인', '현장으로 바꿔 확인', '확인 되돌리기', '확인 되돌리기']);
  assert.deepEqual(questions(DOOR), ['석*주 님을 그래도 입장시킬까요?', '석*주 님을 그래도 퇴장시킬까요?', '석*주 님을 현장 참석으로 바꾸고 입장시킬까요?', '석*주 님의 입장을 되돌릴까요?', '석*주 님의 퇴장을 되돌릴까요?']);
  assert.deepEqual(questions(COUNTING), ['석*주 님을 그래도 확인한 것으로 할까요?', '석*주 님을 그래도 확인한 것으로 할까요?', '석*주 님을 현장 참석으로 바꾸고 확인할까요?', '석*주 님의 확인을 되돌릴까요?', '석*주 님의 확인을 되돌릴까요?']);
});

test('a badge that only the device knows passes a point that counts in its own words', () => {
  const local = (/** @type {string} */ acted) => faceOf(/** @type {any} */ ({ id: 's', phase: 'local', body: { at: AT, token: 'T' }, answer: null, local: { verdict: 'known', acted, as_of: AT, counts: true, person: { masked: '석*주' } } }), ZONE);

  assert.deepEqual([local('admitted').tone, local('admitted').why], ['local', '통과시키세요. 네트워크가 돌아오면 확정합니다. 다른 곳의 기록과는 대조하지 않았습니다.']);
  assert.equal(local('held').why, '네트워크가 돌아오면 확정합니다. 그때까지 기다리게 해 주세요.');
});

test('a door that lets in once does not say that people may come back', () => {
  const door = (/** @type {object} */ data) => face({ door: true, ...data }).why;

  assert.equal(door({ verdict: 'left', details: { reentry: 'once' } }), '나가셨습니다. 이 문으로는 한 번만 들어옵니다.');
  assert.equal(door({ verdict: 'left' }), '나가셨습니다. 다시 들어오실 수 있습니다.');
  assert.equal(door({ verdict: 'already_inside', first: FIRST, details: { reentry: 'once', left_at: '2021-12-02T03:05:00Z' } }), '12:05에 나갔습니다. 이 문으로는 한 번만 들어옵니다.');
});

test('the day of a point is that of the window that opened last, else it begins at four', () => {
  const at = (/** @type {string} */ iso) => Date.parse(iso);
  const openings = [at('2021-12-02T11:00:00Z'), at('2021-12-03T11:00:00Z')];

  assert.deepEqual(
    ['2021-12-02T01:00:00Z', '2021-12-02T17:00:00Z', '2021-12-03T11:00:00Z'].map((iso) => pointDay({ openings, zone: ZONE }, at(iso))),
    ['2021-12-02', '2021-12-02', '2021-12-03'],
  );
  assert.deepEqual(['2021-12-02T18:59:00Z', '2021-12-02T19:00:00Z'].map((iso) => pointDay({ openings: [], zone: ZONE }, at(iso))), ['2021-12-02', '2021-12-03']);
});
