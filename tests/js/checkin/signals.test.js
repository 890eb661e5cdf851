import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

/** @type {[number, number][]} when each note begins (s) and its pitch (Hz) */
const played = [];

class FakeNode {
  /** @param {unknown} _context @param {{frequency?: number}} how */
  constructor(_context, { frequency = 0 }) {
    this.frequency = frequency;
    this.gain = { setValueAtTime() {}, linearRampToValueAtTime() {} };
  }

  /** @template T @param {T} other */
  connect(other) {
    return other;
  }

  /** @param {number} at */
  start(at) {
    played.push([at, this.frequency]);
  }

  stop() {}
}
class FakeAudio {
  state = 'running';
  currentTime = 0;
}
Object.assign(globalThis, { AudioContext: FakeAudio, OscillatorNode: FakeNode, GainNode: FakeNode });
Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
mock.timers.enable({ apis: ['setTimeout'] });
const { signal, signalLate, wakeSound } = await import('#hub/checkin/signals.js');
void wakeSound();

const BAD = 190;
const GOOD = [880, 1320];
const WARN = [620, 620];

beforeEach(() => {
  played.length = 0;
});

test('answers to earlier scans share one sound, after that of the person who stands here', () => {
  for (let n = 0; n < 30; n += 1) signalLate('warn');
  signalLate('bad');
  signal('good');
  assert.deepEqual(played.map(([, hertz]) => hertz), GOOD);

  mock.timers.tick(1_000);
  assert.deepEqual(played.map(([, hertz]) => hertz), [...GOOD, BAD]);
});

test('what comes late again sounds again', () => {
  signalLate('warn');
  mock.timers.tick(1_000);
  signalLate('good');
  mock.timers.tick(1_000);

  assert.deepEqual(played.map(([, hertz]) => hertz), [...WARN, ...GOOD]);
});
