/** Groups: names of one level that come out one after the other in a lane, as the document `group/<lane>` says. */
import { inCallingOrder } from '#hub/awards/calling.js';
import { isToCome } from '#hub/awards/presence.js';
import { recipientWords } from '#hub/awards/words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').GroupDoc} GroupDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {'begin' | 'next' | 'pause' | 'resume' | 'back' | 'skip' | 'end'} GroupVerb */
/** @typedef {'now' | 'out' | 'next' | 'coming'} RollState */

/** How many seconds one name of a paced group may take. */
export const PACES = { fastest: 4, slowest: 18 };

/**
 * Those of the round on air who are still to be called, in order.
 * @param {Store} store
 * @param {string} lane
 */
export function comingNow(store, lane) {
  const cue = store.get(`calling/${lane}`)?.cue;
  return inCallingOrder(store, lane).filter((award) => award.cue === cue && isToCome(award) && !award.joint);
}

/**
 * The names that may make a group from one on: those behind it of the same level, up to the next of another one.
 * @param {readonly AwardDoc[]} coming in calling order
 * @param {string} first an id
 * @returns {AwardDoc[]}
 */
export function spanFrom(coming, first) {
  const from = coming.findIndex(({ id }) => id === first);
  if (from < 0) return [];
  const rest = coming.slice(from);
  const end = rest.findIndex(({ level }) => level.id !== rest[0].level.id);
  return end < 0 ? rest : rest.slice(0, end);
}

/**
 * The pace that a group has unless somebody chooses another: that of its level, as far as a group may have it.
 * @param {AwardDoc} award
 */
export function usualPace({ level }) {
  return Math.min(PACES.slowest, Math.max(PACES.fastest, level.pace_s));
}

/**
 * What the large key does: a paced group pauses and goes on, one by key names the next, and one with nobody left ends. Where nobody is left
 * but who was taken back, it names them.
 * @param {GroupDoc} group
 * @returns {GroupVerb}
 */
export function stepOfGroup({ pace_s, paused, next_at, next, due }) {
  if (!next) return 'end';
  if (pace_s === null || !due) return 'next';
  return paused || next_at === null ? 'resume' : 'pause';
}

/**
 * Whether a command of a group may be given now.
 * @param {GroupVerb} verb
 * @param {GroupDoc} group
 */
export function allows(verb, { pace_s, paused, next_at, next, due, current }) {
  switch (verb) {
    case 'pause':
      return pace_s !== null && !paused && next_at !== null;
    case 'resume':
      return pace_s !== null && paused && Boolean(due);
    case 'next':
    case 'skip':
      return Boolean(next);
    case 'back':
      return current !== null;
    default:
      return true;
  }
}

/**
 * The roll of a group, and how far each name is.
 * @param {Store} store
 * @param {GroupDoc} group
 * @returns {{award: AwardDoc, state: RollState}[]}
 */
export function rollOf(store, group) {
  const revealed = new Set(group.revealed);
  const state = (/** @type {string} */ id) => (id === group.current ? 'now' : revealed.has(id) ? 'out' : id === group.next ? 'next' : 'coming');
  return (group.awards ?? group.revealed).flatMap((id) => {
    const award = store.get(`award/${id}`);
    return award ? { award, state: /** @type {RollState} */ (state(id)) } : [];
  });
}

/**
 * How a group goes on, in words.
 * @param {GroupDoc} group
 * @param {number} now server time (ms)
 */
export function groupWords({ pace_s, paused, next_at, next }, now) {
  if (!next) return t('모두 발표했습니다');
  if (pace_s === null) return t('키로 한 명씩');
  if (paused || next_at === null) return t('일시 정지 · {n}초마다', { n: pace_s });
  return t('다음 이름까지 {n}초', { n: Math.max(0, Math.ceil((Date.parse(next_at) - now) / 1_000)) });
}

/**
 * Who is next, in words. A name that was taken back does not come by itself: which key names whom.
 * @param {Store} store
 * @param {GroupDoc} group
 */
export function comingWords(store, { next, due, paused }) {
  const who = (/** @type {string | null | undefined} */ id) => {
    const award = id ? store.get(`award/${id}`) : undefined;
    return award ? recipientWords(award) : '';
  };
  if (!who(next)) return '';
  if (!paused || next === due) return t('다음: {who}', { who: who(next) });
  const again = t('다음 이름: {who} (되돌림)', { who: who(next) });
  return who(due) ? `${again} · ${t('계속: {who}', { who: who(due) })}` : again;
}

/**
 * A command of a group on its button.
 * @param {GroupVerb} verb
 */
export function verbWords(verb) {
  switch (verb) {
    case 'begin':
      return t('단체 발표');
    case 'next':
      return t('다음 이름');
    case 'pause':
      return t('일시 정지');
    case 'resume':
      return t('계속');
    case 'back':
      return t('이름 되돌리기');
    case 'skip':
      return t('이 이름 빼기');
    case 'end':
      return t('단체 발표 마치기');
  }
}
