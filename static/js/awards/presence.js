/** Where the person is who comes for an award, in words, and what that asks of the operator. The hub suggests, the operator decides. */
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/**
 * @typedef {'here' | 'ready' | 'remote' | 'missing' | 'unknown'} Presence `ready`: connected, and said to be ready; `unknown`: nobody of
 *   the guest list comes for the award
 */

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
  const guest = award.guest ? store.get(`guest/${award.guest}`) : undefined;
  if (!guest) return 'unknown';
  if (guest.inside) return 'here';
  if (store.get(`ready/${guest.id}`)) return 'ready';
  return guest.remote_connected ? 'remote' : 'missing';
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
 * @returns {{words: string, kind: 'good' | 'live' | 'warn'} | null} null where nobody is expected
 */
export function presenceBadge(presence) {
  switch (presence) {
    case 'here':
      return { words: t('도착함'), kind: 'good' };
    case 'ready':
      return { words: t('온라인 준비됨'), kind: 'good' };
    case 'remote':
      return { words: t('온라인 접속함'), kind: 'live' };
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
    return isToCome(award) && (award.deferred || award.absent) && presence !== 'missing' && presence !== 'unknown';
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
  if (award.absent) return presence === 'missing' || presence === 'unknown' ? '' : t('늦게 왔습니다. 불참을 취소하면 무대로 모십니다');
  if (presence === 'missing' && award.stand_in === 'proxy') return '';
  switch (presence) {
    case 'here':
      return t('무대로 모십니다');
    case 'ready':
    case 'remote':
      return t('접속한 화면을 띄웁니다');
    case 'missing':
      return t('대리 수상, 이름만 낭독, 뒤로 미루기 중에서 고릅니다');
    case 'unknown':
      return '';
  }
}
