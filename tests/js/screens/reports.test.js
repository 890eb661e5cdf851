import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenReports } from '#hub/screens/reports.js';

function house() {
  /** @type {(() => void)[]} */
  const waiting = [];
  /** @type {[string, object][]} */
  const told = [];
  const reports = screenReports({ kind: 'emcee', lane: 'hall' }, (_ms, fn) => void waiting.push(fn));
  reports.by({ tell: (event, data) => void told.push([event, data]) });
  return { reports, told, pass: () => waiting.splice(0).forEach((fn) => fn()) };
}

test('the newest is told once for what happens within a second', () => {
  const { reports, told, pass } = house();
  [4, 5, 6].forEach((number) => reports.show(number));
  pass();

  assert.deepEqual(told, [['screen', { kind: 'emcee', lane: 'hall', shown: 6 }]]);
});

test('what was told is told again by a new connection only', () => {
  const { reports, told, pass } = house();
  reports.show(6);
  pass();
  reports.show(6);
  pass();
  reports.report();
  pass();

  assert.deepEqual(told.map(([, data]) => data), [6, 6].map((shown) => ({ kind: 'emcee', lane: 'hall', shown })));
});
