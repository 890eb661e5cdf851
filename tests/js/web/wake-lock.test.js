import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAwake } from '#hub/web/wake-lock.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function display() {
  const page = /** @type {any} */ (Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  let asked = 0;
  let release = () => {};
  const device = {
    wakeLock: {
      request: async () => {
        asked += 1;
        return { addEventListener: (/** @type {'release'} */ _event, /** @type {() => void} */ fn) => void (release = fn) };
      },
    },
  };
  const turn = async (/** @type {string} */ state) => {
    page.visibilityState = state;
    if (state === 'hidden') release();
    page.dispatchEvent(new Event('visibilitychange'));
    await settle();
  };
  return { page, device, turn, asked: () => asked };
}

test('the lock is asked for at once, and again at each return', async () => {
  const { page, device, turn, asked } = display();
  keepAwake(page, device);
  await settle();
  await turn('hidden');
  await turn('visible');
  await turn('visible');

  assert.equal(asked(), 2);
});

test('a browser without it goes on', async () => {
  keepAwake(display().page, {});
  await settle();
});
