/** What a published plan changes for attendees, in words. */
import { t, text } from '#hub/web/i18n.js';
import { clockBeside, clockTime, date } from '#hub/web/time.js';

/** @typedef {import('#hub/web/i18n.js').Text} Text */
/** @typedef {{title: Text, starts_at: string | null, ends_at: string | null, rooms: Text[]}} Place */
/** @typedef {{kind: 'added' | 'cancelled' | 'renamed' | 'moved' | 'room', segment: Text | null, before: Place | null, after: Place | null}} PlanChange
 *   as `GET plan/changes` answers it; `segment`: the one that holds a cue */

/**
 * A change in one sentence.
 * @param {PlanChange} change
 * @param {string} zone
 * @param {import('#hub/web/time.js').Instant | null} [today] an instant of the day that need not be named
 */
export function changeWords({ kind, segment, before, after }, zone, today = null) {
  const shown = after ?? before;
  const title = [text(segment), text(shown?.title)].filter(Boolean).join(' · ');
  switch (kind) {
    case 'added':
      return t('추가: {title} ({time})', { title, time: spanOf(after, zone, today) });
    case 'cancelled':
      return t('취소: {title} ({time})', { title, time: spanOf(before, zone, today) });
    case 'renamed':
      return t('이름: {before} → {after}', { before: text(before?.title), after: text(after?.title) });
    case 'moved':
      return t('시간: {title} {before} → {after}', { title, before: spanOf(before, zone, today), after: spanOf(after, zone, before?.starts_at ?? null) });
    case 'room':
      return t('방: {title} {before} → {after}', { title, before: roomsOf(before), after: roomsOf(after) });
  }
}

/** @param {Place | null} place */
function roomsOf(place) {
  return place?.rooms.map((room) => text(room)).join(', ') || t('정하지 않음');
}

/**
 * From when to when, with the day unless it is that of `beside`.
 * @param {Place | null} place
 * @param {string} zone
 * @param {import('#hub/web/time.js').Instant | null} beside
 */
function spanOf(place, zone, beside) {
  if (!place?.starts_at) return '';
  const day = date(place.starts_at, zone);
  const same = beside !== null && date(beside, zone) === day;
  const to = place.ends_at ? clockBeside(place.ends_at, place.starts_at, zone) : '';
  return `${same ? '' : `${day} `}${clockTime(place.starts_at, zone)}–${to}`;
}
