import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewerWords } from '#hub/conferences/viewer-time.js';

const SEOUL = 'Asia/Seoul';

test('a conference of several days has both of its days in the zone of the viewer', () => {
  const words = viewerWords('2026-11-27T09:00Z', '2026-11-29T16:30Z', SEOUL, 'UTC');
  assert.equal(words, 'UTC 시간으로는 2026년 11월 27일 (금) 09:00–2026년 11월 29일 (일) 16:30');
});

test('a conference of one day that passes midnight elsewhere has both days there, and one day where it does not', () => {
  const [from, to] = ['2026-11-27T00:00Z', '2026-11-27T09:00Z'];
  assert.equal(viewerWords(from, to, SEOUL, 'America/New_York'), 'America/New_York 시간으로는 2026년 11월 26일 (목) 19:00–2026년 11월 27일 (금) 04:00');
  assert.equal(viewerWords(from, to, SEOUL, 'UTC'), 'UTC 시간으로는 2026년 11월 27일 (금) 00:00–09:00');
});

test('nothing is said where both clocks show the same, also when the zones have different names', () => {
  assert.equal(viewerWords('2026-11-27T00:00Z', '2026-11-27T09:00Z', SEOUL, 'Asia/Tokyo'), '');
});

test('zones that differ only at the end, when summer time is over, differ', () => {
  const words = viewerWords('2026-10-24T10:00Z', '2026-10-25T10:00Z', 'Europe/Paris', 'Africa/Johannesburg');
  assert.equal(words, 'Africa/Johannesburg 시간으로는 2026년 10월 24일 (토) 12:00–2026년 10월 25일 (일) 12:00');
});
