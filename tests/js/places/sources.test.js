import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder, way } from '#hub/places/channels.js';
import { beside, otherCaptions, playable, shown, sourceWords, watched } from '#hub/places/sources.js';

const HOSTS = ['player.example.com'];
/** @param {Partial<import('#hub/places/sources.js').VideoDoc>} [fields] */
const video = (fields) => ({ id: 'main', kind: /** @type {'main'} */ ('main'), language: 'ko', url: 'https://player.example.com/1', captions_url: null, ...fields });
/** @param {Partial<import('#hub/live/documents.js').ChannelDoc>} [fields] */
const channel = (fields) => ({
  id: 'live', kind: /** @type {'broadcast'} */ ('broadcast'), title: { ko: '생중계', en: 'Broadcast' }, position: 2,
  open: true, opens_at: null, url: null, captions_url: null, delay_ms: 0, audience: /** @type {const} */ ('public'), opens_with: null, before_min: 0, has_videos: false, videos: [], ...fields,
});
const PAGE = { conf: 'day', zone: 'Asia/Seoul', venue: { ko: '대강당', en: 'Hall' } };

test('only videos of the hosts that pages may embed are sources, the others are links', () => {
  const sign = video({ id: 'sign', kind: 'sign' });
  const other = video({ id: 'other', url: 'https://elsewhere.example.com/1' });
  const odd = ['http://player.example.com/1', 'https://player.example.com:8443/1', 'https://a@player.example.com/1', 'nonsense'];
  const odds = odd.map((url, number) => video({ id: `odd-${number}`, url }));

  assert.deepEqual(playable([channel({ videos: [other, sign] }), channel({ videos: odds })], HOSTS), { sources: [sign], links: [other, ...odds] });
});

test('the chosen video is shown while it is there, else the first', () => {
  const [main, sign] = [video({}), video({ id: 'sign', kind: 'sign' })];

  assert.deepEqual([shown([main, sign], 'sign'), shown([main, sign], 'gone'), shown([main], null), shown([], null)], [sign, main, main, null]);
});

test('the sign language stands beside another video where there is room', () => {
  const [main, sign] = [video({}), video({ id: 'sign', kind: 'sign' })];

  assert.deepEqual(
    [beside([main, sign], main, true), beside([main, sign], main, false), beside([main, sign], sign, true), beside([main], main, true), beside([], null, true)],
    [sign, null, null, null, null],
  );
});

test('who watches a video here watches its channel, others the open one by which they take part', () => {
  const [sign, meeting, closed] = [video({ id: 'sign', kind: 'sign' }), channel({ id: 'zoom', kind: 'meeting' }), channel({ id: 'late', kind: 'metaverse', open: false })];
  const live = channel({ videos: [video({}), sign] });
  const all = [meeting, live, closed];

  assert.deepEqual([watched(all, sign, 'meeting'), watched(all, null, 'meeting'), watched(all, null, 'metaverse'), watched(all, null, null)], [live, meeting, null, null]);
});

test('captions of channels are links, but those that stand below the video', () => {
  const [one, two] = [channel({ id: 'one', captions_url: 'https://captions.example.com/1' }), channel({ id: 'two', captions_url: 'https://captions.example.com/2' })];

  assert.deepEqual(otherCaptions([one, two, channel()], 'https://captions.example.com/2'), [{ channel: one, url: 'https://captions.example.com/1' }]);
});

test('a source is called by what it shows and in which language', () => {
  assert.equal(sourceWords(video({ kind: 'audio', language: 'en' }), { en: 'English' }), '음성만 · English');
  assert.equal(sourceWords(video({ language: 'xx' }), {}), '본 화면 · xx');
});

test('the own channel comes first, the others in their order', () => {
  const channels = [channel({ id: 'c', position: 3 }), channel({ id: 'a', kind: 'hall', position: 1 }), channel({ id: 'b', kind: 'meeting', position: 2 })];

  assert.deepEqual(inOrder(channels, 'meeting').map(({ id }) => id), ['b', 'a', 'c']);
  assert.deepEqual(inOrder(channels, null).map(({ id }) => id), ['a', 'b', 'c']);
});

test('a channel leads to its link, to the hall, to the live page, or says when it opens', () => {
  const opens = '2021-12-02T00:10:00.000Z';

  assert.deepEqual(way(channel({ url: 'https://example.com' }), PAGE), { words: '참여하기', href: 'https://example.com' });
  assert.deepEqual(way(channel({ kind: 'hall' }), PAGE), { words: '대강당', href: null });
  assert.deepEqual(way(channel({ videos: [video({})] }), PAGE), { words: '실시간 화면에서 보기', href: '/c/day/live' });
  assert.deepEqual(way(channel({ open: false, opens_at: opens }), PAGE), { words: '2021년 12월 2일 (목) 09:10에 공개됩니다', href: null });
  assert.deepEqual(way(channel({ open: false }), PAGE), { words: '주소가 공개되면 이곳에 나타납니다', href: null });
});

test('a link that is not for everybody is on the own pages of attendees, and is said to open with check-in or before the start', () => {
  const registered = /** @type {'registered'} */ ('registered');
  const closed = { audience: registered, open: false };
  const said = [
    channel({ audience: registered }),
    channel({ ...closed, opens_with: 'doors' }),
    channel({ ...closed, opens_with: 'start', before_min: 15 }),
    channel({ ...closed, opens_with: 'start' }),
  ].map((one) => way(one, PAGE));

  assert.deepEqual(said, [
    { words: '등록한 참석자의 내 페이지에 있습니다', href: null },
    { words: '체크인이 열릴 때 공개됩니다', href: null },
    { words: '시작 15분 전에 공개됩니다', href: null },
    { words: '시작할 때 공개됩니다', href: null },
  ]);
});
