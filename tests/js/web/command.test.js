import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from '#hub/web/backoff.js';
import { send } from '#hub/web/command.js';

/**
 * A server that answers with these in turn; null is a network failure.
 * @param {Array<Response | null>} answers
 */
function serverWith(answers) {
  /** @type {any[]} */
  const bodies = [];
  /** @type {typeof globalThis.fetch} */
  const fetch = async (_url, init) => {
    bodies.push(JSON.parse(String(init?.body)));
    const answer = answers.shift();
    if (!answer) throw new TypeError('network failure');
    return answer;
  };
  return { bodies, environment: { fetch, wait: async () => {} } };
}

test('a command is sent once with an id of its own', async () => {
  const { bodies, environment } = serverWith([Response.json({ fact: 1 })]);
  const answer = await send('/run/next', { lane: 'hall', seen: 4 }, environment);
  assert.deepEqual(answer, { ok: true, status: 200, data: { fact: 1 }, message: '' });
  assert.deepEqual(Object.keys(bodies[0]).toSorted(), ['command_id', 'lane', 'seen']);
  assert.match(bodies[0].command_id, /^[0-9a-f-]{36}$/);
});

test('a lost command is repeated with the same id', async () => {
  const { bodies, environment } = serverWith([null, new Response('', { status: 502 }), Response.json({})]);
  const answer = await send('/run/next', {}, environment);
  assert.deepEqual([answer.ok, bodies.length, new Set(bodies.map((body) => body.command_id)).size], [true, 3, 1]);
});

test('an id that was given is kept', async () => {
  const { bodies, environment } = serverWith([Response.json({})]);
  await send('/run/next', { command_id: 'mine' }, environment);
  assert.deepEqual(bodies, [{ command_id: 'mine' }]);
});

test("a refusal is an answer with the server's words", async () => {
  const data = { error: { code: 'stale', message: '다른 운영자가 먼저 진행했습니다.' } };
  const { bodies, environment } = serverWith([Response.json(data, { status: 409 })]);
  const answer = await send('/run/next', {}, environment);
  assert.deepEqual(answer, { ok: false, status: 409, data, message: '다른 운영자가 먼저 진행했습니다.' });
  assert.equal(bodies.length, 1);
});

test('an answer that is no JSON still has words', async () => {
  const { environment } = serverWith([new Response('<html>', { status: 500 })]);
  const answer = await send('/run/next', {}, environment);
  assert.deepEqual([answer.ok, answer.status, answer.data, answer.message.length > 0], [false, 500, null, true]);
});

test('after five tries without an answer the person is told', async () => {
  const { bodies, environment } = serverWith([]);
  const answer = await send('/run/next', {}, environment);
  assert.deepEqual([answer.ok, answer.status, answer.message.length > 0, bodies.length], [false, 0, true, 5]);
});

test('waits double up to the cap and keep a random half', () => {
  assert.deepEqual([0, 1, 9].map((n) => backoff(n, { random: () => 1 })), [500, 1000, 15_000]);
  assert.equal(backoff(0, { random: () => 0 }), 250);
});
