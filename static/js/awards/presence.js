/** Where the person is who comes for an award, in words, and what that asks of the operator. The hub suggests, the operator decides. */
import { sourceWords, whereOf } from '#hub/attendance/whereabouts.js';
import { t } from '#hub/web/i18n.js';
import { clockBeside, realNow } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/**
 * @typedef {'here' | 'ready' | 'connected' | 'idle' | 'left' | 'missing' | 'unknown'} Presence `ready`: not in the hall, and said to be
 *   ready; `idle`: connected without looking, or checked in online alone; `left`: was here or connected, and is not now; `unknown`: nobody
 *   of the guest list comes for the award
 */

const PRESENCES = /** @type {const} */ ({ hall: 'here', connected: 'connected', idle: 'idle', left: 'left', absent: 'missing' });

/**
 * Whether an award is still to be called.
 * @param {Pick<AwardDoc, 'state'>} award
 */
export function isToCome({ state }) {
  return state === 'sealed' || state === 'armed';
}

/**
 * @param {Store} store
 * @param {Pick<AwardDoc, 'guest'>} award
 * @returns {Presence}
 */
export function presenceOf(store, award) {
  const where = whereOf(store, award.guest);
  if (!where) return 'unknown';
  return where.state !== 'hall' && store.get(`ready/${award.guest}`) ? 'ready' : PRESENCES[where.state];
}

/**
 * Whether somebody who is expected is neither here nor connected.
 * @param {Presence} presence
 */
export function isAway(presence) {
  return presence === 'missing' || presence === 'left';
}

/**
 * Since when the person who comes for an award is where they are, and from whom it is known: `12:58부터 · 화상회의 명단`; empty for
 * somebody who has not come.
 * @param {Store} store
 * @param {Pick<AwardDoc, 'guest'>} award
 * @param {string} zone
 */
export function sinceWords(store, award, zone) {
  const where = whereOf(store, award.guest);
  if (!where?.since) return '';
  return [t('{time}부터', { time: clockBeside(where.since, realNow(), zone) }), sourceWords(where.source)].filter(Boolean).join(' · ');
}

/**
 * Where the person sits who comes for an award: `좌석 D-05`; empty where they have no seat, or nobody is expected.
 * @param {Store} store
 * @param {Pick<AwardDoc, 'guest'>} award
 */
export function seatWords(store, award) {
  const seat = award.guest ? store.get(`guest/${award.guest}`)?.seat : null;
  return seat ? t('좌석 {seat}', { seat }) : '';
}

/**
 * @param {Presence} presence
 * @returns {{words: string, kind: 'good' | 'live' | 'wait' | 'warn'} | null} null where nobody is expected
 */
export function presenceBadge(presence) {
  switch (presence) {
    case 'here':
      return { words: t('도착함'), kind: 'good' };
    case 'ready':
      return { words: t('온라인 준비됨'), kind: 'good' };
    case 'connected':
      return { words: t('온라인 접속 중'), kind: 'live' };
    case 'idle':
      return { words: t('화면을 보지 않음'), kind: 'wait' };
    case 'left':
      return { words: t('나감'), kind: 'warn' };
    case 'missing':
      return { words: t('아직 오지 않음'), kind: 'warn' };
    case 'unknown':
      return null;
  }
}

/**
 * Those of a round who were put back or noted as absent, are still to be called, and have come by now.
 * @param {Store} store
 * @param {readonly AwardDoc[]} round
 * @returns {AwardDoc[]}
 */
export function backAgain(store, round) {
  return round.filter((award) => {
    const presence = presenceOf(store, award);
    return isToCome(award) && (award.deferred || award.absent) && presence !== 'unknown' && !isAway(presence);
  });
}

/**
 * What the hub suggests for an award that is still to come; nothing once it is revealed, or where nobody is expected.
 * Who was noted as absent and has come is told of.
 * @param {Store} store
 * @param {Pick<AwardDoc, 'guest' | 'state' | 'absent' | 'stand_in'>} award
 */
export function suggestionWords(store, award) {
  if (!isToCome(award)) return '';
  const presence = presenceOf(store, award);
  if (award.absent) return presence === 'unknown' || isAway(presence) ? '' : t('늦게 왔습니다. 불참을 취소하면 무대로 모십니다');
  if (isAway(presence) && award.stand_in === 'proxy') return '';
  switch (presence) {
    case 'here':
      return t('무대로 모십니다');
    case 'ready':
    case 'connected':
      return t('접속한 화면을 띄웁니다');
    case 'idle':
      return t('화면을 보고 있는지 확인합니다');
    case 'left':
    case 'missing':
      return t('대리 수상, 이름만 낭독, 뒤로 미루기 중에서 고릅니다');
    case 'unknown':
      return '';
  }
}
