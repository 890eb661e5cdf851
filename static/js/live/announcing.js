/** What a screen reader says when a fact arrives: now, next, a changed time, reveal. Nothing else. */
import { t, text } from '#hub/web/i18n.js';
import { levelWords, recipientWords } from '#hub/awards/words.js';
import { laneView } from '#hub/agenda/lanes.js';
import { itemWords } from '#hub/live/audience-words.js';

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {import('#hub/live/store.js').Store} Store */

const NEWS_MS = 15_000;

/**
 * Whether an entry is news still, not what was missed. While the server's clock may have been set, the time in an entry says nothing
 * about that, and what comes is news: an audience that listens would hear nothing of a name until the clock is known again.
 * @param {Entry} entry
 * @param {number} now the server's time by which entries are shown (ms), also where a rehearsal has another
 * @param {{doubted: boolean}} clock
 */
export function isNews(entry, now, { doubted }) {
  return doubted || now - Date.parse(entry.at) <= NEWS_MS;
}

/**
 * The words for an entry that the store has just taken in; null when there is nothing to say.
 * @param {Entry} entry
 * @param {Store} store
 * @param {number} now server time (ms)
 * @param {string} zone IANA name of the event's zone
 * @returns {string | null}
 */
export function announcement(entry, store, now, zone) {
  const { lane = '', award = '' } = entry.body;
  if (isWithdrawal(entry)) return t('발표가 취소되었습니다');
  if (isReveal(entry)) return reveal(store, award);
  switch (entry.topic) {
    case 'LaneStarted':
    case 'CueStarted':
    case 'CueTakenBack':
      return nowAndNext(store, lane, now);
    case 'LaneHeld':
      return t('잠시 멈추었습니다');
    case 'LaneResumed':
    case 'CueExtended':
    case 'LaneMadeUp':
      return comingNext(store, lane, now, zone);
    case 'LaneFinished':
      return t('{lane} 진행을 마쳤습니다', { lane: text(store.get(`lane/${lane}`)?.title) });
    case 'CommandUndone':
    case 'CommandRedone':
      return standsNow(store, lane, now);
    default:
      return null;
  }
}

/**
 * Whether a name that was public is not public any more: what was said of it must not be read out.
 * @param {Entry} entry
 */
export function isWithdrawal({ topic, body: { undone } }) {
  if (topic === 'AwardCommandUndone') return undone === 'AwardRevealed';
  return topic === 'AwardTakenBack' || (topic === 'AwardCommandRedone' && undone === 'AwardTakenBack');
}

/** @param {Entry} entry */
function isReveal({ topic, body: { undone } }) {
  if (topic === 'AwardCommandUndone') return undone === 'AwardTakenBack';
  return topic === 'AwardRevealed' || (topic === 'AwardCommandRedone' && undone === 'AwardRevealed');
}

/**
 * @param {Store} store
 * @param {string} laneId
 * @param {number} now
 */
function standsNow(store, laneId, now) {
  const held = store.get(`lane/${laneId}`)?.status === 'held';
  return held ? t('잠시 멈추었습니다') : nowAndNext(store, laneId, now);
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
 * @param {string} zone
 */
function comingNext(store, laneId, now, zone) {
  const next = laneView(store, laneId, now)?.next;
  return next ? t('다음: {next}', { next: itemWords(next, now, zone) }) : null;
}

/**
 * @param {Store} store
 * @param {string} id
 */
function reveal(store, id) {
  const award = store.get(`award/${id}`);
  return award ? `${levelWords(award.level)}. ${recipientWords(award)}` : null;
}
