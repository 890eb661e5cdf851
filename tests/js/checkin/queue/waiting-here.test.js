import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { keepPairing } from '#hub/checkin/device.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { tellWaiting, waitingHereWords } from '#hub/checkin/queue/waiting-here.js';
import { openPage } from '../../web/page.js';

/** @type {Vault[]} */
let opened = [];
afterEach(() => {
  for (const vault of opened) void vault.close();
  opened = [];
});

/** Keep scans in a vault of its own. @param {string} conf @param {string | null} device @param {number} count */
async function keep(conf, device, count) {
  const vault = new Vault(conf, device);
  opened.push(vault);
  for (let made = 1; made <= count; made += 1) await vault.keep({ id: `${conf}-${device}-${made}`, made, ahead: 0, tab: 'tab', body: { token: 'A' } });
  return vault;
}

test('what waits for pairing and what waits for a sign-in are said apart, and nothing where nothing waits', async () => {
  const page = openPage('<div id="scans-waiting" hidden></div>');
  Object.assign(globalThis, { localStorage: page.defaultView?.localStorage });
  const place = /** @type {HTMLElement} */ (page.querySelector('#scans-waiting'));
  await tellWaiting(place);
  assert.deepEqual([place.hidden, place.textContent], [true, '']);

  keepPairing('one', { device: 'known', key: 'key' });
  const own = await keep('one', 'known', 3);
  await keep('one', 'of-nobody', 4);
  await keep('two', null, 2);
  await tellWaiting(place);
  assert.deepEqual([place.hidden, [...place.children].map((line) => line.textContent)], [false, waitingHereWords({ paired: 3, unpaired: 2 })]);

  for (const scan of await own.waiting()) await own.drop(scan);
  await tellWaiting(place);
  assert.deepEqual([...place.children].map((line) => line.textContent), waitingHereWords({ paired: 0, unpaired: 2 }));
});

test('the words say how many wait and what sends them', () => {
  assert.deepEqual(waitingHereWords({ paired: 60, unpaired: 2 }), [
    '이 기기에 보내지 못한 스캔이 60건 있습니다. 기기를 다시 연결하면 전송합니다.',
    '이 기기에 보내지 못한 스캔이 2건 있습니다. 로그인해 체크인 화면을 열면 전송합니다. 전송하기 전에는 이 기기를 연결하지 마세요.',
  ]);
});
