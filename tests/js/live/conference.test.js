import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../web/page.js';

openPage('<h1 data-conference="title">처음 이름</h1><p data-conference="venue">처음 장소</p><time data-conference="until">18:00</time>');
const { keepConference, wordsOf } = await import('#hub/live/conference.js');

/** @type {Parameters<typeof wordsOf>[0]} */
const FIRST = {
  slug: 'conf',
  title: { ko: '처음 이름', en: '' },
  host: { ko: '주최', en: '' },
  venue: { ko: '처음 장소', en: '' },
  timezone: 'Asia/Seoul',
  starts_at: '2021-12-02T00:00:00.000Z',
  ends_at: '2021-12-02T09:00:00.000Z',
  accent: '#1b4b8f',
  languages: ['ko'],
  state: 'ready',
};
const shown = () => [...document.querySelectorAll('[data-conference]')].map((place) => place.textContent);

test('what the server rendered stays until the conference is edited', () => {
  const keep = keepConference();
  keep(undefined);
  keep(FIRST);
  assert.deepEqual(shown(), ['처음 이름', '처음 장소', '18:00']);
  keep({ ...FIRST, venue: { ko: '옮긴 장소', en: '' }, ends_at: '2021-12-03T09:00:00.000Z' });
  assert.deepEqual(shown(), ['처음 이름', '옮긴 장소', '2021년 12월 3일 (금) 18:00']);
});

test('a conference of one day names its day once', () => {
  const { day, from, until } = wordsOf(FIRST);
  assert.deepEqual([day, from, until], ['2021년 12월 2일 (목)', '09:00', '18:00']);
});
