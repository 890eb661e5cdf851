import assert from 'node:assert/strict';
import { test } from 'node:test';
import { details, saying } from '#hub/checkin/verdict-words.js';

const ZONE = 'Asia/Seoul';
const ANSWER = { scan_id: 'scan-1', may_force: false, may_undo: false };
const FIRST = { at: '2021-12-02T00:01:00.000Z', gate: 'main', gate_title: { ko: '정문', en: 'Main' } };

test('each verdict has its tone and its title', () => {
  /** @type {import('#hub/checkin/verdict-words.js').Verdict[]} */
  const answers = [
    { ...ANSWER, verdict: 'admitted', forced: false, again: false, first: FIRST },
    { ...ANSWER, verdict: 'left', first: FIRST },
    { ...ANSWER, verdict: 'already_inside', first: FIRST },
    { ...ANSWER, verdict: 'not_inside' },
    { ...ANSWER, verdict: 'closed', details: { opens_at: '2021-12-01T21:20:00.000Z', closes_at: '2021-12-02T04:40:00.000Z' } },
    { ...ANSWER, verdict: 'revoked', revoked_at: FIRST.at },
    { ...ANSWER, verdict: 'unknown_badge' },
    { ...ANSWER, verdict: 'other_conference', details: { conference: { ko: '다른 행사', en: 'Other' } } },
    { ...ANSWER, verdict: 'cancelled' },
    { ...ANSWER, verdict: 'wrong_gate', details: { gates: [{ title: { ko: '북문', en: 'North' } }] } },
    { ...ANSWER, verdict: 'mode_mismatch' },
    { ...ANSWER, verdict: 'not_yet_open', details: { opens_at: '2021-12-01T21:20:00.000Z', closes_at: '2021-12-02T04:40:00.000Z' } },
    { ...ANSWER, verdict: 'closed', details: { opens_at: '2021-12-01T21:20:00.000Z', closes_at: '2021-12-02T04:40:00.000Z' } },
    { ...ANSWER, verdict: 'needs_look', details: { note: '신분증 확인' } },
    { ...ANSWER, verdict: 'already_counted', first: FIRST },
  ];

  assert.deepEqual(
    answers.map((answer) => saying(answer, ZONE, FIRST.at)).map(({ tone, title }) => [tone, title]),
    [
      ['good', '입장'],
      ['good', '퇴장'],
      ['warn', '이미 입장'],
      ['warn', '입장 기록 없음'],
      ['warn', '입장 시간 지남'],
      ['bad', '쓸 수 없는 명찰'],
      ['bad', '등록되지 않은 명찰'],
      ['bad', '다른 행사의 명찰'],
      ['bad', '취소된 참석자의 명찰'],
      ['warn', '다른 출입구'],
      ['warn', '참석 방식이 다름'],
      ['warn', '입장 시간 전'],
      ['warn', '입장 시간 지남'],
      ['warn', '확인이 필요합니다'],
      ['warn', '이미 확인함'],
    ],
  );
});

test('a refusal says what helps: the hours, their gate, the note, the other event', () => {
  const why = (/** @type {import('#hub/checkin/verdict-words.js').Code} */ verdict, /** @type {object} */ details) => saying({ ...ANSWER, verdict, details }, ZONE, FIRST.at).why;
  const hours = { opens_at: '2021-12-01T21:20:00.000Z', closes_at: '2021-12-02T04:40:00.000Z' };

  assert.deepEqual(
    [why('closed', hours), why('wrong_gate', { gates: [{ title: { ko: '북문', en: 'North' } }] }), why('wrong_gate', {}), why('needs_look', { note: '신분증 확인' }), why('other_conference', { conference: { ko: '다른 행사', en: '' } })],
    ['체크인 시간: 2021년 12월 2일 (목) 06:20부터 13:40까지', '이분의 출입구: 북문', '이 출입구로 들어가는 분이 아닙니다.', '신분증 확인', '다른 행사'],
  );
});

test('who is inside already came in then and there, or by their own link', () => {
  const bySomebody = { ...FIRST, device: '정문 1번' };
  const byLink = { ...FIRST, gate: null, gate_title: null };

  assert.equal(saying({ ...ANSWER, verdict: 'already_inside', first: FIRST }, ZONE, FIRST.at).why, '09:01 정문에서 입장');
  assert.equal(saying({ ...ANSWER, verdict: 'already_inside', first: FIRST }, ZONE, '2021-12-03T00:30:00Z').why, '09:01 (−1일) 정문에서 입장');
  assert.equal(saying({ ...ANSWER, verdict: 'already_inside', first: bySomebody }, ZONE, FIRST.at).why, '09:01 정문에서 입장 · 정문 1번');
  assert.equal(saying({ ...ANSWER, verdict: 'already_counted', first: bySomebody }, ZONE, FIRST.at).why, '09:01 · 정문 · 정문 1번');
  assert.equal(saying({ ...ANSWER, verdict: 'already_inside', first: byLink }, ZONE, FIRST.at).why, '09:01 개인 링크로 접속');
});

test('an admission says when it was forced or not the first', () => {
  const answer = { ...ANSWER, verdict: /** @type {const} */ ('admitted'), forced: false, again: false, first: FIRST };

  assert.deepEqual(
    [answer, { ...answer, forced: true }, { ...answer, again: true }].map((one) => saying(one, ZONE, FIRST.at).why),
    ['', '담당자 판단으로 입장', '다시 입장 · 처음 09:01'],
  );
  assert.equal(saying({ ...answer, verdict: 'left', over: ['revoked'] }, ZONE, FIRST.at).why, '담당자 판단으로 퇴장');
});

test('only what is known about a person is shown', () => {
  const person = {
    guest: 'guest-001',
    name: { ko: '석용주', en: 'Seok Yongju' },
    masked: '석*주',
    organisation: '천안고용센터',
    group: { id: 'recipient', label: { ko: '수상자', en: 'Award recipient' } },
    role: null,
    mode: { id: 'onsite', label: { ko: '현장', en: 'On site' } },
    seat: null,
    number: '7',
    needs: null,
    needs_look: false, party: null,
    calls: [{ lane: { ko: '현장', en: 'Hall' }, room: { ko: '그랜드볼룸', en: 'Grand Ballroom' }, cue: null, order: null }],
  };

  assert.deepEqual(details(person), [
    ['구분', '수상자'],
    ['수상 장소', '현장 · 그랜드볼룸'],
    ['소속', '천안고용센터'],
  ]);
  const told = [{ ...person.calls[0], room: null, cue: { ko: '시상 ①', en: 'Awards ①' }, order: 25 }];
  assert.deepEqual(details({ ...person, calls: told })[1], ['수상 장소', '25번째 · 시상 ① (현장)']);
  assert.deepEqual(details({ ...person, organisation: null, calls: [], mode: { id: 'zoom', label: { ko: '화상회의', en: 'Video meeting' } } }), [
    ['구분', '수상자'],
    ['참석 방식', '화상회의'],
  ]);
});
