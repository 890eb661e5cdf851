import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptCommands } from '#hub/agenda/console/kept.js';
import { settle } from '../../web/fakes.js';

const AT = Date.parse('2021-12-02T04:17:54.000Z');

/** @param {boolean} answer */
function scene(answer) {
  /** @type {string[]} */
  const done = [];
  const kept = keptCommands({
    zone: 'Asia/Seoul',
    now: () => AT + 60_000,
    words: ({ lane }) => `${lane} · 다음 순서로`,
    question: async ({ title }) => {
      done.push(title);
      return answer;
    },
  });
  const command = /** @type {any} */ ({ phase: 'kept', resend: () => done.push('sent'), giveUp: () => done.push('given up') });
  return { done, kept, command, keep: () => kept.keep({ lane: '현장', command, order: { command: 'next', body: {} }, at: AT }) };
}

test('nothing is asked while the server is away; when it is back, the console asks what was pressed when', async () => {
  const { done, kept, keep } = scene(true);
  kept.connection('reconnecting');
  keep();
  await settle();
  assert.deepEqual(done, []);

  kept.connection('live');
  await settle();
  assert.deepEqual(done, ['‘현장 · 다음 순서로’ 명령(13:17:54에 누름)을 보내지 못했습니다. 지금 보낼까요?', 'sent']);
});

test('somebody who says no gives the command up', async () => {
  const { done, kept, keep } = scene(false);
  kept.connection('live');
  keep();
  await settle();

  assert.deepEqual(done.slice(1), ['given up']);
});

test('a command that was given up meanwhile is not asked about', async () => {
  const { done, kept, command, keep } = scene(true);
  keep();
  command.phase = 'unknown';
  kept.connection('live');
  await settle();

  assert.deepEqual(done, []);
});
