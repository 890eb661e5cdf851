import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookiesRefused, sayRefusedCookies } from '#hub/web/cookies.js';
import { reloadWords } from '#hub/web/command-words.js';
import { wording } from '#hub/live/status.js';
import { openPage } from './page.js';

const BLOCKED = '쿠키가 차단되어 있어 로그인이 유지되지 않습니다. 브라우저 설정에서 hub.test의 쿠키를 허용한 뒤 새로 고쳐 주세요.';

/** A page whose browser drops every cookie without a word, as Chromium does; or throws, as a sandboxed frame does. @param {{throws?: boolean}} [how] */
function pageWithoutCookies({ throws = false } = {}) {
  const page = openPage('<form method="post"></form>');
  const refuse = () => {
    if (throws) throw new Error('SecurityError');
    return '';
  };
  Object.defineProperty(page, 'cookie', { get: refuse, set: refuse });
  return page;
}

test('a browser that keeps cookies is told nothing, and keeps none of ours', () => {
  const page = openPage('<form method="post"></form>');
  page.cookie = 'other=1';
  sayRefusedCookies(/** @type {Element} */ (page.querySelector('main')));
  assert.deepEqual([page.querySelector('#cookies-refused'), page.cookie], [null, 'other=1']);
});

for (const throws of [false, true]) {
  test(`blocked cookies are called by their name at the top of the page (${throws ? 'throws' : 'silent'})`, () => {
    const page = pageWithoutCookies({ throws });
    sayRefusedCookies(/** @type {Element} */ (page.querySelector('main')));
    assert.equal(page.querySelector('main > :first-child p')?.textContent, BLOCKED);
  });
}

test('a page that was signed out by blocked cookies says so instead of asking to sign in', () => {
  pageWithoutCookies();
  assert.equal(wording('refused', ''), BLOCKED);
  assert.equal(reloadWords('other'), BLOCKED);
});

test('where there is no page, no cookies are refused', () => {
  Object.defineProperty(globalThis, 'document', { value: undefined, configurable: true });
  assert.equal(cookiesRefused(), false);
});
