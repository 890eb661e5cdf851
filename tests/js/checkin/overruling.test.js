import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askSwitch, askWhy, overruling } from '#hub/checkin/overruling.js';
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
  assert.deepEqual(overruling(refused('wrong_gate')), { force: true, over: ['wrong_gate'] });
  assert.deepEqual(overruling(refused('closed', { over: ['wrong_gate', 'closed'] }), 'vip', '장관 수행'), { force: true, over: ['wrong_gate', 'closed'], why: 'vip', note: '장관 수행' });
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

  assert.deepEqual(await asked, { force: true, over: ['mode_mismatch'], switch: true });
});
