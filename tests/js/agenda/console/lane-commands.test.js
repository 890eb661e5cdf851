import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LaneCommands } from '#hub/agenda/console/lane-commands.js';
import { send } from '#hub/web/commands.js';
import { CommandServer, settle } from '../../web/fakes.js';
import { CEREMONY, dayStore } from './day.js';

/** @typedef {import('#hub/agenda/console/lane-commands.js').Order} Order */

/** @type {Order} */
const NEXT = { command: 'next', body: {} };
/** @type {Order} */
const LONGER = { command: 'extend', body: { seconds: 60 } };
const FACT = { stream: 'operator', seq: 41, topic: 'CueStarted', at: '', body: { lane: 'hall', cue: 'performance', by: '김감독', docs: {} } };

/**
 * A hall in its second cue, and a server that answers when the test says so.
 * @param {string | null} [run] a rehearsal
 */
function scene(run = null) {
  const server = new CommandServer();
  const store = dayStore(CEREMONY);
  /** @type {string[]} */
  const reports = [];
  const it = { server, store, reports, catchUps: 0, now: 1000, ticks: 0, kept: /** @type {string[]} */ ([]) };
  const commands = new LaneCommands({
    conf: 'c',
    store,
    send: (url, body, options) => send(url, body, { ...options, ...server.environment }),
    report: (lane, { phase, words }) => reports.push(`${lane} ${phase} ${words}`),
    catchUp: () => (it.catchUps += 1),
    now: () => it.now,
    ticks: () => it.ticks,
    zone: 'Asia/Seoul',
    run,
    onKept: ({ lane, at }) => it.kept.push(`${lane} ${at}`),
  });
  return Object.assign(it, { commands });
}

/** @param {ReturnType<typeof scene>} it */
async function pressNext(it) {
  it.commands.send('hall', 'next', NEXT, 40);
  await settle();
}

test('a press is shown at once, sent with what was seen, and confirmed in words', async () => {
  const it = scene();
  await pressNext(it);
  assert.deepEqual(it.reports, ['hall sending 보내는 중']);
  assert.deepEqual({ ...it.server.received[0], command_id: '' }, { url: '/api/v1/c/c/run/next', csrf: 'token-1', command_id: '', seen: 40, lane: 'hall' });

  await it.server.answer({ fact: FACT });
  assert.deepEqual([it.reports.at(-1), it.store.head], ['hall confirmed 다음 순서로: performance', 41]);
});

test('while a command of a lane is under way no other is sent there, but the other lane is free', async () => {
  const it = scene();
  await pressNext(it);
  it.commands.send('hall', 'longer', LONGER, 40);
  it.commands.send('metaverse', 'start', { command: 'start', body: {} }, 40);
  await settle();

  assert.deepEqual(it.server.received.map(({ url }) => url), ['/api/v1/c/c/run/next', '/api/v1/c/c/run/start']);
  assert.equal(it.commands.accepts('hall', 'longer'), false);
  assert.equal(it.reports.at(-1), 'hall sending 보내는 중 · 방금 누른 것은 처리하지 않았습니다');
});

test('a second press in the same moment is a slip, later it counts; minutes may be pressed fast', async () => {
  const it = scene();
  await pressNext(it);
  await it.server.answer({ fact: FACT });
  it.ticks += 400;
  assert.equal(it.commands.accepts('hall', 'next'), false);
  assert.equal(it.reports.at(-1), 'hall confirmed 두 번 누른 것을 한 번으로 처리했습니다.');
  assert.equal(it.commands.accepts('hall', 'hold'), true);
  it.ticks += 400;
  assert.equal(it.commands.accepts('hall', 'next'), true);

  it.commands.send('hall', 'longer', LONGER, 41);
  await settle();
  await it.server.answer({ fact: { ...FACT, seq: 42 } });
  assert.equal(it.commands.accepts('hall', 'longer'), true);
});

test("a press counts although the hub's clock was set back since the last one", async () => {
  const it = scene();
  await pressNext(it);
  await it.server.answer({ fact: FACT });

  it.now -= 60_000;
  it.ticks += 800;
  assert.equal(it.commands.accepts('hall', 'next'), true);
});

test('without an answer the same command goes on being sent, and the lane says so', async () => {
  const it = scene();
  await pressNext(it);
  await it.server.answer(null);
  assert.equal(it.reports.at(-1), 'hall retrying 서버에 닿지 않습니다. 같은 명령을 다시 보내고 있습니다.');
  await it.server.untilNextTry();
  await it.server.answer({ fact: FACT });

  assert.deepEqual([it.server.received.length, it.server.received[1]], [2, it.server.received[0]]);
  assert.match(it.reports.at(-1) ?? '', /^hall confirmed/);
});

test('a command given up is sent no more, and the lane is free again', async () => {
  const it = scene();
  await pressNext(it);
  await it.server.answer(null);
  it.commands.giveUp('hall');
  await it.server.timers.pass(60_000);

  assert.match(it.reports.at(-1) ?? '', /^hall unknown 보내기를 그만두었습니다/);
  assert.deepEqual([it.server.received.length, it.catchUps, it.commands.accepts('hall', 'longer')], [1, 1, true]);
});

test('a stale press says who did what instead, and catches up', async () => {
  const it = scene();
  await pressNext(it);
  await it.server.refuse('stale', 409, { by: '김감독', changed: [{ ...FACT, at: '1970-01-01T00:00:00.500Z', by: '김감독' }] });

  assert.equal(it.reports.at(-1), 'hall refused 실행하지 않았습니다. 09:00:00에 김감독 님이 먼저 ‘다음 순서로: performance’');
  assert.equal(it.catchUps, 1);
});

test('another refusal is shown in the words of the server', async () => {
  const it = scene();
  await pressNext(it);
  await it.server.refuse('last_cue');

  assert.equal(it.reports.at(-1), 'hall refused refused: last_cue');
});

test('a command on an award goes to the award, and is told with whom it is about', async () => {
  const it = scene();
  it.commands.send('hall', 'award-reveal', { command: 'reveal', award: 'a', body: {} }, 40);
  await settle();
  assert.deepEqual({ ...it.server.received[0], command_id: '' }, { url: '/api/v1/c/c/awards/a/reveal', csrf: 'token-1', command_id: '', seen: 40 });

  await it.server.answer({ fact: { ...FACT, topic: 'AwardRevealed', body: { award: 'a', docs: {} } } });
  assert.equal(it.reports.at(-1), 'hall confirmed 발표함');
  assert.equal(it.commands.accepts('hall', 'award-reveal'), false);
});

test('what could not be sent in five seconds is kept, and the lane takes nothing else until it is decided', async () => {
  const it = scene();
  await pressNext(it);
  await it.server.timers.pass(5_000);

  assert.deepEqual([it.reports.at(-1), it.kept], ['hall kept 서버에 닿지 않아 보내지 않았습니다. 연결되면 보낼지 묻습니다.', ['hall 1000']]);
  assert.equal(it.commands.accepts('hall', 'longer'), false);
});

test('in a rehearsal all that is pressed goes there: cues, awards, groups and what lies over the stage', async () => {
  const it = scene('run-2');
  const orders = /** @type {[import('#hub/agenda/console/lane-commands.js').Pressed, Order][]} */ ([
    ['next', NEXT],
    ['award-reveal', { command: 'reveal', award: 'recipient-01', body: {} }],
    ['group-next', { command: 'next', path: 'awards/group/next', body: {} }],
    ['layer-logo', { command: 'layer', path: 'screens/layer', body: { layer: 'logo' } }],
  ]);
  for (const [lane, [button, order]] of orders.entries()) {
    assert.equal(it.commands.accepts(String(lane), button), true);
    it.commands.send(String(lane), button, order, 40);
    await settle();
  }

  const base = '/api/v1/c/c/runs/run-2';
  assert.deepEqual(it.server.received.map(({ url }) => url), [`${base}/next`, `${base}/awards/recipient-01/reveal`, `${base}/awards/group/next`, `${base}/screens/layer`]);
});
