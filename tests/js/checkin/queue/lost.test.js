import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { lostWords, tellLost } from '#hub/checkin/queue/lost.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { openPage } from '../../web/page.js';
import { until } from './device.js';

const NINE = Date.parse('2021-12-02T00:00:00.000Z');
const PAGE = '<div id="lost" hidden><p id="lost-words"></p><button id="lost-seen"></button></div>';
/** @type {Vault[]} */
let opened = [];
afterEach(() => {
  for (const vault of opened) void vault.close();
  opened = [];
});

/** @param {string} conf @param {string | null} device */
function vaultOf(conf, device) {
  const vault = new Vault(conf, device);
  opened.push(vault);
  return vault;
}

/** @param {string} id @param {number} made */
const scan = (id, made) => ({ id, made, ahead: 0, tab: 'tab', body: { scan_id: id, token: id, gate: 'main', at: new Date(made).toISOString() } });

test('how many scans are lost is said, from when they are, and what to do', () => {
  assert.equal(
    lostWords({ count: 3, from: NINE, to: NINE + 480_000 }, 'Asia/Seoul'),
    '보내지 못하게 된 스캔 3건 · 09:00–09:08에 이 기기에서 스캔함. 브라우저가 저장한 것을 지워 읽을 수 없습니다. 그때 들어온 분을 다시 스캔해 주세요. 두 번 스캔해도 한 번만 입장합니다.',
  );
});

test('scans of one minute have one time', () => {
  assert.match(lostWords({ count: 2, from: NINE, to: NINE + 30_000 }, 'Asia/Seoul'), /^보내지 못하게 된 스캔 2건 · 09:00에 이 기기에서 스캔함\. /);
});

test('scans of a device that this browser does not know any more are told until they are seen', async () => {
  const page = openPage(PAGE);
  Object.assign(globalThis, { localStorage: page.defaultView?.localStorage });
  const own = vaultOf('lost-1', 'now');
  const earlier = vaultOf('lost-1', 'earlier');
  await earlier.keep(scan('A', NINE));
  await earlier.keep(scan('B', NINE + 60_000));

  await tellLost(own, { conf: 'lost-1', device: 'now', zone: 'Asia/Seoul' });
  const line = /** @type {HTMLElement} */ (page.querySelector('#lost'));
  assert.deepEqual([line.hidden, page.querySelector('#lost-words')?.textContent?.slice(0, 45)], [false, '보내지 못하게 된 스캔 2건 · 09:00–09:01에 이 기기에서 스캔함. 브라'.slice(0, 45)]);
  /** @type {HTMLElement} */ (page.querySelector('#lost-seen')).click();

  await until(async () => (await earlier.waiting()).length === 0);
  assert.equal(line.hidden, true);
});

test('nothing is said where nothing is lost', async () => {
  const page = openPage(PAGE);
  Object.assign(globalThis, { localStorage: page.defaultView?.localStorage });
  const own = vaultOf('lost-2', 'now');
  await own.keep(scan('A', NINE));

  await tellLost(own, { conf: 'lost-2', device: 'now', zone: 'Asia/Seoul' });

  assert.deepEqual([/** @type {HTMLElement} */ (page.querySelector('#lost')).hidden, (await own.waiting()).length], [true, 1]);
});
