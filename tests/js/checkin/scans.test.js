import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scans } from '#hub/checkin/scans.js';
import { send } from '#hub/web/commands.js';
import { CommandServer, settle } from '../web/fakes.js';

const WHERE = { gate: 'main', direction: /** @type {const} */ ('in'), at: '2021-12-02T00:00:00.000Z' };

function gate() {
  const server = new CommandServer();
  /** @type {string[]} */
  const phases = [];
  let now = Date.parse('2021-12-02T00:00:01.000Z');
  const scans = new Scans('/redeem', (scan) => phases.push(scan.phase), () => (now += 1000) - 1000, (url, body, options) => send(url, body, { ...options, ...server.environment }));
  return { server, phases, scans };
}

test('a scan is sent under one id, and shown as answered only with the verdict', async () => {
  const { server, phases, scans } = gate();
  const scan = scans.submit({ token: 'A' }, WHERE);
  await settle();

  assert.deepEqual(server.received, [{ url: '/redeem', csrf: 'token-1', scan_id: scan.id, token: 'A', sent_at: '2021-12-02T00:00:01.000Z', ...WHERE }]);
  assert.deepEqual([phases, scans.open], [['sending'], [scan]]);
  await server.answer({ verdict: 'admitted' });
  assert.deepEqual([phases, scan.answer?.data, scans.open], [['sending', 'confirmed'], { verdict: 'admitted' }, []]);
});

test('without an answer the same scan is sent again until there is one', async () => {
  const { server, phases, scans } = gate();
  scans.submit({ guest: 'guest-001' }, WHERE);
  await settle();
  for (const _ of [1, 2]) {
    await server.answer(null);
    await server.untilNextTry();
  }
  await server.answer({ verdict: 'admitted' });

  assert.deepEqual(phases, ['sending', 'retrying', 'confirmed']);
  const [first, , third] = server.received;
  assert.deepEqual([server.received.length, third], [3, { ...first, sent_at: '2021-12-02T00:00:03.000Z' }]);
});

test('scans do not wait for each other', async () => {
  const { server, scans } = gate();
  const [first, second] = [scans.submit({ token: 'A' }, WHERE), scans.submit({ token: 'B' }, WHERE)];
  await settle();
  await server.answer({ verdict: 'admitted' });

  assert.deepEqual(server.received.map(({ token }) => token), ['A', 'B']);
  assert.deepEqual([first.phase, second.phase, scans.open], ['confirmed', 'sending', [second]]);
});

test('a scan given up is not sent again and waits no more', async () => {
  const { server, phases, scans } = gate();
  const scan = scans.submit({ token: 'A' }, WHERE);
  await settle();
  await server.answer(null);
  scan.giveUp();
  await server.timers.pass(60_000);

  assert.deepEqual([phases, server.received.length, scans.open], [['sending', 'retrying', 'unknown'], 1, []]);
});

test('a refusal is shown in its words', async () => {
  const { server, scans } = gate();
  const scan = scans.submit({ token: 'A' }, WHERE);
  await settle();
  await server.refuse('not_found', 404);

  assert.deepEqual([scan.phase, scan.answer?.message], ['refused', 'refused: not_found']);
});
