import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendOrRepeat } from '#hub/web/repeat.js';

/** A server that is away until it is told otherwise, and notes what was sent. */
function server() {
  /** @type {any[]} */
  const bodies = [];
  const state = { status: 503 };
  /** @type {typeof globalThis.fetch} */
  const fetch = async (_url, init) => {
    bodies.push(JSON.parse(String(init?.body)));
    return Response.json({}, { status: state.status });
  };
  return { bodies, state, environment: { fetch, wait: async () => {} } };
}

const ids = (/** @type {any[]} */ bodies) => new Set(bodies.map((body) => body.command_id)).size;

test('a command without an answer is sent again under the same id by the next press', async () => {
  const { bodies, state, environment } = server();
  const about = {};
  const first = await sendOrRepeat('/awards/1/arm', { seen: 4, about }, environment);
  state.status = 200;
  const second = await sendOrRepeat('/awards/1/arm', { seen: 9, about }, environment);
  assert.deepEqual([first.ok, first.again, first.message.length > 0], [false, true, true]);
  assert.deepEqual([second.ok, second.again, ids(bodies), bodies.at(-1).seen], [true, undefined, 1, 4]);
});

test('an answered command is a new one at the next press', async () => {
  const { bodies, state, environment } = server();
  const about = {};
  state.status = 409;
  await sendOrRepeat('/awards/2/arm', { about }, environment);
  await sendOrRepeat('/awards/2/arm', { about }, environment);
  assert.equal(ids(bodies), 2);
});

test('when the thing has changed meanwhile, or the wish is another, the command is a new one', async () => {
  const { bodies, environment } = server();
  const about = {};
  await sendOrRepeat('/awards/3/correct', { wish: { name: 'a' }, about }, environment);
  await sendOrRepeat('/awards/3/correct', { wish: { name: 'b' }, about }, environment);
  await sendOrRepeat('/awards/3/correct', { wish: { name: 'a' }, about: {} }, environment);
  assert.equal(ids(bodies), 3);
});
