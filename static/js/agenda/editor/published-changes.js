/** What attendees will see changed when the working plan is published. */
import { endOf, startOf } from '#hub/agenda/editor/model.js';
import { localOf, writeClock } from '#hub/agenda/editor/zone.js';
import { t, text } from '#hub/web/i18n.js';
import { date } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Segment} Segment */
/** @typedef {{segment: Segment, from: number | null, to: number | null}} Item a segment with cues, from its first start to its last end */

/**
 * One sentence for each change.
 * @param {Content} before as it is published
 * @param {Content} after
 * @param {{zone: string, rooms: import('#hub/agenda/editor/model.js').Room[]}} place
 * @returns {string[]}
 */
export function changesBetween(before, after, { zone, rooms }) {
  const old = new Map(itemsOf(before).map((item) => [item.segment.id, item]));
  const now = itemsOf(after);
  const kept = new Set(now.map((item) => item.segment.id));
  const room = (/** @type {string | null} */ id) => text(rooms.find((one) => one.id === id)?.title) || t('정하지 않음');
  return [
    ...now.flatMap((item) => {
      const was = old.get(item.segment.id);
      return was ? differences(was, item, zone, room) : [t('추가: {title} ({time})', { title: text(item.segment.title), time: timeOf(item.from, zone) })];
    }),
    ...[...old.values()].filter((item) => !kept.has(item.segment.id)).map((item) => t('취소: {title} ({time})', { title: text(item.segment.title), time: timeOf(item.from, zone) })),
  ];
}

/**
 * What attendees see of a plan.
 * @param {Content} content
 * @returns {Item[]}
 */
function itemsOf(content) {
  const cues = content.lanes.flatMap((lane) => lane.cues).filter((cue) => !cue.skipped);
  return content.segments
    .filter((segment) => segment.public !== false)
    .map((segment) => {
      const own = cues.filter((cue) => cue.segment === segment.id);
      return { segment, from: own.length > 0 ? Math.min(...own.map(startOf)) : null, to: own.length > 0 ? Math.max(...own.map(endOf)) : null };
    })
    .filter((item) => item.from !== null);
}

/**
 * @param {Item} was
 * @param {Item} now
 * @param {string} zone
 * @param {(id: string | null) => string} room
 */
function differences(was, now, zone, room) {
  const title = text(now.segment.title);
  const renamed = text(was.segment.title) !== title;
  const moved = was.from !== now.from || was.to !== now.to;
  const elsewhere = (was.segment.room ?? null) !== (now.segment.room ?? null);
  return [
    ...(renamed ? [t('이름: {before} → {after}', { before: text(was.segment.title), after: title })] : []),
    ...(moved ? [t('시간: {title} {before} → {after}', { title, before: spanOf(was, zone), after: spanOf(now, zone) })] : []),
    ...(elsewhere ? [t('방: {title} {before} → {after}', { title, before: room(was.segment.room ?? null), after: room(now.segment.room ?? null) })] : []),
  ];
}

/**
 * @param {Item} item
 * @param {string} zone
 */
function spanOf(item, zone) {
  return `${timeOf(item.from, zone)}–${item.to === null ? '' : writeClock(localOf(item.to, zone).seconds)}`;
}

/**
 * @param {number | null} ms
 * @param {string} zone
 */
function timeOf(ms, zone) {
  return ms === null ? '' : `${date(ms, zone)} ${writeClock(localOf(ms, zone).seconds)}`;
}
