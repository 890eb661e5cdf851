import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersTo } from '#hub/checkin/inbox/asking.js';
import { inboxNotice } from '#hub/checkin/inbox/notice.js';
import { concernsInbox } from '#hub/checkin/inbox/refreshing.js';
import { Store } from '#hub/live/store.js';
import { openPage } from '../../web/page.js';

/** @param {Partial<{may_undo: boolean, scan: string, at: string, device: string}>} of */
function passed(of) {
  return { scan: 's', at: '2021-12-02T00:05:00.000Z', gate_title: null, device: 'A', undone: false, may_undo: true, ...of };
}

/** @param {Partial<import('#hub/checkin/inbox/asking.js').Waiting>} of */
function waiting(of) {
  return { id: 'c', kind: 'double', found_at: '', guest: 'g', name: { ko: '석용주', en: '' }, organisation: null, scan: passed({ scan: 'late', device: 'B' }), other: passed({ scan: 'first', at: '2021-12-02T00:01:00.000Z' }), answers: ['same_person', 'looked', 'undo'], ...of };
}

/** @param {import('#hub/checkin/inbox/asking.js').Waiting} item */
function hows(item) {
  return answersTo(item, 'Asia/Seoul').map(({ how, words }) => `${how} ${words}`);
}

test('each admission that may be taken back is an answer of its own, the earlier first', () => {
  assert.deepEqual(hows(waiting({})), ['same_person 같은 사람입니다', 'looked 확인했습니다', 'undo:first 09:01 입장 되돌리기 (A)', 'undo:late 09:05 입장 되돌리기 (B)']);
});

test('what this device may not take back is no answer', () => {
  assert.deepEqual(hows(waiting({ scan: passed({ scan: 'late', may_undo: false }) })).filter((one) => one.startsWith('undo')), ['undo:first 09:01 입장 되돌리기 (A)']);
});

test('who takes part elsewhere may be switched to the hall', () => {
  assert.deepEqual(hows(waiting({ kind: 'mode', other: null, answers: ['switch', 'looked'] })), ['switch 현장 참석으로 바꾸기', 'looked 확인했습니다']);
});

test('the link to the inbox says how many wait', () => {
  openPage('<a id="link" href="/"></a>');
  const link = /** @type {HTMLElement} */ (document.querySelector('#link'));
  const draw = inboxNotice(link);
  const store = new Store();

  draw(store);
  assert.deepEqual([link.textContent, link.dataset.waiting], ['확인할 일 없음', '0']);
  store.reset({ 'conflict/a': { id: 'a' }, 'conflict/b': { id: 'b' } }, 1);
  draw(store);
  assert.deepEqual([link.textContent, link.dataset.waiting], ['확인할 일 2건', '2']);
});

test('the inbox is read anew for conflicts and for scans in quarantine, for nothing else', () => {
  assert.equal(concernsInbox(new Set(['presence']), [{ topic: 'GuestAdmitted' }]), false);
  assert.equal(concernsInbox(new Set(['conflict/a']), [{ topic: 'ConflictSettled' }]), true);
  assert.equal(concernsInbox(new Set(), [{ topic: 'ScansQuarantined' }]), true);
});
