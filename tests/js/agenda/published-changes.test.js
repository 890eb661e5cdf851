import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeWords } from '#hub/agenda/published-changes.js';
import { at, ZONE } from './editor/plan.js';

/** @param {string} ko @param {string} from @param {string} to @param {string[]} [rooms] */
const place = (ko, from, to, rooms = []) => ({ title: { ko, en: '' }, starts_at: at(from), ends_at: at(to), rooms: rooms.map((room) => ({ ko: room, en: '' })) });
const day = '2021년 12월 2일 (목)';

test('what attendees will see changed is said in a sentence for each', () => {
  const segment = { ko: '시상', en: 'Awards' };
  const words = [
    { kind: 'added', segment: null, before: null, after: place('만찬', '18:00', '20:00') },
    { kind: 'cancelled', segment, before: place('사진', '14:00', '14:10'), after: null },
    { kind: 'renamed', segment: null, before: place('개회', '13:00', '13:10'), after: place('개회식', '13:00', '13:10') },
    { kind: 'moved', segment: null, before: place('개회', '13:00', '13:10'), after: place('개회', '13:30', '13:40') },
    { kind: 'moved', segment: null, before: place('만찬', '23:00', '23:50'), after: { ...place('만찬', '23:30', '23:50'), ends_at: '2021-12-02T15:20:00Z' } },
    { kind: 'room', segment: null, before: place('개회', '13:00', '13:10'), after: place('개회', '13:00', '13:10', ['대강당', '소강당']) },
  ].map((change) => changeWords(/** @type {any} */ (change), ZONE));
  assert.deepEqual(words, [
    `추가: 만찬 (${day} 18:00–20:00)`, `취소: 시상 · 사진 (${day} 14:00–14:10)`, '이름: 개회 → 개회식', `시간: 개회 ${day} 13:00–13:10 → 13:30–13:40`, `시간: 만찬 ${day} 23:00–23:50 → 23:30–00:20 (+1일)`, '방: 개회 정하지 않음 → 대강당, 소강당',
  ]);
});
