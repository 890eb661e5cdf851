import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { askLineUp } from '#hub/awards/line-up.js';
import { openPage } from '../web/page.js';
import { allowing, ceremony } from './console-day.js';

beforeEach(() => void openPage(''));

const AWARDS = [allowing([], { id: 'a', order: 1 }), allowing([], { id: 'b', order: 2, deferred: true }), allowing([], { id: 'c', order: 3, state: 'done' }), allowing([], { id: 'd', order: 4 })];
const view = () => /** @type {any} */ (document.defaultView);
const dialog = () => /** @type {HTMLDialogElement} */ (document.querySelector('dialog'));
const shown = () => [...dialog().querySelectorAll('li')].map((item) => item.dataset.award);

/** @param {string} answer */
function answer(answer) {
  dialog().returnValue = answer;
  dialog().dispatchEvent(new (view().Event)('close'));
}

test('all of the round who are still to come stand in order, and Alt with an arrow moves one', async () => {
  const asked = askLineUp(ceremony(AWARDS), 'hall');
  assert.deepEqual(shown(), ['a', 'b', 'd']);

  dialog().querySelectorAll('li')[2].dispatchEvent(new (view().KeyboardEvent)('keydown', { key: 'ArrowUp', altKey: true, bubbles: true }));
  assert.deepEqual(shown(), ['a', 'd', 'b']);
  answer('yes');

  assert.deepEqual(await asked, { cue: 'round-1', order: ['a', 'd', 'b'] });
});

test('each line says where the recipient sits', () => {
  const guest = { id: 'guest-001', seat: 'D-05', inside: false, remote_connected: false };
  void askLineUp(ceremony([allowing([], { id: 'a', order: 1 })], { 'guest/guest-001': guest }), 'hall');

  assert.equal(dialog().querySelector('li small')?.textContent, '좌석 D-05');
});

test('nothing is sent where the order stays, or the dialog is closed', async () => {
  for (const [value, press] of /** @type {const} */ ([['yes', false], ['', true]])) {
    const asked = askLineUp(ceremony(AWARDS), 'hall');
    if (press) /** @type {HTMLElement} */ (dialog().querySelector('button[value="a:down"]')).click();
    answer(value);
    assert.equal(await asked, null);
  }
});
