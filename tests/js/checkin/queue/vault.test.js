import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { sendLeftovers } from '#hub/checkin/queue/leftovers.js';
import { Vault } from '#hub/checkin/queue/vault.js';

/** @type {Vault[]} */
let opened = [];
let confs = 0;
afterEach(() => {
  for (const vault of opened) void vault.close();
  opened = [];
});

/** @param {string} conf @param {string | null} [device] */
function vaultOf(conf, device = null) {
  const vault = new Vault(conf, device);
  opened.push(vault);
  return vault;
}

/** @param {string} id @param {number} made */
const scan = (id, made) => ({ id, made, ahead: 0, tab: 'tab', body: { scan_id: id, token: id, gate: 'main', at: new Date(made).toISOString() } });

/** @param {string} conf @returns {Promise<IDBValidKey[]>} */
async function keysOf(conf) {
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open(`checkin:${conf}`);
    opening.onsuccess = () => resolve(opening.result);
  });
  const keys = await new Promise((resolve) => {
    const all = db.transaction('keys').objectStore('keys').getAllKeys();
    all.onsuccess = () => resolve(all.result);
  });
  db.close();
  return keys;
}

test('the key goes with the last answer, and what comes then has a new one', async () => {
  const conf = `vault-${(confs += 1)}`;
  const vault = vaultOf(conf);
  const [a, b, c] = [scan('A', 1), scan('B', 2), scan('C', 3)];
  await vault.keep(a);
  await vault.keep(b);
  await vault.drop(a);
  assert.deepEqual([await keysOf(conf), (await vault.waiting()).map(({ id }) => id)], [['queue'], ['B']]);
  await vault.drop(b);
  assert.deepEqual(await keysOf(conf), []);

  await vault.keep(c);
  assert.deepEqual((await vault.waiting()).map(({ body }) => body.token), ['C']);
});

test('a scan that is kept while the last one is answered can be read', async () => {
  const conf = `vault-${(confs += 1)}`;
  const [one, two] = [vaultOf(conf), vaultOf(conf)];
  for (let round = 0; round < 20; round += 1) {
    const [last, next] = [scan(`last-${round}`, round), scan(`next-${round}`, round)];
    await one.keep(last);
    await Promise.all([one.drop(last), two.keep(next)]);
    assert.deepEqual((await one.waiting()).map(({ id, body }) => [id, body.token]), [[next.id, next.id]]);
    await two.drop(next);
  }
});

test('the roster goes without the scans, and the scans without the roster', async () => {
  const conf = `vault-${(confs += 1)}`;
  const vault = vaultOf(conf);
  await vault.keep(scan('A', 1));
  await vault.keepRoster({ badges: [] });
  await vault.forgetRoster();
  assert.deepEqual([await vault.roster(), (await vault.waiting()).length], [null, 1]);
});

test('what one device made is no other device\'s', async () => {
  const conf = `vault-${(confs += 1)}`;
  await vaultOf(conf, 'a').keep(scan('A', 1));

  assert.deepEqual([await vaultOf(conf, 'b').waiting(), await vaultOf(conf).waiting()], [[], []]);
  assert.deepEqual((await vaultOf(conf, 'a').waiting()).map(({ id }) => id), ['A']);
});

/** @param {Record<string, string>} kept @returns {Storage} */
function memory(kept) {
  const store = new Map(Object.entries(kept));
  return /** @type {any} */ (Object.assign(Object.fromEntries(store), { getItem: (/** @type {string} */ name) => store.get(name) ?? null, setItem: (/** @type {string} */ name, /** @type {string} */ value) => void store.set(name, value), removeItem: (/** @type {string} */ name) => void store.delete(name) }));
}

/** @param {string} conf @param {number} status */
function hub(conf, status) {
  /** @type {any[]} */
  const received = [];
  globalThis.localStorage = memory({ [`device:${conf}`]: JSON.stringify({ device: 'a', key: 'key' }) });
  return {
    received,
    fetch: /** @type {any} */ (async (/** @type {string} */ url, /** @type {any} */ { headers, body, credentials }) => {
      const { scans } = JSON.parse(body);
      received.push([url, headers['X-Upload-Key'], credentials, scans.map((/** @type {any} */ one) => one.scan_id)]);
      const answers = scans.map((/** @type {any} */ { scan_id }) => ({ scan_id, ok: true, quarantined: true }));
      return Response.json(status === 200 ? { answers } : { error: { code: 'not_signed_in', message: '' } }, { status });
    }),
  };
}

test('what an ended device left is sent by its own key, and gone', async () => {
  const conf = `vault-${(confs += 1)}`;
  const vault = vaultOf(conf, 'a');
  await vault.keep(scan('A', 1));
  await vault.keep(scan('B', 2));
  const { fetch, received } = hub(conf, 200);

  await sendLeftovers({ but: 'a' }, { fetch });
  assert.deepEqual(received, []);
  await sendLeftovers({ but: 'b' }, { fetch });

  assert.deepEqual(received, [[`/api/v1/c/${conf}/checkin/device/upload`, 'a.key', 'omit', ['A', 'B']]]);
  assert.deepEqual(await vault.waiting(), []);
});

test('what the hub does not take stays', async () => {
  const conf = `vault-${(confs += 1)}`;
  const vault = vaultOf(conf, 'a');
  await vault.keep(scan('A', 1));
  const { fetch, received } = hub(conf, 401);

  await sendLeftovers({}, { fetch });

  assert.deepEqual([received.length, (await vault.waiting()).length], [1, 1]);
});

/** @param {string} name */
function deleted(name) {
  return new Promise((resolve) => {
    indexedDB.deleteDatabase(name).onsuccess = resolve;
  });
}

test('a database that the browser deleted while scans waited is told, until somebody has read it', async () => {
  const conf = `vault-${(confs += 1)}`;
  const kept = memory({});
  const vault = new Vault(conf, 'a', kept);
  await vault.keep(scan('A', 1));
  await vault.keep(scan('B', 2));
  await vault.close();
  await deleted(`checkin:${conf}:a`);

  const next = new Vault(conf, 'a', kept);
  opened.push(next);
  assert.deepEqual([await next.waiting(), await next.lost()], [[], { count: 2, from: null, to: null }]);
  await next.keep(scan('C', 3));
  assert.deepEqual([(await next.waiting()).map(({ id }) => id), (await next.lost())?.count], [['C'], 2]);
  await next.forgetLost();
  assert.deepEqual([(await next.waiting()).map(({ id }) => id), await next.lost()], [['C'], null]);
});

test('a database that the browser deleted when nothing waited is no loss', async () => {
  const conf = `vault-${(confs += 1)}`;
  const kept = memory({});
  const vault = new Vault(conf, 'a', kept);
  await vault.keep(scan('A', 1));
  await vault.drop(scan('A', 1));
  await vault.close();
  await deleted(`checkin:${conf}:a`);
  const next = new Vault(conf, 'a', kept);
  opened.push(next);

  assert.equal(await next.lost(), null);
});

test('what the device did last is sealed, and goes with whoever signs out', async () => {
  const conf = `vault-${(confs += 1)}`;
  const vault = vaultOf(conf);
  await vault.keepDone('A', { state: 'stands' });
  await vault.keepDone('B', { state: 'undone' });
  await vault.dropDone('B');
  await vault.keepRoster({ badges: [] });
  await vault.forgetRoster();
  assert.deepEqual([await vault.done(), await keysOf(conf)], [[{ state: 'stands' }], ['done']]);

  await vault.forgetPeople();

  assert.deepEqual([await vault.done(), await keysOf(conf)], [[], []]);
});
