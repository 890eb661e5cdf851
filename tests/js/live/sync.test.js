import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '#hub/live/store.js';
import { Sync } from '#hub/live/sync.js';
import { stateRequest } from '#hub/live/state-request.js';
import { ServerClock } from '#hub/web/server-clock.js';
import { FakeServer, entry } from './fakes.js';

const BASE = '/api/v1/c/best-practice-2021/state?stream=public';

/** @param {FakeServer} server */
function syncWith(server) {
  const store = new Store();
  const clock = new ServerClock();
  /** @type {string[]} */
  const replies = [];
  const request = stateRequest({
    conf: 'best-practice-2021', stream: 'public', fetch: server.fetch, clock, now: () => 0,
  });
  const sync = new Sync({ store, request, onReply: (kind) => void replies.push(kind), wait: async () => {} });
  return { store, sync, replies, clock };
}

/** @param {number} entries */
function serverWith(entries) {
  const server = new FakeServer();
  server.append(entries);
  return server;
}

test('the first question is for the snapshot', async () => {
  const server = serverWith(3);
  const { store, sync } = syncWith(server);
  await sync.refetch();
  assert.deepEqual([server.asked, store.head, store.get('gate/3')], [[BASE], 3, { seq: 3 }]);
});

test('the snapshot is asked for again until the server answers', async () => {
  const server = serverWith(1);
  server.troubles = [0, 503];
  const { store, sync, replies } = syncWith(server);
  await sync.refetch();
  assert.deepEqual([replies, store.head], [['failed', 'failed', 'state'], 1]);
});

test('the clock is set by the server, never by what a cache kept', async () => {
  const server = serverWith(1);
  const { sync, clock } = syncWith(server);
  server.cached = true;
  await sync.refetch();
  assert.equal(clock.offset(0), 0);
  server.cached = false;
  await sync.check();
  assert.equal(clock.offset(0), Date.parse('2021-12-02T00:20:00.000Z'));
});

test('a refusal ends the questions', async () => {
  const server = serverWith(1);
  server.troubles = [403];
  const { sync, replies } = syncWith(server);
  await sync.refetch();
  await sync.check();
  assert.deepEqual([replies, server.asked.length], [['refused'], 1]);
});

test('a gap is closed by asking for what is missing', async () => {
  const server = serverWith(2);
  const { store, sync } = syncWith(server);
  await sync.refetch();
  const [, late] = server.append(2);
  await sync.take([/** @type {any} */ (late)]);
  assert.deepEqual([server.asked, store.head], [[BASE, `${BASE}&after=2`], 4]);
});

test('what arrived and what was seen asks nothing', async () => {
  const server = serverWith(2);
  const { store, sync } = syncWith(server);
  await sync.refetch();
  await sync.take(server.append());
  await sync.take([entry(3)]);
  await sync.exists(3);
  assert.deepEqual([server.asked, store.head], [[BASE], 3]);
});

test('entries that overtake the snapshot are asked for after it', async () => {
  const server = serverWith(2);
  const { store, sync } = syncWith(server);
  const loading = sync.refetch();
  void sync.take(server.append());
  await loading;
  assert.deepEqual([server.asked, store.head], [[BASE, `${BASE}&after=2`], 3]);
});

test('a head that is lower than what was asked from means another history: the snapshot is taken again', async () => {
  const server = serverWith(5);
  const { store, sync } = syncWith(server);
  await sync.refetch();
  server.journal = [];
  server.append(2);
  await sync.check();
  assert.deepEqual([store.head, store.get('gate/5')], [2, undefined]);
});

test('a promised entry that the server does not have is given up after three questions', async () => {
  const server = serverWith(2);
  const { sync } = syncWith(server);
  await sync.refetch();
  await sync.exists(9);
  assert.equal(server.asked.length, 4);
});

test('a reset during an answer makes that answer void', async () => {
  const server = serverWith(2);
  const { store, sync } = syncWith(server);
  const running = sync.refetch();
  server.append();
  void sync.refetch();
  await running;
  assert.deepEqual([server.asked, store.head], [[BASE, BASE], 3]);
});

test('a 403 that is not the hub\'s own, such as that of a filter on the way, is no refusal', async () => {
  const server = serverWith(1);
  const answers = [new Response('<h1>Blocked</h1>', { status: 403 }), Response.json({}, { status: 404 })];
  const { request } = asking(/** @type {any} */ (async (/** @type {any[]} */ ...args) => answers.shift() ?? server.fetch(.../** @type {[any]} */ (args))));
  assert.deepEqual(await request(null), { kind: 'failed', againMs: 0 });
  assert.deepEqual(await request(null), { kind: 'failed', againMs: 0 });
  assert.equal((await request(null)).kind, 'state');
});

test('a server that names a time is not asked before, and never waited for longer than half a minute', async () => {
  for (const [named, waited] of [['7', 7_000], ['3600', 30_000]]) {
    const server = serverWith(1);
    const full = new Response('', { status: 503, headers: { 'Retry-After': String(named) } });
    const { request } = asking(/** @type {any} */ (async (/** @type {any[]} */ ...args) => (server.asked.length === 0 ? (server.asked.push('full'), full) : server.fetch(.../** @type {[any]} */ (args)))));
    /** @type {number[]} */
    const pauses = [];
    const sync = new Sync({ store: new Store(), request, onReply: () => {}, wait: async (ms) => void pauses.push(ms) });
    await sync.refetch();
    assert.deepEqual(pauses, [waited]);
  }
});

/** @param {typeof globalThis.fetch} fetch */
function asking(fetch) {
  return { request: stateRequest({ conf: 'best-practice-2021', stream: 'public', fetch, clock: new ServerClock(), now: () => 0 }) };
}
