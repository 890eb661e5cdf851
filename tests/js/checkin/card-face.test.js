import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faceOf, isLate, onlyConfirms } from '#hub/checkin/card-face.js';

const ZONE = 'Asia/Seoul';
const AT = '2021-12-02T00:01:00.000Z';
const FIRST = { at: AT, gate: 'main', gate_title: { ko: '정문', en: 'Main' } };
const PERSON = {
  guest: 'guest-001', name: { ko: '석용주', en: 'Seok Yongju' }, masked: '석*주', role: null, organisation: '천안고용센터', group: null,
  mode: { id: 'onsite', label: { ko: '현장', en: 'On site' } }, seat: 'A-12', number: '7', needs: null, party: null, calls: [],
};

/**
 * @param {object} verdict
 * @param {object} [body]
 */
const answered = (verdict, body = {}) => ({
  id: 'scan-1', phase: 'confirmed', body: { at: AT, direction: 'in', token: 'T', ...body },
  answer: { ok: true, status: 200, message: '', data: { scan_id: 'scan-1', may_force: false, may_undo: false, person: PERSON, first: FIRST, ...verdict } },
});
const told = (/** @type {import('#hub/checkin/card-face.js').Scan} */ scan) => {
  const { tone, sound, verdict, title, masked, acts, kept } = faceOf(scan, ZONE);
  return { tone, sound, verdict, title, masked, acts, kept };
};

test('an admission goes by itself, a refusal stays with what may be done about it', () => {
  assert.deepEqual(told(answered({ verdict: 'admitted' })), { tone: 'good', sound: 'good', verdict: 'admitted', title: '입장', masked: '석*주', acts: [], kept: false });
  assert.deepEqual(told(answered({ verdict: 'already_inside', may_force: true })), {
    tone: 'warn', sound: 'warn', verdict: 'already_inside', title: '이미 입장', masked: '석*주', acts: ['seen', 'force'], kept: true,
  });
  assert.deepEqual(told(answered({ verdict: 'left' }, { direction: 'out' })).sound, 'left');
  assert.deepEqual(faceOf(answered({ verdict: 'revoked', details: { reissued: true } }), ZONE).acts, ['seen', 'find']);
  assert.deepEqual(faceOf(answered({ verdict: 'mode_mismatch', may_force: true, may_switch: true }), ZONE).acts, ['seen', 'force', 'switch']);
  assert.deepEqual(faceOf(answered({ verdict: 'needs_look', may_force: true, details: { note: '신분증 확인' } }), ZONE).acts, ['seen', 'looked']);
});

test('who comes in first of a party brings the others that are expected', () => {
  const party = { name: '세종 일행', others: [['김하나', false], ['이두리', true], ['박세라', false], ['최네오', false]].map(([name, inside], at) => ({ guest: `guest-${at}`, name: { ko: name, en: name }, inside })) };
  const face = faceOf(answered({ verdict: 'admitted', person: { ...PERSON, party } }), ZONE);
  const gone = faceOf(answered({ verdict: 'left', person: { ...PERSON, party } }, { direction: 'out' }), ZONE);
  const all = faceOf(answered({ verdict: 'admitted', person: { ...PERSON, party: { ...party, others: [party.others[1]] } } }), ZONE);

  assert.deepEqual([face.acts, face.lastsMs, gone.acts, all.acts], [['party'], 9_000, [], []]);
  assert.deepEqual(face.lines.find(([what]) => what === '일행'), ['일행', '김하나, 이두리, 박세라 외 1명']);
  assert.deepEqual(all.lines.find(([what]) => what === '일행'), ['일행', '이두리 · 모두 입장함']);
});

test('where people are only counted the party was counted, and is not in the hall', () => {
  const party = (/** @type {boolean} */ inside) => ({ name: '세종 일행', others: [{ guest: 'guest-2', name: { ko: '김하나', en: 'Kim Hana' }, inside }] });
  const face = (/** @type {boolean} */ inside) => faceOf(answered({ verdict: 'admitted', door: false, person: { ...PERSON, party: party(inside) } }), ZONE);

  assert.deepEqual([face(false).acts, face(true).acts, face(true).lines.at(1)], [['party'], [], ['일행', '김하나 · 모두 확인됨']]);
});

test('without the server a known badge names its party, in masked names, and brings those whom this device did not let in', () => {
  const one = (/** @type {string} */ masked, inside = false) => ({ guest: masked, masked, label: null, inside });
  const scan = (/** @type {object} */ more = {}, body = {}) => ({
    id: 's', phase: 'local', body: { at: AT, token: 'T', direction: 'in', ...body }, answer: null,
    local: { verdict: 'known', acted: /** @type {const} */ ('admitted'), as_of: AT, person: { guest: 'g', masked: '석*주' }, party: [one('이*영'), one('김*수'), { ...one('', true), masked: null, label: { ko: '수행원', en: 'Attendant' } }], ...more },
  });
  const face = faceOf(scan(), ZONE);
  const all = faceOf(scan({ party: [one('김*수', true)] }), ZONE);
  const held = faceOf(scan({ acted: 'held' }), ZONE);

  assert.deepEqual([face.tone, face.acts, face.lastsMs], ['local', ['party'], 9_000]);
  assert.deepEqual(face.lines.at(-1), ['일행', '김*수, 수행원, 이*영']);
  assert.deepEqual([all.acts, all.lastsMs, all.lines.at(-1)], [[], 5_000, ['일행', '김*수 · 모두 입장함']]);
  assert.deepEqual([held.acts, held.lines.at(-1)?.[0]], [['seen'], '일행']);
  assert.deepEqual([faceOf(scan({}, { token: undefined, guest: 'g' }), ZONE).title, faceOf(scan({ acted: 'held' }, { token: undefined, guest: 'g' }), ZONE).title], ['명단에 있는 분', '명단에 있는 분 · 기다려 주세요']);
});

test('what is to be read out stands longer', () => {
  const lasts = (/** @type {object} */ more) => faceOf(answered({ verdict: 'admitted', person: { ...PERSON, ...more } }), ZONE).lastsMs;

  assert.deepEqual([lasts({}), lasts({ needs: '휠체어' })], [5_000, 9_000]);
});

test('an answer with a conflict, one that was undone and one that was held are never green', () => {
  const other = { at: '2021-12-02T00:05:00.000Z', gate_title: { ko: '북문', en: 'North' }, device: '민지' };
  const conflict = { id: 'c1', kind: 'double', other };

  assert.equal(faceOf(answered({ verdict: 'admitted', conflict }), ZONE).why, '두 곳에서 입장했습니다. 본인인지 확인해 주세요. 다른 스캔: 09:05 북문 · 민지');
  assert.deepEqual(
    [{ conflict }, { undone: true }, { held: true }].map((more) => told(answered({ verdict: 'admitted', ...more }))).map(({ tone, kept, acts }) => [tone, kept, acts]),
    [['warn', true, ['seen', 'settle']], ['warn', true, ['seen']], ['warn', true, ['seen', 'admit']]],
  );
});

test('an unknown verdict is red and asks for a supervisor', () => {
  assert.deepEqual(told(answered({ verdict: 'of_tomorrow' })), { tone: 'bad', sound: 'bad', verdict: 'of_tomorrow', title: '담당자에게 물어보세요', masked: '석*주', acts: ['seen'], kept: true });
});

test('a badge that only the device knows is blue, and stays where the person waits', () => {
  /** @param {object} local */
  const scan = (local) => ({ id: 's', phase: 'local', body: { at: AT, token: 'T' }, answer: null, local: { verdict: 'known', acted: /** @type {const} */ ('admitted'), as_of: AT, person: { masked: '석*주', seat: 'A-12' }, ...local } });

  assert.deepEqual(told(scan({})), { tone: 'local', sound: 'local', verdict: 'known', title: '등록된 명찰', masked: '석*주', acts: [], kept: false });
  assert.deepEqual([told(scan({ acted: 'held' })).tone, told(scan({ acted: 'held' })).kept], ['local', true]);
  assert.deepEqual(told(scan({ verdict: 'unknown_here', acted: 'refused', person: null })), { tone: 'bad', sound: 'bad', verdict: 'unknown_here', title: '이 기기의 명단에 없음', masked: '', acts: ['seen'], kept: true });
  assert.equal(faceOf(scan({ verdict: 'unknown_here', acted: 'refused' }), ZONE).why, '09:01 명단 기준입니다. 새로 받은 명찰이면 안내 데스크로 안내해 주세요.');
});

test('who goes out while the server cannot be asked is not told to go in, and nothing lets them in later', () => {
  const out = { id: 's', phase: 'local', body: { at: AT, token: 'T', direction: 'out' }, answer: null, local: { verdict: 'known', acted: /** @type {const} */ ('admitted'), as_of: AT, person: { masked: '석*주' } } };
  const late = answered({ verdict: 'left', held: true }, { direction: 'out', acted: 'held' });

  assert.deepEqual(told(out), { tone: 'local', sound: 'left', verdict: 'known', title: '등록된 명찰 · 퇴장', masked: '석*주', acts: [], kept: false });
  assert.equal(faceOf(out, ZONE).why, '나가셔도 됩니다. 네트워크가 돌아오면 확정합니다.');
  assert.deepEqual([told(late).title, told(late).acts], ['퇴장으로 남기지 않음', ['seen']]);
});

test('a request that was refused says why, and one of a signed-out device how to go on', () => {
  const scan = (/** @type {number} */ status) => ({ id: 's', phase: 'refused', body: { at: AT }, answer: { ok: false, status, message: '그런 출입구가 없습니다.', data: null } });

  assert.deepEqual([faceOf(scan(404), ZONE).why, faceOf(scan(404), ZONE).acts], ['그런 출입구가 없습니다.', ['seen']]);
  assert.deepEqual(faceOf(scan(401), ZONE).acts, ['seen', 'signIn']);
});

test('a device that only scans sends to a supervisor, and one that was paired is paired again', () => {
  const unknown = answered({ verdict: 'unknown_badge' });
  const signedOut = { id: 's', phase: 'refused', body: { at: AT }, answer: { ok: false, status: 401, message: '', data: null } };

  assert.deepEqual([true, false].map((search) => faceOf(unknown, ZONE, { search, paired: false }).why), ['이 행사의 명찰이 아닙니다. 이름으로 찾아 주세요.', '이 행사의 명찰이 아닙니다. 담당자에게 안내해 주세요.']);
  assert.deepEqual(
    [false, true].map((paired) => faceOf(signedOut, ZONE, { search: true, paired }).why),
    ['이 스캔은 확인되지 않았습니다. 로그인한 뒤 다시 스캔해 주세요.', '이 스캔은 확인되지 않았습니다. 기기를 다시 연결한 뒤 스캔해 주세요.'],
  );
});

test('an answer is late once the person does not stand there any more', () => {
  const scan = (/** @type {object} */ more) => ({ ...answered({ verdict: 'admitted' }), made: 1_000, ...more });

  assert.deepEqual([isLate(scan({}), 11_000), isLate(scan({}), 11_001), isLate(scan({ recovered: true }), 1_000)], [false, true, true]);
  assert.deepEqual([isLate(scan({ phase: 'retrying' }), 60_000), isLate(scan({ made: undefined }), 60_000)], [false, false]);
});

test('who had to wait and is admitted late is not shown as if they stood here', () => {
  const late = { search: true, paired: false, late: true };
  const face = faceOf(answered({ verdict: 'admitted' }), ZONE, late);
  const others = [answered({ verdict: 'admitted' }, { acted: 'admitted' }), answered({ verdict: 'left' }, { direction: 'out' })];

  assert.deepEqual([face.tone, face.kept, face.acts, face.title, face.why], ['warn', true, ['seen'], '늦게 확인됨 · 입장', '09:01에 스캔한 분을 입장으로 기록했습니다. 돌아간 분이면 되돌려 주세요.']);
  assert.deepEqual(others.map((scan) => faceOf(scan, ZONE, late).tone), ['good', 'good']);
});

test('a scan without an answer is open and never good', () => {
  const scan = (/** @type {string} */ phase) => ({ id: 's', phase, body: { at: AT }, answer: null });

  assert.deepEqual(['sending', 'retrying'].map((phase) => faceOf(scan(phase), ZONE)).map(({ tone, open, kept }) => [tone, open, kept]), [['wait', true, false], ['wait', true, false]]);
});

test('an answer that agrees with what the device did needs nobody', () => {
  const agrees = (/** @type {object} */ verdict, /** @type {string} */ acted) => onlyConfirms(answered(verdict, { acted }));

  assert.deepEqual(
    [agrees({ verdict: 'admitted' }, 'admitted'), agrees({ verdict: 'revoked' }, 'refused'), agrees({ verdict: 'admitted' }, 'refused'), agrees({ verdict: 'admitted' }, 'held'), agrees({ verdict: 'admitted', conflict: { id: 'c', kind: 'double' } }, 'admitted')],
    [true, true, false, false, false],
  );
  assert.equal(onlyConfirms(answered({ verdict: 'admitted' })), false);
});
