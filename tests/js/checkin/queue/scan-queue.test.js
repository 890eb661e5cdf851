import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { asTold } from '#hub/checkin/queue/scan.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { Device, until, WHERE } from './device.js';

/** @type {Device} */
let device;
beforeEach(() => void (device = new Device()));
afterEach(() => device.close());

const ADMITTED = { verdict: 'admitted' };
const tokens = () => device.server.scans.map(({ token }) => token);

test('a scan is kept before it is shown, sent under one id, and gone with the answer', async () => {
  const page = await device.open();
  const scan = await page.scan('A');
  await device.server.arrived(1);

  assert.deepEqual((await page.vault.waiting()).map(({ id }) => id), [scan.id]);
  assert.deepEqual(page.shown, [['A', 'sending']]);
  const [sent] = device.server.received;
  assert.deepEqual([sent?.url, sent?.csrf], ['/redeem/batch', 'token-1']);
  assert.deepEqual(sent?.scans[0], { scan_id: scan.id, token: 'A', ...WHERE, at: '2021-12-02T00:00:01.000Z', sent_at: '2021-12-02T00:00:01.000Z' });
  await device.server.answerAll(ADMITTED);
  await until(async () => (await page.vault.waiting()).length === 0);

  assert.deepEqual([page.shown.at(-1), scan.answer?.data.verdict, page.queue.open, await page.vault.waiting()], [['A', 'confirmed'], 'admitted', [], []]);
});

test('what lies on the disk cannot be read without the key', async () => {
  const page = await device.open();
  await page.scan('SECRETTOKEN');
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open(`checkin:${device.conf}`);
    opening.onsuccess = () => resolve(opening.result);
  });
  const rows = await new Promise((resolve) => {
    const all = db.transaction('scans').objectStore('scans').getAll();
    all.onsuccess = () => resolve(all.result);
  });
  db.close();

  assert.deepEqual(rows.map((/** @type {object} */ row) => Object.keys(row).toSorted()), [['acted', 'data', 'id', 'iv', 'made', 'tab']]);
  assert.equal(Buffer.from(rows[0].data).includes('SECRETTOKEN'), false);
});

test('one batch is answered after another, each scan in its turn', async () => {
  const page = await device.open();
  await page.scan('A');
  await device.server.arrived(1);
  await page.scan('B');
  await page.scan('C');
  assert.deepEqual(tokens(), ['A']);
  await device.server.answerAll(ADMITTED);
  await device.server.arrived(2);
  await device.server.answerAll(ADMITTED);
  await until(() => page.queue.open.length === 0);

  assert.deepEqual(tokens(), ['A', 'B', 'C']);
  assert.deepEqual(page.shown.filter(([, phase]) => phase === 'confirmed'), [['A', 'confirmed'], ['B', 'confirmed'], ['C', 'confirmed']]);
});

test('without an answer the same scan is sent again until there is one, and says how much later', async () => {
  const page = await device.open();
  const scan = await page.scan('A');
  await device.server.arrived(1);
  await device.server.answer(null);
  device.now += 7 * 60_000;
  await device.server.untilNextTry();
  await device.server.answerAll(ADMITTED);
  await until(() => !scan.open);

  assert.deepEqual(device.server.scans.map(({ scan_id, at, sent_at, acted }) => [scan_id, at, sent_at, acted]), [
    [scan.id, '2021-12-02T00:00:01.000Z', '2021-12-02T00:00:01.000Z', undefined],
    [scan.id, '2021-12-02T00:00:01.000Z', '2021-12-02T00:07:01.000Z', 'held'],
  ]);
  assert.deepEqual(page.shown.map(([, phase]) => phase), ['sending', 'retrying', 'confirmed']);
});

test('who waited longer than ten seconds for an answer is told as held, not who goes out, nor what the device did itself', () => {
  /** @param {Record<string, unknown>} body */
  const waiting = (body) => ({ id: 's', made: 0, ahead: 0, tab: 't', body });
  const told = (/** @type {Record<string, unknown>} */ body, /** @type {number} */ now) => asTold(waiting(body), now).body.acted;

  assert.deepEqual([told({ direction: 'in' }, 10_000), told({ direction: 'in' }, 10_001), told({ direction: 'in', acted: 'refused' }, 10_001), told({ direction: 'out' }, 10_001)], [undefined, 'held', 'refused', undefined]);
});

test('a clock that is set right while scans wait moves nothing', async () => {
  device.clock.offset = -7 * 60_000;
  const page = await device.open();
  await page.scan('A');
  await device.server.arrived(1);
  await device.server.answer(null);
  device.now += 20 * 60_000 - 7 * 60_000;
  device.clock.offset = 0;
  await device.server.untilNextTry();

  const { at, sent_at } = device.server.scans.at(-1) ?? {};
  assert.equal(Date.parse(sent_at) - Date.parse(at), 20 * 60_000);
});

test('a busy server is no answer', async () => {
  const page = await device.open();
  await page.scan('A');
  for (const status of [503, 500, 429]) {
    await device.server.arrived(device.server.received.length || 1);
    await device.server.refuse('busy', status);
    await device.server.untilNextTry();
  }
  await device.server.answerAll(ADMITTED);
  await until(() => page.queue.open.length === 0);

  assert.deepEqual(page.shown.at(-1), ['A', 'confirmed']);
});

test('a page that is killed with a full queue loses nothing: the next one sends it, in order', async () => {
  const first = await device.open();
  for (const token of ['A', 'B', 'C']) await first.scan(token);
  await device.server.arrived(1);
  first.kill();
  const lost = device.server;
  device.server = new (/** @type {any} */ (lost.constructor))();
  device.locks.free('sending');
  device.locks = new (/** @type {any} */ (device.locks.constructor))();
  const next = await device.open();
  await device.server.arrived(1);
  await device.server.answerAll(ADMITTED);
  await until(() => next.queue.open.length === 0);

  assert.deepEqual(tokens(), ['A', 'B', 'C']);
  assert.deepEqual(next.shown, [['A', 'confirmed'], ['B', 'confirmed'], ['C', 'confirmed']]);
  assert.deepEqual(device.server.scans[0]?.scan_id, lost.scans[0]?.scan_id);
});

test('two pages of a device send each scan once, and each shows its own', async () => {
  const [one, two] = [await device.open(), await device.open()];
  await one.scan('A');
  await device.server.arrived(1);
  await two.scan('B');
  await one.scan('C');
  await device.server.answerAll(ADMITTED);
  await device.server.arrived(2);
  await device.server.answerAll(ADMITTED);
  await until(() => one.queue.open.length + two.queue.open.length === 0);

  assert.deepEqual(tokens(), ['A', 'B', 'C']);
  const confirmed = (/** @type {typeof one} */ page) => page.shown.filter(([, phase]) => phase === 'confirmed').map(([token]) => token);
  assert.deepEqual([confirmed(one), confirmed(two)], [['A', 'C'], ['B']]);
});

for (const [code, status, trouble] of /** @type {[string, number, string][]} */ ([
  ['not_signed_in', 401, 'signed_out'],
  ['archived', 409, 'unreached'],
])) {
  test(`a device that is refused with ${code} keeps its scans and says why they wait`, async () => {
    const page = await device.open();
    const scan = await page.scan('A');
    await device.server.arrived(1);
    await device.server.refuse(code, status);
    await until(() => page.waiting?.trouble);

    assert.deepEqual(page.waiting, { count: 1, unplaced: 0, oldestAt: '2021-12-02T00:00:01.000Z', unsaved: 0, trouble });
    assert.equal(scan.open, true);
  });
}

test('a scan for which the disk has no room is sent all the same, and counted as unsaved', async () => {
  class FullVault extends Vault {
    /** @override @returns {Promise<void>} */
    keep() {
      return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    }
  }
  const page = await device.open({ vault: new FullVault(device.conf) });
  await page.scan('A');
  await device.server.arrived(1);
  await until(() => page.queue.unsaved === 1 && page.waiting?.unsaved === 1);
  assert.deepEqual([page.queue.unsaved, page.waiting?.unsaved], [1, 1]);
  await device.server.answerAll(ADMITTED);
  await until(() => page.queue.open.length + page.queue.unsaved === 0);

  assert.deepEqual([page.shown, page.queue.unsaved], [[['A', 'sending'], ['A', 'confirmed']], 0]);
});

test('without the network the roster answers at once, and the server is told what was done', async () => {
  device.online = false;
  const page = await device.open();
  page.queue.answerBy({ answer: async () => ({ verdict: 'known', acted: 'admitted', as_of: '2021-12-02T00:00:00Z' }) });
  const scan = await page.scan('A');
  await device.server.arrived(1);

  assert.deepEqual([page.shown, scan.local?.verdict], [[['A', 'sending'], ['A', 'local']], 'known']);
  assert.deepEqual((await page.vault.waiting()).map(({ body }) => body.acted), ['admitted']);
});

test('an answer to a scan that the device answered itself meanwhile is not the last word', async () => {
  const page = await device.open();
  page.queue.answerBy({ answer: async () => ({ verdict: 'known', acted: 'admitted', as_of: '2021-12-02T00:00:00Z' }) });
  const scan = await page.scan('A');
  await device.server.arrived(1);
  await device.server.timers.pass(1_000);
  await until(() => scan.phase === 'local');
  assert.equal(scan.phase, 'local');
  await device.server.answerAll({ verdict: 'already_inside' });
  await device.server.arrived(2);
  assert.equal(scan.phase, 'local');
  await device.server.answerAll(ADMITTED);
  await until(() => !scan.open);

  assert.deepEqual(device.server.scans.map(({ acted }) => acted), [undefined, 'admitted']);
  assert.deepEqual([scan.phase, scan.answer?.data.verdict], ['confirmed', 'admitted']);
});

/** Fill a disk with the scans of a page that is gone. @param {string[]} tokens */
async function left(tokens) {
  const vault = new Vault(device.conf);
  for (const [index, token] of tokens.entries()) {
    const at = new Date(device.now + index).toISOString();
    await vault.keep({ id: `scan-${index}`, made: device.now + index, ahead: 0, tab: 'gone', body: { token, ...WHERE, at, scan_id: `scan-${index}` } });
  }
  await vault.close();
  device.now += 60_000;
}

test('a hundred scans go in small batches, and one of just now does not wait behind them', async () => {
  await left(Array.from({ length: 100 }, (_, index) => `old ${index}`));
  const page = await device.open();
  await device.server.arrived(1);
  await page.scan('new');
  await device.server.answerAll(ADMITTED);
  await device.server.arrived(2);
  await device.server.answerAll(ADMITTED);
  await device.server.arrived(3);

  assert.deepEqual(device.server.received.map(({ scans }) => [scans.length, scans.at(-1).token]), [[20, 'old 19'], [51, 'new'], [30, 'old 99']]);
});

test('a scan over which the server fails does not stop the others, and stays', async () => {
  await left(['A', 'poison', 'C']);
  const page = await device.open();
  for (let count = 1; page.queue.open.length > 1; count += 1) {
    await device.server.arrived(count);
    const sent = device.server.received[count - 1]?.scans.map((/** @type {any} */ { token }) => token);
    if (sent.includes('poison')) await device.server.refuse('internal', 500);
    else await device.server.answerAll(ADMITTED);
    await until(() => page.queue.open.length <= 1 || device.server.received.length > count);
  }

  assert.deepEqual(page.queue.open.map(({ body }) => body.token), ['poison']);
  assert.deepEqual(page.shown.filter(([, phase]) => phase === 'confirmed').map(([token]) => token), ['A', 'C']);
});

test('what staff overrule is not kept: without an answer it is refused in words', async () => {
  const page = await device.open();
  const scan = page.queue.submit({ token: 'A' }, { ...WHERE, force: true });
  for (const count of [1, 2, 3]) {
    await device.server.arrived(count);
    await device.server.answer(null);
    await device.server.timers.pass(1_000);
  }
  await until(async () => !scan.open && (await page.vault.waiting()).length === 0);

  assert.deepEqual([scan.phase, scan.answer?.code, await page.vault.waiting()], ['refused', 'unreached', []]);
});

/** Scan before a gate was chosen. @param {import('./device.js').Page} page @param {string} token */
async function scanWithoutGate(page, token) {
  device.now += 1_000;
  const scan = page.queue.submit({ token }, { direction: 'in' });
  await page.queue.settled;
  return scan;
}

test('a scan from before a gate was chosen is kept, sent by nobody, and belongs to the gate that is chosen next', async () => {
  const page = await device.open();
  const scan = await scanWithoutGate(page, 'A');
  await page.queue.flush();
  assert.deepEqual([page.shown, device.server.received, (await page.vault.waiting()).map(({ id }) => id)], [[['A', 'unplaced']], [], [scan.id]]);
  await until(() => page.waiting?.unplaced === 1);

  page.queue.place('east');
  await device.server.arrived(1);
  assert.deepEqual(device.server.scans.map(({ token, gate, at }) => [token, gate, at]), [['A', 'east', '2021-12-02T00:00:01.000Z']]);
  await device.server.answerAll(ADMITTED);
  await until(async () => !scan.open && (await page.vault.waiting()).length === 0);

  assert.deepEqual(page.shown, [['A', 'unplaced'], ['A', 'sending'], ['A', 'confirmed']]);
});

test('scans without a gate survive their page, and hold up no others', async () => {
  const first = await device.open();
  await scanWithoutGate(first, 'A');
  first.kill();
  const next = await device.open();
  await until(() => next.waiting?.unplaced === 1);
  assert.deepEqual(next.shown, [['A', 'unplaced']]);
  await next.scan('B');
  await device.server.arrived(1);
  await device.server.answerAll(ADMITTED);
  assert.deepEqual(tokens(), ['B']);

  next.queue.place('east');
  await device.server.arrived(2);
  await device.server.answerAll(ADMITTED);
  await until(() => next.queue.open.length === 0);

  assert.deepEqual(device.server.scans.map(({ token, gate }) => [token, gate]), [['B', 'main'], ['A', 'east']]);
});

test('a page that has its gate takes over what a page that is gone made without one', async () => {
  const page = await device.open();
  page.queue.place('main');
  const other = await device.open();
  await scanWithoutGate(other, 'A');
  other.kill();
  await page.queue.settled;
  assert.deepEqual(device.server.received, []);

  page.queue.place('east');
  await device.server.arrived(1);

  assert.deepEqual(device.server.scans.map(({ token, gate }) => [token, gate]), [['A', 'east']]);
});

test('scans whose key was deleted do not keep later ones from being sent', async () => {
  await left(['A', 'B']);
  await deleteQueueKey();
  const page = await device.open();
  const scan = await page.scan('C');
  await device.server.arrived(1);
  await device.server.answerAll(ADMITTED);
  await until(() => !scan.open);

  assert.deepEqual(tokens(), ['C']);
  assert.deepEqual(await page.vault.lost(), { count: 2, from: Date.parse('2021-12-02T00:00:00.000Z'), to: Date.parse('2021-12-02T00:00:00.001Z') });
});

/** What browsers do to storage by halves. */
async function deleteQueueKey() {
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open(`checkin:${device.conf}`);
    opening.onsuccess = () => resolve(opening.result);
  });
  await new Promise((resolve) => {
    const transaction = db.transaction('keys', 'readwrite');
    transaction.objectStore('keys').delete('queue');
    transaction.oncomplete = resolve;
  });
  db.close();
}
