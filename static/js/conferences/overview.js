/** The conference page: the viewer's own time where it differs, and what is on now. */
import { need, pageData, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { nowSentence } from '#hub/agenda/lane-words.js';
import { laneViews } from '#hub/agenda/lanes.js';
import { announcedHonours } from '#hub/honours/announced.js';
import { messageArea } from '#hub/messages/area.js';
import '#hub/calendars/copy.js';
import { drawChannels } from '#hub/places/channels.js';
import { closingOf } from '#hub/live/closing.js';
import { followDay } from '#hub/live/follow.js';
import { programmeNews } from '#hub/live/programme-news.js';
import { showViewerTime } from '#hub/conferences/viewer-time.js';

/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */

/** @type {{conf: string, zone: string, venue: import('#hub/web/i18n.js').Text, own: string | null, version: number}} */
const page = pageData();
const { conf, zone } = page;
showViewerTime(need('#viewer-time'), zone);

const drawMessages = messageArea({ audience: 'public', place: need('main') });
const drawNews = programmeNews(need('#programme-changed'), zone, page.version);

followDay({
  conf,
  stream: 'public',
  zone,
  draw: (store, now) => {
    drawMessages(store, now);
    const views = laneViews(store, now);
    drawNews(store.get('programme'));
    drawNow(views, closingOf(store, views, now, zone));
  },
  drawMore: (store, now) => {
    markCues(laneViews(store, now));
    drawRooms(store);
    announcedHonours(need('#honours'), store);
    drawChannels(need('#channels'), store.all('channel/'), page);
  },
});

/**
 * @param {readonly LaneView[]} views
 * @param {import('#hub/live/closing.js').Closing | null} closing
 */
function drawNow(views, closing) {
  const sentence = nowSentence(views);
  need('#now-line').dataset.on = String(sentence !== null);
  setText(need('#now-words'), sentence ? t('지금 {title}', { title: sentence }) : quietWords(closing));
}

/** @param {import('#hub/live/closing.js').Closing | null} closing */
function quietWords(closing) {
  if (closing?.kind === 'over') return t('행사를 마쳤습니다.');
  if (closing?.kind === 'day') return t('이날 순서를 모두 마쳤습니다');
  return t('행사가 시작되면 지금 진행하는 순서가 여기에 나타납니다.');
}

/** @param {readonly LaneView[]} views */
function markCues(views) {
  const on = views.flatMap((view) => (view.cue ? [view.cue.id] : []));
  for (const place of document.querySelectorAll('[data-cue]')) {
    if (on.includes(place.getAttribute('data-cue') ?? '')) place.setAttribute('aria-current', 'true');
    else place.removeAttribute('aria-current');
  }
}

/** @param {import('#hub/live/store.js').Store} store */
function drawRooms(store) {
  for (const place of document.querySelectorAll('[data-room]')) {
    const room = store.get(`room/${place.getAttribute('data-room')}`);
    if (room) setText(place, text(room.title));
  }
}

