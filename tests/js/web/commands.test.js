import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from '#hub/web/backoff.js';
import { send } from '#hub/web/commands.js';
import { phaseWords } from '#hub/web/command-words.js';
import { CommandServer, settle } from './fakes.js';

/**
 * @param {Record<string, unknown>} [body]
 */
async function sent(body) {
  const server = new CommandServer();
  /** @type {string[]} */
  const phases = [];
  const command = send('/run/next', body, { ...server.environment, onPhase: ({ phase }) => phases.push(phase) });
  await settle();
  return { server, phases, command };
}

const ids = (/** @type {CommandServer} */ server) => new Set(server.received.map(({ command_id }) => command_id)).size;

test('a command is sent at once, with an id of its own and the form token', async () => {
  const { server, phases, command } = await sent({ lane: 'hall', seen: 4 });

  assert.match(command.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(server.received, [{ url: '/run/next', csrf: 'token-1', command_id: command.id, lane: 'hall', seen: 4 }]);
  assert.deepEqual([phases, phaseWords(command)], [['sending'], '보내는 중']);
});

test('a command is confirmed with what the server answered', async () => {
  const { server, phases, command } = await sent();
  await server.answer({ fact: 1 });

  const answer = { ok: true, status: 200, code: '', data: { fact: 1 }, message: '' };
  assert.deepEqual([phases, command.answer, await command.settled], [['sending', 'confirmed'], answer, answer]);
});

test('the id stands in the field that the address expects', async () => {
  const server = new CommandServer();
  const { id } = send('/redeem', { token: 'A' }, { ...server.environment, idField: 'scan_id' });
  await settle();

  assert.deepEqual(server.received, [{ url: '/redeem', csrf: 'token-1', scan_id: id, token: 'A' }]);
});

test('without an answer for a while the command is unconfirmed, and still waits for that answer', async () => {
  const { server, phases, command } = await sent();
  await server.timers.pass(1_500);

  assert.deepEqual([phases, server.received.length], [['sending', 'retrying'], 1]);
  assert.equal(phaseWords(command), '서버에 닿지 않습니다. 같은 명령을 다시 보내고 있습니다.');
  await server.answer({});
  assert.equal(command.phase, 'confirmed');
});

for (const [name, fail] of /** @type {[string, (server: CommandServer) => Promise<void>][]} */ ([
  ['the network fails', (server) => server.answer(null)],
  ['the database is away (503)', (server) => server.refuse('unavailable', 503)],
  ['a proxy answers 502', (server) => server.answer({}, 502)],
])) {
  test(`when ${name}, the same command is sent again`, async () => {
    const { server, phases, command } = await sent({ seen: 4 });
    await fail(server);
    assert.equal(command.phase, 'retrying');
    await server.untilNextTry();
    await server.answer({});

    assert.deepEqual(phases, ['sending', 'retrying', 'confirmed']);
    assert.deepEqual([server.received.length, server.received[1]], [2, server.received[0]]);
  });
}

test('an answer that breaks off in the middle is no answer', async () => {
  const broken = new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('connection reset')) }));
  const whole = Response.json({ fact: 1 });
  const answers = [broken, whole];
  const command = send('/run/next', {}, { fetch: async () => answers.shift() ?? Response.error(), wait: async () => {} });

  assert.deepEqual((await command.settled)?.data, { fact: 1 });
});

test('the pauses between tries grow, up to five seconds', async () => {
  const { server } = await sent();
  const at = [];
  for (let tries = 0; tries < 8; tries += 1) {
    await server.answer(null);
    const before = server.timers.now;
    await server.untilNextTry();
    at.push(server.timers.now - before);
  }

  assert.ok(at[0] <= 600 && at[3] >= 2_000 && at.every((ms) => ms <= 5_100), String(at));
  assert.equal(ids(server), 1);
});

test('waits double up to the cap and keep a random half', () => {
  assert.deepEqual([0, 1, 9].map((n) => backoff(n, { random: () => 1 })), [500, 1000, 15_000]);
  assert.equal(backoff(0, { random: () => 0 }), 250);
});

test("a refusal ends a command with the server's code and words", async () => {
  const { server, phases, command } = await sent();
  await server.refuse('last_cue');

  assert.deepEqual(phases, ['sending', 'refused']);
  assert.deepEqual([command.answer?.ok, command.answer?.status, command.answer?.code, phaseWords(command)], [false, 409, 'last_cue', 'refused: last_cue']);
  await server.timers.pass(60_000);
  assert.equal(server.received.length, 1);
});

test('a failure that is no JSON still has words', async () => {
  const command = send('/run/next', {}, { fetch: async () => new Response('<html>', { status: 500 }), wait: async () => {} });
  const answer = await command.settled;

  assert.deepEqual([answer?.status, answer?.code, answer?.data, phaseWords(command) !== ''], [500, '', null, true]);
});

test('a command given up is sent no more, and its end is unknown', async () => {
  const { server, phases, command } = await sent();
  await server.answer(null);
  command.giveUp();
  await server.timers.pass(60_000);

  assert.deepEqual([phases, server.received.length], [['sending', 'retrying', 'unknown'], 1]);
  assert.deepEqual([await command.settled, command.open], [null, false]);
  assert.equal(phaseWords(command), '보내기를 그만두었습니다. 이미 실행되었을 수 있으니 화면을 확인하세요.');
});

test('giving up ends the request that is under way, and a late answer changes nothing', async () => {
  const { server, phases, command } = await sent();
  command.giveUp();
  await server.answer({ fact: 1 });

  assert.deepEqual([phases, command.answer], [['sending', 'unknown'], null]);
});

test('an answered command cannot be given up', async () => {
  const { server, command } = await sent();
  await server.answer({});
  command.giveUp();

  assert.equal(command.phase, 'confirmed');
});

test('when the form token is of an ended session but the same one acts, the command goes again with the new token', async () => {
  const { server, phases } = await sent({ seen: 4 });
  await server.refuse('csrf', 400);
  await server.answer({});

  assert.deepEqual(phases, ['sending', 'confirmed']);
  assert.deepEqual(server.received[1], { ...server.received[0], csrf: 'token-2' });
});

test('when somebody else acts now, the command is not sent and the page must be loaded again', async () => {
  const { server, command } = await sent();
  server.renewal = 'other';
  await server.refuse('csrf', 400);

  assert.deepEqual([command.phase, server.received.length], ['refused', 1]);
  assert.match(phaseWords(command), /다른 사람으로 로그인.*새로 고쳐/);
});

test('while the page cannot be fetched again, the command waits', async () => {
  const { server, command } = await sent();
  server.renewal = 'unreached';
  await server.refuse('csrf', 400);
  assert.equal(command.phase, 'retrying');

  server.renewal = 'same';
  await server.untilNextTry();
  await server.refuse('csrf', 400);
  await server.answer({});
  assert.deepEqual([command.phase, server.renewals, ids(server)], ['confirmed', 2, 1]);
});

test('a renewed token that is refused too is not renewed for ever', async () => {
  const { server, command } = await sent();
  await server.refuse('csrf', 400);
  await server.refuse('csrf', 400);

  assert.deepEqual([command.phase, server.renewals, server.received.length], ['refused', 1, 2]);
  assert.match(phaseWords(command), /새로 고친 뒤/);
});

test('a command that is not to be sent late is kept after its time, and sent again only when somebody says so', async () => {
  const server = new CommandServer();
  const command = send('/run/next', {}, { ...server.environment, keptAfterMs: 5_000 });
  await settle();
  await server.answer(null);
  await server.timers.pass(60_000);
  const tries = server.received.length;
  assert.deepEqual([command.phase, command.open], ['kept', true]);
  await server.timers.pass(60_000);
  assert.equal(server.received.length, tries);

  command.resend();
  await settle();
  assert.deepEqual([server.received.length, ids(server)], [tries + 1, 1]);
});

test('a kept command may be given up', async () => {
  const server = new CommandServer();
  const command = send('/run/next', {}, { ...server.environment, keptAfterMs: 5_000 });
  await settle();
  await server.answer(null);
  await server.timers.pass(60_000);
  const tries = server.received.length;
  command.giveUp();
  await server.timers.pass(60_000);

  assert.deepEqual([command.phase, await command.settled, server.received.length], ['unknown', null, tries]);
});
