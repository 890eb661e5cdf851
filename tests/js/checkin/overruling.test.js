import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askSwitch, askWhy, overruling, pressed, sameAgain } from '#hub/checkin/overruling.js';
import { buttonsOf, openPage, pressButton } from '../web/page.js';

/**
 * @param {string} verdict
 * @param {object} [more]
 */
const refused = (verdict, more = {}) => ({
  id: 's', phase: 'confirmed', body: { at: '2021-12-02T00:01:00.000Z', token: 'T', ...more },
  answer: { ok: true, status: 200, message: '', data: { scan_id: 's', verdict, may_switch: false, person: { name: { ko: '석용주', en: '' }, calls: [{}] } } },
});

test('only what staff saw is overruled: this refusal and those overruled before', () => {
  assert.deepEqual(overruling(refused('wrong_gate'), 'looked'), { force: true, over: ['wrong_gate'], why: 'looked' });
  assert.deepEqual(overruling(refused('closed', { over: ['wrong_gate', 'closed'] }), 'vip', '장관 수행'), { force: true, over: ['wrong_gate', 'closed'], why: 'vip', note: '장관 수행' });
});

test('a press is its own reason, and what was said of refusals before stands', () => {
  assert.deepEqual(pressed(refused('needs_look'), 'looked'), { force: true, over: ['needs_look'], why: 'looked' });
  assert.deepEqual(pressed(refused('needs_look', { over: ['revoked'], why: 'other', note: '총리실 확인' }), 'looked'), { force: true, over: ['revoked', 'needs_look'], why: 'other', note: '총리실 확인' });
});

test('somebody is scanned again at the same gate and in the same direction', () => {
  assert.deepEqual(sameAgain(refused('revoked', { gate: 'main', direction: 'out' })), { who: { token: 'T' }, gate: 'main', direction: 'out' });
  assert.deepEqual(sameAgain(refused('closed', { gate: 'main', direction: 'in', also: ['U'] })), { who: { token: 'T', also: ['U'] }, gate: 'main', direction: 'in' });
  assert.deepEqual(sameAgain(refused('closed', { gate: 'side', direction: 'in', token: undefined, guest: 'g1' })), { who: { guest: 'g1' }, gate: 'side', direction: 'in' });
});

test('who wants to go out is let out, not in', async () => {
  const page = openPage('');
  const asked = askWhy(refused('revoked', { direction: 'out' }));
  assert.equal(page.querySelector('h2')?.textContent, '석용주 님을 그래도 퇴장시킬까요?');

  /** @type {HTMLElement} */ (page.querySelector('[value=looked]')).click();
  /** @type {HTMLInputElement} */ (page.querySelector('#force-note')).value = '본인';
  pressButton('퇴장시키기', page);

  assert.deepEqual(await asked, { force: true, over: ['revoked'], why: 'looked', note: '본인' });
});

test('a reason is chosen, another one is written down, and nothing is chosen beforehand', async () => {
  const page = openPage('');
  const asked = askWhy(refused('already_inside'));
  const [choices, note] = [[.../** @type {NodeListOf<HTMLInputElement>} */ (page.querySelectorAll('[name=why]'))], /** @type {HTMLInputElement} */ (page.querySelector('#force-note'))];
  assert.deepEqual([choices.map(({ value, checked, required }) => [value, checked, required]), note.required], [['looked', 'vip', 'wrong_list', 'other'].map((value) => [value, false, true]), false]);

  choices[3].click();
  assert.equal(note.required, true);
  note.value = ' 총리실 확인 ';
  pressButton('입장시키기', page);

  assert.deepEqual(await asked, { force: true, over: ['already_inside'], why: 'other', note: '총리실 확인' });
});

test('a revoked badge needs a note, and left alone nothing is overruled', async () => {
  const page = openPage('');
  const asked = askWhy(refused('revoked'));
  assert.equal(/** @type {HTMLInputElement} */ (page.querySelector('#force-note')).required, true);

  pressButton('그대로 두기', page);

  assert.equal(await asked, null);
});

test('who takes part in the hall from now on is asked once, and told what moves', async () => {
  const page = openPage('');
  const asked = askSwitch(refused('mode_mismatch'));
  assert.deepEqual([page.querySelector('dialog p')?.textContent, buttonsOf(page)], ['상도 현장에서 부르도록 옮기고 무대 뒤에 알립니다.', ['바꾸고 입장', '그대로 두기']]);

  pressButton('바꾸고 입장', page);

  assert.deepEqual(await asked, { force: true, over: ['mode_mismatch'], why: 'switched', switch: true });
});
