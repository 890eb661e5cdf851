import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerClock } from '#hub/web/server-clock.js';

test('an answer places the server halfway through its round trip', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1200, now: 5100 });
  assert.equal(clock.offset(1200), 4000);
});

test('the shortest round trip wins over a later, longer one', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1020, now: 5010 });
  clock.sample({ t0: 2000, t1: 3000, now: 6900 });
  assert.equal(clock.offset(3000), 4000);
});

test('a quick way there and a quick way back count together, though no round trip had both', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1510, now: 5010 });
  clock.sample({ t0: 2000, t1: 2510, now: 6500 });
  assert.equal(clock.offset(60_000), 4000);
});

test('a delayed heartbeat worsens nothing', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1020, now: 5010 });
  clock.heard({ now: 6000, at: 5000 });
  assert.equal(clock.offset(5000), 4000);
});

test('a heartbeat that came quickly narrows the bounds', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1400, now: 5200 });
  clock.heard({ now: 6090, at: 2000 });
  assert.equal(clock.offset(60_000), 4145);
});

test('a heartbeat alone is better than nothing', () => {
  const clock = new ServerClock();
  clock.heard({ now: 6000, at: 1000 });
  assert.equal(clock.offset(1000), 5000);
});

test('what an earlier page knew counts until the server answers, and no longer', () => {
  const clock = new ServerClock();
  clock.heard({ now: 6000, at: 100_000 });
  clock.guess(4000);
  const guessed = clock.offset(100_000);
  clock.sample({ t0: 101_000, t1: 101_010, now: 2005 });
  clock.guess(4000);
  assert.deepEqual([guessed, clock.offset(101_010)], [4000, -99_000]);
});

test('an answer without a readable time is left out', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1010, now: Number.NaN });
  clock.heard({ now: Number.NaN, at: 1000 });
  assert.equal(clock.offset(1010), 0);
});

test('an answer that contradicts the earlier ones replaces them, because a clock was set', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1010, now: 5005 });
  clock.heard({ now: 6000, at: 2000 });
  clock.sample({ t0: 3000, t1: 3100, now: 1050 });
  assert.equal(clock.offset(3100), -2000);
});

test('a heartbeat from after the latest possible time is believed at once: the clock was set forward', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1010, now: 5005 });
  clock.heard({ now: 71_000, at: 7_000 });
  assert.deepEqual([clock.offset(7_000), clock.due(9_010)], [64_000, true]);
});

test('what a set clock left behind does not come back', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 1000, t1: 1010, now: 65_005 });
  clock.sample({ t0: 20_000, t1: 20_010, now: 24_005 });
  clock.heard({ now: 34_005, at: 30_010 });
  assert.equal(clock.offset(30_010), 4000);
});

test('a correction by little is slow and never turns back; one by much is made at once', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 0, t1: 400, now: 4_300 });
  const before = clock.offset(400);
  clock.sample({ t0: 10_000, t1: 10_010, now: 14_005 });
  const shown = [10_010, 10_510, 11_010, 11_510].map((at) => clock.offset(at));
  clock.sample({ t0: 20_000, t1: 20_010, now: 30_005 });
  assert.deepEqual([before, shown, clock.offset(20_010)], [4_100, [4_100, 4_050, 4_000, 4_000], 10_000]);
});

test('narrow bounds ask for nothing for minutes', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 0, t1: 40, now: 4_020 });
  assert.deepEqual([clock.due(120_000), clock.due(300_100)], [false, true]);
});

test('wide bounds are asked about ever more seldom', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 0, t1: 400, now: 4_200 });
  const asked = [];
  for (let at = 10_000; at <= 600_000; at += 10_000) {
    if (!clock.due(at)) continue;
    clock.asked(at);
    clock.sample({ t0: at, t1: at + 400, now: at + 4_200 });
    asked.push(at);
  }
  assert.deepEqual(asked.slice(0, 5), [10_000, 30_000, 50_000, 80_000, 130_000]);
  assert.ok(asked.length <= 9);
});

test('a heartbeat that is very late makes the time doubtful until somebody asked', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 0, t1: 40, now: 4_020 });
  clock.heard({ now: 14_000, at: 12_500 });
  const due = clock.due(12_500);
  clock.asked(12_500);
  const again = clock.due(12_600);
  clock.sample({ t0: 13_000, t1: 13_040, now: 17_020 });
  assert.deepEqual([due, again, clock.due(22_000)], [true, false, false]);
});

test('one heartbeat that is a little late is no doubt, two of them are', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 0, t1: 40, now: 4_020 });
  clock.heard({ now: 14_000, at: 10_500 });
  const first = clock.due(10_500);
  clock.heard({ now: 24_000, at: 20_500 });
  assert.deepEqual([first, clock.due(20_500)], [false, true]);
});

test('a line that became slow for good is asked about once', () => {
  const clock = new ServerClock();
  clock.sample({ t0: 0, t1: 40, now: 4_020 });
  let asked = 0;
  for (let at = 10_000; at < 120_000; at += 10_000) {
    clock.heard({ now: at + 4_000 - 600, at });
    if (!clock.due(at)) continue;
    asked += 1;
    clock.asked(at);
    clock.sample({ t0: at + 1000, t1: at + 1640, now: at + 1000 + 4_020 });
  }
  assert.equal(asked, 1);
});

test('a clock that was set shows in the next thing that the server wrote', () => {
  const [back, forward, late] = [new ServerClock(), new ServerClock(), new ServerClock()];
  for (const clock of [back, forward, late]) clock.sample({ t0: 0, t1: 40, now: 4_020 });
  assert.deepEqual([back.sure, back.doubted], [true, false]);

  back.dated({ now: 9_000 - 60_000, at: 5_100 });
  assert.deepEqual([back.sure, back.doubted, back.due(9_000), back.offset(5_100)], [false, true, true, 4_000]);
  forward.dated({ now: 69_000, at: 5_100 });
  assert.deepEqual([forward.sure, forward.doubted, forward.offset(5_100)], [false, true, 63_900]);
  late.dated({ now: 8_200, at: 5_100 });
  late.dated({ now: 8_300, at: 5_200 });
  late.dated({ now: Number.NaN, at: 5_300 });
  assert.deepEqual([late.sure, late.doubted], [true, false]);

  back.sample({ t0: 10_000, t1: 10_040, now: 14_020 - 60_000 });
  assert.deepEqual([back.sure, back.doubted, back.offset(10_040)], [true, false, -56_000]);
});

test('until a round trip the time is not known for sure', () => {
  const clock = new ServerClock();
  clock.heard({ now: 6000, at: 1000 });
  assert.deepEqual([clock.sure, clock.doubted], [false, false]);
});
