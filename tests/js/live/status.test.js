import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wording } from '#hub/live/status.js';

test('a lost connection says up to when the page is right', () => {
  assert.equal(wording('offline', '09:31'), '연결이 끊겼습니다 · 09:31 기준 화면입니다');
});

test('a page that was never right does not claim a time', () => {
  assert.equal(wording('offline', ''), '서버에 연결할 수 없습니다');
});
