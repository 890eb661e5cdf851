import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Link, stateOf } from '#hub/live/link.js';
import { Store } from '#hub/live/store.js';
import { ServerClock } from '#hub/web/server-clock.js';
import { FakeTimers, settle } from '../web/fakes.js';
import { FakeServer, FakeSocket } from './fakes.js';

const BASE = '/api/v1/c/best-practice-2021/state?stream=public';

/** @param {{troubles?: number[], silent?: boolean}} [how] `silent`: the server never answers over HTTP */
function begun({ troubles = [], silent = false } = {}) {
  const server = new FakeServer();
  server.append(2);
  server.troubles = troubles;
  const timers = new FakeTimers();
  const store = new Store();
  const clock = new ServerClock();
  /** @type {string[]} */
  const states = [];
  /** @type {FakeSocket[]} */
  const sockets = [];
  const network = { online: true };
  const link = new Link(
    { conf: 'best-practice-2021', stream: 'public', store, onState: (state) => states.push(state) },
    {
      open: (auth) => {
        const socket = new FakeSocket(auth);
        sockets.push(socket);
        return socket;
      },
      fetch: silent ? () => new Promise(() => {}) : server.fetch,
      clock,
      now: () => timers.now,
      after: timers.after,
      online: () => network.online,
    },
  );
  return { server, timers, store, clock, states, link, sockets, network };
}

/** @param {{troubles?: number[], came?: (server: FakeServer) => import('#hub/live/state-request.js').State}} [how] `came`: what the page came with */
async function started({ troubles, came } = {}) {
  const page = begun({ troubles });
  const starting = page.link.start(came?.(page.server));
  const headAtOnce = page.store.head;
  await (troubles ? settle() : starting);
  const socket = /** @type {FakeSocket} */ (page.sockets[0]);
  return { ...page, socket, headAtOnce };
}

/** @param {FakeServer} server */
function stateInPage({ head, snapshot }) {
  return { head, snapshot, now: '2021-12-02T00:20:00.000Z' };
}

test('a page loads the snapshot, connects from its head and is live', async () => {
  const { socket, states, store } = await started();
  assert.deepEqual(socket.introduction, { conf: 'best-practice-2021', stream: 'public', after: 2 });
  socket.receive('connect');
  assert.deepEqual([states, store.head], [['connecting', 'live'], 2]);
});

test('a page that came with its state asks nothing, connects from its head and is live', async () => {
  const { server, socket, states, store } = await started({ came: stateInPage });
  assert.deepEqual(socket.introduction, { conf: 'best-practice-2021', stream: 'public', after: 2 });
  assert.deepEqual(states, ['connecting']);
  socket.receive('connect');
  assert.deepEqual([server.asked, states, store.documents], [[], ['connecting', 'live'], { 'gate/1': { seq: 1 }, 'gate/2': { seq: 2 } }]);
});

test('what a page came with is taken in once the script that starts has subscribed', async () => {
  const { headAtOnce, store } = await started({ came: stateInPage });
  assert.deepEqual([headAtOnce, store.head], [0, 2]);
});

test('what happened since the page was made comes by the socket', async () => {
  const { server, socket, store } = await started({ came: stateInPage });
  socket.receive('connect');
  socket.receive('entries', server.append(2));
  assert.deepEqual([store.head, store.documents['gate/4'], server.asked], [4, { seq: 4 }, []]);
});

test('a page that is much older than the server knows more than the entries takes a new snapshot', async () => {
  const { server, socket, store } = await started({ came: stateInPage });
  server.append(3);
  socket.receive('connect');
  socket.receive('reset');
  await settle();
  assert.deepEqual([server.asked, store.head], [[BASE], 5]);
});

test('a page whose state is no snapshot loads one', async () => {
  const { server, store } = await started({ came: () => ({ head: 7, now: '2021-12-02T00:20:00.000Z', entries: [] }) });
  assert.deepEqual([server.asked, store.head], [[BASE], 2]);
});

test('a page that came with its state and reaches nobody says so, and keeps what it shows', async () => {
  const { server, timers, socket, states, store } = await started({ came: stateInPage });
  server.troubles.push(0, 0, 0);
  socket.receive('connect_error', new Error('xhr poll error'));
  await timers.pass(5000);
  assert.deepEqual([states.at(-1), store.head], ['offline', 2]);
});

test('a reconnect continues from the last entry taken in', async () => {
  const { server, socket, states } = await started();
  socket.receive('connect');
  socket.receive('entries', server.append(2));
  socket.receive('disconnect', 'transport close');
  assert.deepEqual(socket.introduction, { conf: 'best-practice-2021', stream: 'public', after: 4 });
  assert.equal(states.at(-1), 'reconnecting');
});

test('a heartbeat that is ahead closes the hole that a lost message left', async () => {
  const { server, timers, socket, store } = await started();
  socket.receive('connect');
  server.append();
  socket.receive('heartbeat', { stream: 'public', head: 3, now: '2021-12-02T00:20:00.000Z' });
  await timers.pass(1000);
  assert.deepEqual([server.asked, store.head], [[BASE, `${BASE}&after=2`], 3]);
});

test('a heartbeat that overtakes its entry asks nothing', async () => {
  const { server, timers, socket } = await started();
  socket.receive('connect');
  const entries = server.append();
  socket.receive('heartbeat', { stream: 'public', head: 3, now: '2021-12-02T00:20:00.000Z' });
  socket.receive('entries', entries);
  await timers.pass(1000);
  assert.deepEqual(server.asked, [BASE]);
});

test('a heartbeat of another stream is not ours', async () => {
  const { server, timers, socket } = await started();
  socket.receive('connect');
  socket.receive('heartbeat', { stream: 'operator', head: 99, now: '2021-12-02T00:20:00.000Z' });
  await timers.pass(1000);
  assert.deepEqual(server.asked, [BASE]);
});

test('a reset takes the snapshot again', async () => {
  const { server, socket, store } = await started();
  socket.receive('connect');
  server.append(500);
  socket.receive('reset');
  await settle();
  assert.deepEqual([server.asked, store.head], [[BASE, BASE], 502]);
});

test('without a socket the page keeps asking every few seconds and says so', async () => {
  const { server, timers, states, store } = await started();
  server.append();
  await timers.pass(6000);
  assert.deepEqual([states.at(-1), store.head], ['polling', 3]);
});

test('once a socket works the asking stops', async () => {
  const { server, timers, socket, states } = await started();
  await timers.pass(6000);
  socket.receive('connect');
  const asked = server.asked.length;
  await timers.pass(30_000);
  assert.deepEqual([states.at(-1), server.asked.length], ['live', asked]);
});

test('a server that is gone is said to be gone, and comes back by itself', async () => {
  const { server, timers, socket, states } = await started();
  socket.receive('connect');
  socket.receive('disconnect', 'transport close');
  server.troubles = Array(5).fill(0);
  await timers.pass(6000);
  assert.deepEqual(states, ['connecting', 'live', 'reconnecting', 'offline']);
  socket.receive('connect');
  assert.equal(states.at(-1), 'live');
});

test('who may not follow is told once and nothing is asked any more', async () => {
  const { server, timers, socket, states } = await started();
  socket.receive('connect_error', new Error('forbidden'));
  const asked = server.asked.length;
  await timers.pass(60_000);
  assert.deepEqual([states.at(-1), socket.closed, server.asked.length], ['refused', true, asked]);
});

test('a server that hangs up is called again', async () => {
  const { timers, socket } = await started();
  socket.receive('connect');
  socket.active = false;
  socket.receive('disconnect', 'io server disconnect');
  await timers.pass(3000);
  assert.equal(socket.connects, 1);
});

test('a socket that is lost with its server is tried again at least every ten seconds until both are back', async () => {
  const { server, timers, socket } = await started();
  socket.receive('connect');
  socket.receive('disconnect', 'transport close');
  server.troubles = Array(100).fill(0);
  for (let tries = 1; tries <= 8; tries += 1) {
    await timers.pass(10_000);
    assert.ok(socket.connects >= tries, `${socket.connects} tries after ${tries} times ten seconds`);
    socket.receive('connect_error', new Error('xhr poll error'));
  }
  assert.ok(socket.connects <= 8);
});

for (const status of [429, 503]) {
  test(`a page for whose socket there is no room (${status}) follows over HTTP and comes again half a minute apart`, async () => {
    const { server, timers, socket, states, store } = await started();
    const full = Object.assign(new Error('xhr poll error'), { description: status });
    for (let tries = 0; tries < 3; tries += 1) {
      socket.receive('connect_error', full);
      const before = socket.connects;
      await timers.pass(9_000 * (tries + 1));
      assert.equal(socket.connects, before);
      server.append();
      await timers.pass(51_000);
      assert.equal(socket.connects, before + 1);
    }
    assert.deepEqual([states.at(-1), store.head], ['polling', 5]);
    socket.receive('connect');
    assert.equal(states.at(-1), 'live');
  });
}

test('looking at the page again does not press a server that has no room', async () => {
  const { socket, link } = await started();
  socket.receive('connect_error', Object.assign(new Error('xhr poll error'), { description: 503 }));
  link.check();
  assert.equal(socket.connects, 0);
});

test('a server in trouble is asked less and less often', async () => {
  const { server, timers } = await started();
  server.troubles = Array(1000).fill(503);
  await timers.pass(60_000);
  const first = server.asked.length;
  await timers.pass(60_000);
  const second = server.asked.length - first;
  assert.ok(second <= 8, `${second} questions in the second minute`);
});

test('a page that cannot ask opens its socket all the same, and gets the state over it', async () => {
  const { server, socket, states, store, link, timers } = await started({ troubles: Array(1000).fill(0) });
  assert.deepEqual(socket.introduction, { conf: 'best-practice-2021', stream: 'public' });
  socket.receive('connect');
  await timers.pass(1000);
  assert.deepEqual(socket.sent, [{ event: 'state', data: { after: null } }]);
  assert.equal(states.at(-1), 'connecting');
  socket.receive('state', null, server.state(null));
  await settle();
  assert.deepEqual([states.at(-1), store.head, socket.introduction], ['live', 2, { conf: 'best-practice-2021', stream: 'public', after: 2 }]);

  const asked = server.asked.length;
  const [, late] = server.append(2);
  socket.receive('entries', [late]);
  await settle();
  socket.receive('state', 2, server.state(2));
  await settle();
  assert.deepEqual([socket.sent.at(-1), store.head, server.asked.length], [{ event: 'state', data: { after: 2 } }, 4, asked]);
  link.close();
});

test('a question that is not answered at all holds the socket up for two seconds', async () => {
  const { sockets, timers, link } = begun({ silent: true });
  void link.start();
  await timers.pass(1_900);
  assert.equal(sockets.length, 0);
  await timers.pass(200);
  assert.equal(sockets.length, 1);
  link.close();
});

test('a socket is asked when the answer over HTTP takes long', async () => {
  const { server, sockets, timers, store, link } = begun({ silent: true });
  void link.start();
  await timers.pass(2_100);
  sockets[0]?.receive('connect');
  await timers.pass(3_000);
  assert.deepEqual(sockets[0]?.sent, [{ event: 'state', data: { after: null } }]);
  sockets[0]?.receive('state', null, server.state(null));
  await settle();
  assert.equal(store.head, 2);
  link.close();
});

test('a socket that does not answer either leaves the page asking over HTTP', async () => {
  const { server, socket, timers, store } = await started({ troubles: [0] });
  socket.receive('connect');
  await timers.pass(1_000);
  await timers.pass(12_000);
  assert.deepEqual([server.asked.length > 1, store.head], [true, 2]);
});

test('on return to the page what was missed is asked for at once', async () => {
  const { server, socket, store, link } = await started();
  socket.receive('connect');
  server.append();
  link.check();
  await settle();
  assert.equal(store.head, 3);
});

test('a network that went away while the socket still looks open is noticed', async () => {
  const { server, link, socket, states, network } = await started();
  socket.receive('connect');
  network.online = false;
  server.troubles = [0];
  link.check();
  await settle();
  assert.equal(states.at(-1), 'offline');
});

test('a browser that calls itself offline is believed only when the server does not answer', () => {
  const live = { refused: false, loaded: true, met: true, socketUp: true, httpFailed: false, polling: false };
  assert.equal(stateOf(live, false), 'live');
  assert.equal(stateOf({ ...live, httpFailed: true }, false), 'offline');
});

/** What the server says at its time `now`. @param {number} now */
const beat = (now) => ({ stream: 'public', head: 2, now: new Date(now).toISOString() });

test('the join is a round trip that sets the clock', async () => {
  const { timers, socket, clock } = await started();
  await timers.pass(1000);
  assert.ok(socket.introduction);
  await timers.pass(40);
  socket.receive('connect');
  socket.receive('heartbeat', beat(5_001_020));
  assert.equal(clock.offset(timers.now), 5_000_000);
});

test('a clock set back by a minute is asked about after the next heartbeat, and followed', async () => {
  const { timers, socket, clock } = await started();
  assert.ok(socket.introduction);
  socket.receive('connect');
  socket.receive('heartbeat', beat(5_000_000));
  await timers.pass(10_000);
  socket.receive('heartbeat', beat(4_950_000));
  while (socket.sent.length === 0 && timers.now < 18_000) await timers.pass(100);
  const [question, ...others] = socket.sent;
  assert.equal(question?.event, 'now');
  question?.data(new Date(timers.now + 4_940_000).toISOString());
  assert.deepEqual([others, Math.round((clock.offset(timers.now) - 4_940_000) / 100)], [[], 0]);
});

test('an entry of a clock that was set back puts the time in doubt before the store has it, and asks for the time', async () => {
  const { timers, socket, clock, store } = await started();
  assert.ok(socket.introduction);
  socket.receive('connect');
  socket.receive('heartbeat', beat(5_000_000));
  await timers.pass(9_000);
  /** @type {boolean[]} */
  const doubted = [];
  store.subscribe(() => doubted.push(clock.doubted));

  socket.receive('entries', [entry(3, 5_009_000), entry(4, 4_949_000)]);
  assert.deepEqual(doubted, [true]);
  while (socket.sent.length === 0 && timers.now < 18_000) await timers.pass(100);
  assert.deepEqual(socket.sent.map(({ event }) => event), ['now']);
});

test('what a join brings of earlier asks nothing: its heartbeat says what time it is', async () => {
  const { timers, socket, clock } = await started();
  assert.ok(socket.introduction);
  socket.receive('connect');
  socket.receive('heartbeat', beat(5_000_000));
  socket.receive('disconnect', 'transport close');
  await timers.pass(20_000);
  assert.ok(socket.introduction);
  socket.receive('connect');
  socket.receive('entries', [entry(3, 5_001_000)]);
  socket.receive('heartbeat', beat(5_020_000));
  await timers.pass(10_000);
  assert.deepEqual([clock.doubted, socket.sent], [false, []]);
});

/** What was written at the server's time `now`. @param {number} seq @param {number} now */
const entry = (seq, now) => ({ stream: 'public', seq, at: new Date(now).toISOString(), topic: 'MessageShown', body: { docs: {} } });

test('nobody asks for the time while the heartbeats come as they should, or without a socket', async () => {
  const { timers, socket } = await started();
  assert.ok(socket.introduction);
  socket.receive('connect');
  for (let at = 0; at < 140_000; at += 10_000) {
    socket.receive('heartbeat', beat(5_000_000 + at));
    await timers.pass(10_000);
  }
  socket.receive('heartbeat', beat(5_000_000));
  socket.receive('disconnect', 'transport close');
  await timers.pass(10_000);
  assert.deepEqual(socket.sent, []);
});
