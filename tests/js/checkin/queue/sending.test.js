import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { keepSending, waitingWords } from '#hub/checkin/queue/sending.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { notices, openPage } from '../../web/page.js';
import { Device, until, WHERE } from './device.js';

/** @typedef {import('#hub/checkin/queue/scan-queue.js').Waiting} Waiting */

const NOW = Date.parse('2021-12-02T00:10:00.000Z');
const FULL = '기기의 저장 공간이 가득 찼습니다. 이 화면을 닫으면 스캔 기록을 잃습니다.';
/** @type {Waiting} */
const NONE = { count: 0, unplaced: 0, oldestAt: null, unsaved: 0, trouble: null };

/** The ticker of a page never ends; it does not keep the process alive. */
const later = globalThis.setTimeout;
globalThis.setTimeout = /** @type {typeof later} */ (
  (/** @type {() => void} */ fn, /** @type {number} */ ms) => {
    const timer = later(fn, ms);
    return ms >= 100 ? timer.unref() : timer;
  }
);

/** @type {Device} */
let device;
/** What the page's `window` tells. */
let view = new EventTarget();
beforeEach(() => {
  device = new Device();
  view = new EventTarget();
  const kept = new Map();
  const storage = { getItem: (/** @type {string} */ name) => kept.get(name) ?? null, setItem: (/** @type {string} */ name, /** @type {string} */ value) => void kept.set(name, value) };
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  Object.assign(globalThis, { addEventListener: view.addEventListener.bind(view) });
  openPage('<p id="unanswered" hidden></p><p id="gates-waiting"></p>');
});
afterEach(() => device.close());

/** @param {'visible' | 'hidden'} state */
function turn(state) {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new (/** @type {any} */ (document.defaultView).Event)('visibilitychange'));
}

/** A page with a scan that was sent in vain: it waits for the timer, which no test here lets go on. */
async function inVain() {
  const page = await device.open();
  const sending = keepSending(page.queue, { conf: device.conf });
  await page.scan('A');
  await device.server.arrived(1);
  await device.server.answer(null);
  await until(() => !shown().hidden);
  const again = mock.method(page.queue, 'flush');
  return { ...sending, asked: () => again.mock.callCount() };
}

/** Sent again, and not for the timer. @param {() => void} act */
async function sentAgainBy(act) {
  act();
  await until(() => device.server.received.length === 2);
  assert.deepEqual(device.server.scans.map(({ token }) => token), ['A', 'A']);
}

function shown() {
  const line = /** @type {HTMLElement} */ (document.querySelector('#unanswered'));
  return { hidden: line.hidden, words: line.textContent };
}

/** Draw what waits. @param {Partial<Waiting>} waiting */
function draw(waiting) {
  const queue = { unsaved: 0, flush: async () => {}, onWaiting: (/** @type {(now: Waiting) => void} */ told) => told({ ...NONE, ...waiting }) };
  keepSending(/** @type {any} */ (queue), { conf: device.conf });
  return shown();
}

/** @param {number} ms */
const ago = (ms) => new Date(Date.now() - ms).toISOString();

for (const [trigger, act] of /** @type {[string, () => void][]} */ ([
  ['the network is back', () => view.dispatchEvent(new Event('online'))],
  ['the page is shown again', () => view.dispatchEvent(new Event('pageshow'))],
  ['somebody looks at the page again', () => turn('visible')],
])) {
  test(`what waits is sent at once when ${trigger}`, async () => {
    await inVain();
    await sentAgainBy(act);
  });
}

test('what waits is sent at once when the page is connected again, not while it looks for the server', async () => {
  const sending = await inVain();
  for (const state of /** @type {const} */ (['connecting', 'delayed', 'refused'])) sending.connected(/** @type {any} */ (state));
  turn('hidden');
  assert.equal(sending.asked(), 0);

  await sentAgainBy(() => sending.connected('live'));
});

test('what waits from before is sent when the page starts', async () => {
  const vault = new Vault(device.conf);
  await vault.keep({ id: 's', made: device.now, ahead: 0, tab: 'gone', body: { token: 'A', ...WHERE, at: new Date(device.now).toISOString(), scan_id: 's' } });
  await vault.close();
  const page = await device.open();
  keepSending(page.queue, { conf: device.conf });
  await device.server.arrived(1);

  assert.deepEqual(device.server.scans.map(({ token }) => token), ['A']);
});

test('the line says how many wait, since when, and why', () => {
  const oldestAt = '2021-12-02T00:05:59.000Z';
  assert.deepEqual(
    [
      { count: 7, oldestAt },
      { count: 7, oldestAt: '2021-12-02T00:09:00.001Z' },
      { count: 7, oldestAt, trouble: /** @type {const} */ ('unreached') },
      { count: 7, oldestAt, trouble: /** @type {const} */ ('signed_out') },
      { count: 7, oldestAt, unsaved: 1, trouble: /** @type {const} */ ('signed_out') },
      { count: 7, oldestAt, unplaced: 2 },
    ].map((waiting) => waitingWords({ ...NONE, ...waiting }, NOW)),
    [
      '전송 대기 7건 · 가장 오래된 것 4분',
      '전송 대기 7건 · 가장 오래된 것 1분 미만',
      '전송 대기 7건 · 가장 오래된 것 4분',
      '전송 대기 7건 · 가장 오래된 것 4분 · 로그인해야 보낼 수 있습니다. 스캔은 이 기기에 남아 있습니다.',
      `전송 대기 7건 · 가장 오래된 것 4분 · ${FULL}`,
      '출입구를 고르면 보낼 스캔 2건 · 가장 오래된 것 4분',
    ],
  );
});

test('a single scan of just now is not said to wait', () => {
  assert.deepEqual(draw({ count: 1, oldestAt: ago(0) }), { hidden: true, words: '' });
});

test('a single scan is said to wait when its answer does not come, and when something is wrong', () => {
  const oldestAt = ago(0);
  const lines = [{ oldestAt: ago(3_000) }, { oldestAt, unsaved: 1 }, { oldestAt, unplaced: 1 }, { oldestAt, trouble: /** @type {const} */ ('unreached') }].map((waiting) => draw({ count: 1, ...waiting }));

  assert.deepEqual(lines.map(({ hidden }) => hidden), [false, false, false, false]);
  assert.deepEqual(lines[0]?.words, '전송 대기 1건 · 가장 오래된 것 1분 미만');
});

test('a disk that is full is said once, and by the line for as long as it is', () => {
  const { words } = draw({ count: 1, unsaved: 1, oldestAt: ago(0) });

  assert.deepEqual([notices(), words], [[FULL], `전송 대기 1건 · 가장 오래된 것 1분 미만 · ${FULL}`]);
});
