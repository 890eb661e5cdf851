import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionStatus, wording } from '#hub/live/status.js';
import { openPage } from '../web/page.js';

test('a lost connection says up to when the page is right', () => {
  assert.equal(wording('offline', '09:31'), '연결이 끊겼습니다 · 09:31 기준 화면입니다');
});

test('a page that was never right does not claim a time', () => {
  assert.equal(wording('offline', ''), '서버에 연결할 수 없습니다');
});

test('who is signed out is told so, with the way to sign in', () => {
  const page = openPage('<p data-connection></p>', { url: 'http://hub.test/c/conf/console?lane=hall' });
  const line = page.querySelector('[data-connection]');
  const status = connectionStatus({ root: page });

  status('refused');
  assert.equal(line?.textContent, '로그아웃되었습니다. 계속하려면 로그인해 주세요.');
  assert.equal(line?.querySelector('a')?.href, 'http://hub.test/c/conf/console?lane=hall');

  status('live');
  assert.equal(line?.innerHTML, '실시간으로 연결되어 있습니다');
});
