import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InTurn } from '#hub/web/in-turn.js';

/**
 * @param {(key: string) => boolean} [before]
 * @returns {{turns: InTurn, done: string[]}}
 */
function turns(before) {
  /** @type {string[]} */
  const done = [];
  return { turns: new InTurn((key) => done.push(key), before), done };
}

test('each part has a task of its own, in the order in which they came', async () => {
  const { turns: waiting, done } = turns();
  for (const key of ['one', 'two', 'one', 'three']) waiting.add(key);
  const seen = [];
  while (waiting.waits) {
    await new Promise((next) => setTimeout(next));
    seen.push(done.length);
  }
  await new Promise((next) => setTimeout(next));

  assert.deepEqual(done, ['one', 'two', 'three']);
  assert.deepEqual(seen, [1, 2, 3]);
});

test('what matters more comes before, as it is when its turn comes', async () => {
  const near = new Set(['three']);
  const { turns: waiting, done } = turns((key) => near.has(key));
  for (const key of ['one', 'two', 'three', 'four']) waiting.add(key);
  await new Promise((next) => setTimeout(next));
  near.add('four');
  while (waiting.waits) await new Promise((next) => setTimeout(next));

  assert.deepEqual(done, ['three', 'four', 'one', 'two']);
});

test('a part that was taken out has no turn, and one that comes back later has', async () => {
  const { turns: waiting, done } = turns();
  waiting.add('one');
  waiting.delete('one');
  assert.equal(waiting.has('one'), false);
  await new Promise((next) => setTimeout(next));
  assert.deepEqual(done, []);

  waiting.add('one');
  await new Promise((next) => setTimeout(next));
  assert.deepEqual(done, ['one']);
});

test('work that fails keeps none of the others from their turn', (of) => {
  of.mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {string[]} */
  const done = [];
  const waiting = new InTurn((key) => {
    if (key === 'one') throw new Error('it fails');
    done.push(key);
  });
  for (const key of ['one', 'two']) waiting.add(key);

  assert.throws(() => of.mock.timers.tick(1), /it fails/);
  of.mock.timers.tick(1);

  assert.deepEqual(done, ['two']);
});
