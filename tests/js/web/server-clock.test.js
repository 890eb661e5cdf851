import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerClock } from '#hub/web/server-clock.js';

test('an answer places the server halfway through its round trip', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1200, now: 5100 });
  assert.equal(clock.offset, 4000);
});

test('the shortest round trip wins over a later, longer one', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1020, now: 5010 });
  clock.sample({ t0: 2000, t1: 3000, now: 6900 });
  assert.equal(clock.offset, 4000);
});

test('a delayed heartbeat worsens nothing', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1020, now: 5010 });
  clock.heard({ now: 6000, at: 5000 });
  assert.equal(clock.offset, 4000);
});

test('a heartbeat from later than believed raises the estimate', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1400, now: 5200 });
  clock.heard({ now: 6150, at: 2000 });
  assert.equal(clock.offset, 4150);
});

test('a heartbeat alone is better than nothing', () => {
  const clock = new ServerClock();
  clock.heard({ now: 6000, at: 1000 });
  assert.equal(clock.offset, 5000);
});

test('an answer that contradicts the earlier ones replaces them, because a clock was set', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1010, now: 5005 });
  clock.heard({ now: 6000, at: 2000 });
  clock.sample({ t0: 3000, t1: 3100, now: 1050 });
  assert.equal(clock.offset, -2000);
});

test('an answer without a readable time is left out', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1010, now: Number.NaN });
  assert.equal(clock.offset, 0);
});
