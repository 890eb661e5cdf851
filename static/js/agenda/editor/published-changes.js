/** What attendees will see changed when the working plan is published, in words. */
import { localOf, writeClock } from '#hub/agenda/editor/zone.js';
import { t, text } from '#hub/web/i18n.js';
import { date } from '#hub/web/time.js';

/** @typedef {import('#hub/web/i18n.js').Text} Text */
/** @typedef {{title: Text, starts_at: string | null, ends_at: string | null, rooms: Text[]}} Place */
/** @typedef {{kind: 'added' | 'cancelled' | 'renamed' | 'moved' | 'room', segment: Text | null, before: Place | null, after: Place | null}} PlanChange
 *   as `GET plan/changes` answers it; `segment`: the one that holds a cue */

/**
 * A change in one sentence.
 * @param {PlanChange} change
 * @param {string} zone
 */
export function changeWords({ kind, segment, before, after }, zone) {
  const shown = after ?? before;
  const title = [text(segment), text(shown?.title)].filter(Boolean).join(' · ');
  switch (kind) {
    case 'added':
      return t('추가: {title} ({time})', { title, time: spanOf(after, zone) });
    case 'cancelled':
      return t('취소: {title} ({time})', { title, time: spanOf(before, zone) });
    case 'renamed':
      return t('이름: {before} → {after}', { before: text(before?.title), after: text(after?.title) });
    case 'moved':
      return t('시간: {title} {before} → {after}', { title, before: spanOf(before, zone), after: spanOf(after, zone, before) });
    case 'room':
      return t('방: {title} {before} → {after}', { title, before: roomsOf(before), after: roomsOf(after) });
  }
}

/** @param {Place | null} place */
function roomsOf(place) {
  return place?.rooms.map((room) => text(room)).join(', ') || t('정하지 않음');
}

/**
 * From when to when, with the day unless it is that of `other`.
 * @param {Place | null} place
 * @param {string} zone
 * @param {Place | null} [other]
 */
function spanOf(place, zone, other = null) {
  if (!place?.starts_at) return '';
  const from = localOf(Date.parse(place.starts_at), zone);
  const same = other?.starts_at && localOf(Date.parse(other.starts_at), zone).day === from.day;
  const to = place.ends_at ? writeClock(localOf(Date.parse(place.ends_at), zone).seconds) : '';
  return `${same ? '' : `${date(place.starts_at, zone)} `}${writeClock(from.seconds)}–${to}`;
}
