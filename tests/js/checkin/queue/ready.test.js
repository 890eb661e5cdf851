import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readyWords } from '#hub/checkin/queue/ready.js';

const STATUS = { badges: 121, asOf: '2021-12-02T04:02:00.000Z' };
/** @param {import('#hub/screens/offline.js').Keeping} keeping */
const words = (keeping) => readyWords(STATUS, 'paired', 'Asia/Seoul', keeping);

test('a device is ready when it knows the badges and the page would open again', () => {
  assert.equal(words({ state: 'kept' }), '네트워크 없이도 준비됨 · 명찰 121개 · 13:02 기준');
});

test('a device whose page is not kept is not ready, and says why', () => {
  assert.deepEqual(
    [words({ state: 'keeping' }), words({ state: 'partly', missing: ['/a', '/b'] }), words({ state: 'unable' })],
    [
      '명찰 121개 · 13:02 기준 · 이 화면을 저장하는 중입니다.',
      '명찰 121개 · 13:02 기준 · 이 화면의 파일을 다 저장하지 못해(2개 남음) 다시 시도합니다. 네트워크가 끊기면 화면을 닫거나 새로 고치지 마세요.',
      '명찰 121개 · 13:02 기준 · 이 브라우저는 화면을 저장하지 못합니다. 네트워크가 끊기면 화면을 닫거나 새로 고치지 마세요.',
    ],
  );
});

test('a device whose list was taken away says so, and does not wait for a list', () => {
  const words = (/** @type {import('#hub/checkin/queue/ready.js').Standing} */ standing) => readyWords(null, standing, 'Asia/Seoul', { state: 'kept' });
  assert.equal(words('refused'), '연결이 끝난 기기입니다. 이 기기의 명단을 지웠습니다.');
  assert.equal(new Set([words('refused'), words('paired'), words('unpaired')]).size, 3);
});
