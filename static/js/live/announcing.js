/** What a screen reader says when a fact arrives: now, next, delay, reveal. Nothing else. */
import { t, text } from '#hub/web/i18n.js';
import { levelWords, recipientWords } from '#hub/awards/words.js';
import { driftWords } from '#hub/agenda/lane-words.js';
import { laneView } from '#hub/agenda/lanes.js';

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {import('#hub/live/store.js').Store} Store */

const NEWS_MS = 15_000;

/**
 * The words for an entry that the store has just taken in; null when there is nothing to say or it is no news any more.
 * @param {Entry} entry
 * @param {Store} store
 * @param {number} now server time (ms)
 * @returns {string | null}
 */
export function announcement(entry, store, now) {
  if (now - Date.parse(entry.at) > NEWS_MS) return null;
  const { lane = '', award = '' } = entry.body;
  switch (entry.topic) {
    case 'LaneStarted':
    case 'CueStarted':
    case 'CueTakenBack':
      return nowAndNext(store, lane, now);
    case 'LaneHeld':
      return t('잠시 멈추었습니다');
    case 'LaneResumed':
    case 'CueExtended':
      return delay(store, lane, now);
    case 'LaneFinished':
      return t('{lane} 진행을 마쳤습니다', { lane: text(store.get(`lane/${lane}`)?.title) });
    case 'AwardRevealed':
      return reveal(store, award);
    case 'AwardTakenBack':
      return t('발표가 취소되었습니다');
    default:
      return null;
  }
}

/**
 * @param {Store} store
 * @param {string} laneId
 * @param {number} now
 */
function nowAndNext(store, laneId, now) {
  const view = laneView(store, laneId, now);
  if (!view?.cue) return null;
  const title = text(view.cue.title);
  if (!view.next) return t('지금: {title}', { title });
  return t('지금: {title}. 다음: {next}', { title, next: text(view.next.cue.title) });
}

/**
 * @param {Store} store
 * @param {string} laneId
 * @param {number} now
 */
function delay(store, laneId, now) {
  const view = laneView(store, laneId, now);
  return view && driftWords(view.driftMs);
}

/**
 * @param {Store} store
 * @param {string} id
 */
function reveal(store, id) {
  const award = store.get(`award/${id}`);
  return award ? `${levelWords(award.level)}. ${recipientWords(award)}` : null;
}
