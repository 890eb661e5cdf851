import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScreensBox } from '#hub/live/screens-box.js';
import { openPage } from '../web/page.js';

const screen = (/** @type {object} */ fields) => ({ id: 's1', name: '왼쪽 무대', kind: 'stage', lane: 'hall', shown: 7, head: 7, at: '2021-12-02T00:20:00.000Z', ...fields });
const doc = (/** @type {any[]} */ screens) => ({ screens, head: 7, reveals: {}, browsers: 12 });

function box() {
  const page = openPage('<button id="opener"></button>');
  const opener = /** @type {HTMLElement} */ (page.querySelector('#opener'));
  const made = new ScreensBox({ conf: 'conf', opener, laneWords: () => '현장' });
  const lines = () => [...page.querySelectorAll('.screens-list li')].map((line) => [...line.children].map((part) => part.textContent));
  return { page, opener, made, lines };
}

test('the button says how many screens show the newest, and opens the list of them', () => {
  const { page, opener, made, lines } = box();
  made.draw(doc([screen({}), screen({ id: 's2', name: '믹서', kind: 'lower-third', lane: null, shown: 5 })]));

  assert.deepEqual([opener.textContent, opener.dataset.state], ['화면 2대 중 1대에 표시 · 브라우저 12대', 'behind']);
  opener.click();
  assert.equal(page.querySelector('dialog')?.open, true);
  assert.deepEqual(lines(), [['왼쪽 무대', '무대 화면 · 현장', '최신 화면'], ['믹서', '방송 자막', '뒤처짐']]);
});

test('an open list follows what the server tells', () => {
  const { opener, made, lines } = box();
  opener.click();
  assert.deepEqual(lines(), []);
  made.draw(doc([screen({ kind: 'emcee', lane: null })]));

  assert.deepEqual(lines(), [['왼쪽 무대', '사회자', '최신 화면']]);
});
