import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upWords } from '#hub/live/screens-up.js';

const screen = (/** @type {number} */ shown) => ({ id: `s${shown}`, name: '무대', kind: 'stage', lane: 'hall', shown, at: '2021-12-02T00:20:00.000Z' });

test('the screens that show the newest are counted among all', () => {
  assert.equal(upWords({ screens: [screen(6), screen(7)], head: 7, browsers: 1204 }), '화면 2대 중 1대에 표시 · 브라우저 1,204대');
});

test('without screens only browsers are counted', () => {
  assert.equal(upWords({ screens: [], head: 7, browsers: 3 }), '브라우저 3대');
});
