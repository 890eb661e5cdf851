import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelLines, programmeWords } from '#hub/awards/list.js';
import { byLevel, naming, newest, totalOf } from '#hub/awards/revealed.js';
import { calledWords, commandWords, levelWords, nameWords, presentingWords, prizeWords, recipientWords, receivingWords, standInWords, unnamedWords } from '#hub/awards/words.js';
import { LEVELS, award, iso } from '../day.js';

const first = award({ id: 'a', level: LEVELS.encouragement, revealed_at: iso('09:33:00') });
const second = award({ id: 'b', revealed_at: iso('09:36:00') });
const unnamed = award({ id: 'c', recipient: null, organisation: null, level: LEVELS.encouragement, revealed_at: iso('09:34:00') });
const organisation = award({ id: 'd', kind: 'organisation', recipient: null, organisation: '한국전력공사' });

test('awards stand under their levels, the highest first, in the order of the reveal', () => {
  const groups = byLevel([second, unnamed, first]);

  assert.deepEqual(groups.map(({ level, awards }) => [level.id, awards.map(({ id }) => id)]), [['grand', ['b']], ['encouragement', ['a', 'c']]]);
});

test('levels of one programme stand together, in the order of the programmes, and say which where there are several', () => {
  const programmes = [{ id: 'merit', title: { ko: '공로상', en: '' } }, { id: 'cases', title: { ko: '상담사례', en: '' } }];
  const merit = { ...LEVELS.encouragement, programme: 'merit' };
  const cases = { ...LEVELS.grand, programme: 'cases' };

  const groups = byLevel([award({ id: 'a', level: cases }), award({ id: 'b', level: merit })], programmes);
  assert.deepEqual(groups.map(({ level }) => level.programme), ['merit', 'cases']);
  assert.deepEqual([programmeWords(programmes, cases), programmeWords(programmes.slice(1), cases)], ['상담사례', null]);
});

test('an award that is not public is nowhere, even when a document of it is there', () => {
  assert.deepEqual(byLevel([award({ id: 'x', state: 'armed', revealed_at: null })]), []);
});

test('the newest is the one revealed last', () => {
  assert.equal(newest([second, first])?.id, 'b');
  assert.equal(newest([]), null);
});

test('a recipient of a rehearsal is a number', () => {
  const number = award({ id: 'recipient-07', number: '07', kind: 'individual', recipient: null, organisation: null, rehearsed: true });

  assert.deepEqual(naming(number), { name: '수상자 07', from: null });
  assert.deepEqual([nameWords(number), calledWords(number), recipientWords(number)], ['수상자 07', '수상자 07', '수상자 07']);
});

test('an organisation is honoured under its own name, and an unnamed recipient is called so', () => {
  assert.deepEqual(naming(organisation), { name: '한국전력공사', from: null });
  assert.equal(nameWords(unnamed), '장려상 수상자');
  assert.equal(unnamedWords(LEVELS.encouragement, 12), '장려상 수상자 12명');
  assert.equal(unnamedWords(LEVELS.encouragement, 1), '장려상 수상자');
  assert.equal(recipientWords(second), '석용주, 천안고용센터');
});

test('the emcee calls a person with the honorific, and reads in whose name an award is given', () => {
  assert.equal(calledWords(award({ id: 'e', honorific: '과장' })), '석용주 과장');
  assert.deepEqual([calledWords({ ...organisation, honorific: '과장' }), calledWords({ ...unnamed, honorific: '과장' })], ['한국전력공사', '장려상 수상자']);
  assert.equal(presentingWords({ conferrer: '장관', presenter: '차관', read_by: '국장' }), '수여권자 장관 · 시상 차관 · 대독 국장');
});

test('unnamed recipients of a level share one line', () => {
  const lines = levelLines([first, unnamed, { ...unnamed, id: 'e' }]);

  assert.deepEqual(lines.map(({ key, unnamed: count }) => [key, count]), [['a', 0], ['unnamed', 2]]);
});

test('the total of a level is added up over the lanes', () => {
  const ceremony = { counts: [{ level: 'grand', lane: 'hall', total: 2, revealed: 0 }, { level: 'grand', lane: 'metaverse', total: 1, revealed: 0 }] };

  assert.deepEqual([totalOf(ceremony, 'grand'), totalOf(ceremony, 'other'), totalOf(undefined, 'grand')], [3, null, null]);
});

test('an honour that is the level itself is not said twice, and money only where there is some', () => {
  const commendation = { label: { ko: '장관표창', en: '' }, honour: { ko: '장관표창', en: '' }, prize_won: null, prize: null };

  assert.deepEqual([levelWords(commendation), levelWords(LEVELS.grand)], ['장관표창', '대상 · 장관상']);
  assert.deepEqual([prizeWords(commendation), prizeWords(LEVELS.grand)], [null, '상금 2,000,000원']);
});

test('the emcee learns who stands in for the recipient, who hands over, and who reads', () => {
  const known = award({ id: 'e', representative: '석가영', stand_in: 'joint', relation: '배우자', presenter: '장관', read_by: '차관' });

  assert.deepEqual([standInWords(known), presentingWords(known)], ['대표 수상 석가영(배우자)', '시상 장관 · 대독 차관']);
  assert.deepEqual([standInWords({ representative: '석가영', stand_in: 'representative' }), presentingWords({ presenter: null, read_by: '차관' })], ['대표자 석가영', '대독 차관']);
  assert.deepEqual([receivingWords({ representative: '석가영', stand_in: 'proxy', absent: true }), receivingWords({ absent: true }), receivingWords({})], ['대리 수상 석가영', '불참 · 이름만 낭독', '']);
  assert.deepEqual([standInWords(award({ id: 'f' })), presentingWords(award({ id: 'f' }))], ['', '']);
});

test('an act is told as what it did, and one that was undone by the name of its button', () => {
  const told = (/** @type {string} */ topic, /** @type {string | undefined} */ undone = undefined) => commandWords({ topic, ...(undone && { undone }) });
  assert.deepEqual(
    ['AwardArmed', 'AwardRevealed', 'AwardDone', 'AwardDeferred', 'AwardAbsenceNoted', 'AwardProxyNamed', 'AwardSkipped', 'AwardTakenBack', 'AwardCorrected', 'LineUpChanged', 'GroupBegan', 'OfALaterVersion'].map((topic) => told(topic)),
    ['발표 준비함', '발표함', '마침', '뒤로 미룸', '불참을 표시함', '대리 수상자를 지정함', '건너뜀', '비공개로 되돌림', '수상자 정보를 고침', '호명 순서를 바꿈', '단체 발표를 시작함', '다른 명령'],
  );
  assert.deepEqual(
    ['AwardArmed', 'AwardRevealed', 'AwardDone', 'AwardAbsenceNoted', 'AwardTakenBack'].map((topic) => told('AwardCommandUndone', topic)),
    ['실행 취소: 발표 준비', '실행 취소: 발표', '실행 취소: 마침', '실행 취소: 불참', '실행 취소: 비공개로 되돌리기'],
  );
});
