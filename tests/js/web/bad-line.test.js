import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, Server, seeded } from './bad-line.js';

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);
const HOUR_MS = 3_600_000;
const BEAT_MS = 10_000;
const GOOD = { up: 5, down: 5 };

/** A browser with a clock wrong by up to twelve hours. @param {Server} server @param {() => number} random @param {{up: number, down: number}} queue */
function browser(server, random, queue) {
  const wrong = (random() - 0.5) * 24 * HOUR_MS;
  return new Browser(server, random, { wrong, gain: (random() - 0.5) * 1e-4, way: 5 + 70 * random(), queue });
}

/** @param {number[]} numbers */
const worst = (numbers) => Math.max(...numbers.map(Math.abs));

test('browsers with clocks wrong by hours agree within 100 ms over lines that queue, one way more than the other', () => {
  const apart = SEEDS.flatMap((seed) => {
    const random = seeded(seed);
    const server = new Server();
    const [a, b] = [browser(server, random, { up: 150, down: 20 }), browser(server, random, { up: 10, down: 200 })];
    for (const one of [a, b]) one.follow(0, 300_000);
    return Array.from({ length: 10 }, (_, second) => a.error(300_000 + second * 1_000) - b.error(300_000 + second * 1_000));
  });
  assert.ok(worst(apart) < 100, `${worst(apart)} ms`);
});

test('over an ordinary line they agree from the start', () => {
  const apart = SEEDS.map((seed) => {
    const random = seeded(seed);
    const server = new Server();
    const [a, b] = [browser(server, random, GOOD), browser(server, random, GOOD)];
    for (const one of [a, b]) one.follow(0, 9_000);
    return a.error(9_000) - b.error(9_000);
  });
  assert.ok(worst(apart) < 50, `${worst(apart)} ms`);
});

test('they go on to agree for a day, while their clocks gain and lose', () => {
  const apart = SEEDS.slice(0, 20).flatMap((seed) => {
    const random = seeded(seed);
    const server = new Server();
    const [a, b] = [browser(server, random, GOOD), browser(server, random, GOOD)];
    for (const one of [a, b]) one.follow(0, 8 * HOUR_MS);
    return a.error(8 * HOUR_MS) - b.error(8 * HOUR_MS);
  });
  assert.ok(worst(apart) < 100, `${worst(apart)} ms`);
});

for (const by of [-60_000, 60_000, -2_000, -HOUR_MS, 5_000]) {
  test(`a server's clock that was set by ${by / 1000} s is followed within three heartbeats`, () => {
    const errors = SEEDS.map((seed) => {
      const random = seeded(seed);
      const server = new Server();
      const one = browser(server, random, { up: 60, down: 60 });
      const stepped = 300_000 + Math.floor(BEAT_MS * random());
      server.step(stepped, by);
      one.follow(0, stepped + 3 * BEAT_MS);
      return one.error(stepped + 3 * BEAT_MS);
    });
    assert.ok(worst(errors) < 250, `${worst(errors)} ms`);
  });
}

test('a heartbeat that waited for long in a queue moves nothing', () => {
  for (const seed of SEEDS) {
    const random = seeded(seed);
    const one = browser(new Server(), random, GOOD);
    one.follow(0, 300_000);
    const before = one.error(300_000);
    one.clock.heard({ now: 280_000, at: one.local(300_000) });
    assert.ok(Math.abs(one.error(300_000) - before) < 1);
  }
});

test('what is shown never turns back while nobody sets a clock', () => {
  for (const seed of SEEDS.slice(0, 50)) {
    const random = seeded(seed);
    const server = new Server();
    const one = browser(server, random, { up: 40, down: 40 });
    one.follow(0, 60_000);
    let shown = -Infinity;
    for (let at = 60_000; at < 180_000; at += 100) {
      if (at % BEAT_MS === 0) one.beat(at);
      const now = one.local(at) + one.clock.offset(one.local(at));
      assert.ok(now > shown, `seed ${seed} at ${at}`);
      shown = now;
    }
  }
});

test('an audience costs the server one short question a browser in some minutes', () => {
  const random = seeded(1);
  const server = new Server();
  const audience = Array.from({ length: 100 }, () => browser(server, random, { up: 60, down: 60 }));
  for (const one of audience) one.follow(0, HOUR_MS);
  const asked = audience.reduce((sum, one) => sum + one.asked, 0);
  assert.ok(asked < 100 * 25, `${asked} questions in an hour`);
});
