import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf } from '#hub/live/programme-news.js';

const NOW = Date.parse('2021-12-02T09:00:00+09:00');
const place = (/** @type {string} */ ko, /** @type {string} */ from, /** @type {string} */ to) => ({
  title: { ko, en: '' }, starts_at: `2021-12-02T${from}:00+09:00`, ends_at: `2021-12-02T${to}:00+09:00`, rooms: [],
});
/** @returns {import('#hub/live/documents.js').PlanChangeDoc} */
const moved = (/** @type {string} */ title) => ({
  kind: 'moved', of: 'segment', id: title, segment: null, before: place(title, '09:20', '09:30'), after: place(title, '09:30', '09:40'),
});

test('what moved is told line by line', () => {
  assert.deepEqual(linesOf({ changes: [moved('개회')], more: 0 }, 'Asia/Seoul', NOW), ['시간: 개회 09:20–09:30 → 09:30–09:40']);
});

test('of many changes the first three are told, and how many more there are', () => {
  const lines = linesOf({ changes: ['1', '2', '3', '4', '5', '6', '7'].map(moved), more: 3 }, 'Asia/Seoul', NOW);

  assert.equal(lines.length, 4);
  assert.equal(lines[3], '그 밖에 7개');
});

test('a version that changes nothing for attendees has no lines', () => {
  assert.deepEqual(linesOf({ changes: [], more: 0 }, 'Asia/Seoul', NOW), []);
});
