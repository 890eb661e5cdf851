import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scans } from '#hub/checkin/scans.js';

const WHERE = { gate: 'main', direction: /** @type {const} */ ('in'), at: '2021-12-02T00:00:00.000Z' };
const ADMITTED = { ok: true, status: 200, data: { verdict: 'admitted' }, message: '' };
const NO_ANSWER = { ok: false, status: 0, data: null, message: '서버에 닿지 않습니다.' };
const forever = () => new Promise(() => {});
const atOnce = () => Promise.resolve();

/**
 * @param {any[]} answers one for each round of sending
 * @param {{wait?: (ms: number) => Promise<any>, retries?: boolean}} [options] `retries`: each round fails once before it answers
 */
function gate(answers, { wait = atOnce, retries = false } = {}) {
  /** @type {string[]} */
  const states = [];
  /** @type {Record<string, unknown>[]} */
  const bodies = [];
  const scans = new Scans('/redeem', (scan) => states.push(scan.state), {
    wait: (ms) => (ms === 2_000 ? forever() : wait(ms)),
    send: async (_url, body, environment) => {
      bodies.push(body ?? {});
      if (retries) await environment?.wait?.(100);
      return answers.shift();
    },
  });
  return { scans, states, bodies };
}

test('an answered scan was sent once and is shown only then', async () => {
  const { scans, states, bodies } = gate([ADMITTED]);

  const scan = await scans.submit({ token: 'A' }, WHERE);

  assert.deepEqual(states, ['sending', 'answered']);
  assert.deepEqual(bodies, [{ command_id: scan.id, scan_id: scan.id, token: 'A', ...WHERE }]);
  assert.deepEqual(scans.unanswered, []);
});

test('without an answer the same scan is sent again until there is one', async () => {
  const { scans, states, bodies } = gate([NO_ANSWER, NO_ANSWER, ADMITTED]);

  await scans.submit({ guest: 'guest-001' }, WHERE);

  assert.deepEqual(states, ['sending', 'unconfirmed', 'answered']);
  assert.equal(bodies.length, 3);
  assert.deepEqual(bodies[0], bodies[2]);
});

test('the first failure already shows that nothing is confirmed', async () => {
  const { scans, states } = gate([ADMITTED], { retries: true });

  await scans.submit({ token: 'A' }, WHERE);

  assert.deepEqual(states, ['sending', 'unconfirmed', 'answered']);
});

test('a dismissed scan is not sent again', async () => {
  const held = gate([NO_ANSWER, ADMITTED], { wait: () => new Promise((resolve) => setTimeout(resolve, 5)) });
  const submitted = held.scans.submit({ token: 'A' }, WHERE);
  held.scans.dismiss(held.scans.unanswered[0]?.id ?? '');

  const scan = await submitted;

  assert.deepEqual([scan.state, held.bodies.length], ['dismissed', 1]);
});

test('a refusal is an answer, with its words', async () => {
  const refusal = { ok: false, status: 404, data: {}, message: '그런 출입구가 없습니다.' };
  const { scans } = gate([refusal]);

  const scan = await scans.submit({ token: 'A' }, WHERE);

  assert.deepEqual([scan.state, scan.answer], ['refused', refusal]);
});
