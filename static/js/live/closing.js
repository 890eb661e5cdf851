/**
 * Whether everything is over, for today or for good. A day of the programme lasts until five in the morning: what ends after
 * midnight ends that evening, and the end of one day is not the end of a conference that goes on tomorrow.
 */
import { dayNumber } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {import('#hub/live/documents.js').CueDoc} CueDoc */
/** @typedef {import('#hub/live/documents.js').SessionDoc} SessionDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{kind: 'over'} | {kind: 'day', next: CueDoc | null}} Closing `next`: what the next day begins with, null: not planned yet */

const NIGHT_MS = 5 * 60 * 60_000;
const SET_BY_HAND = ['over', 'archived'];

/**
 * @param {Store} store
 * @param {readonly LaneView[]} views
 * @param {number} now server time (ms)
 * @param {string} zone IANA name of the event's zone
 * @returns {Closing | null} null: something is on, or still comes today
 */
export function closingOf(store, views, now, zone) {
  const conference = store.get('conference');
  if (conference && SET_BY_HAND.includes(conference.state)) return { kind: 'over' };
  if (!views.some(({ status }) => status === 'finished') || views.some(({ cue }) => cue)) return null;
  const ends = conference ? Date.parse(conference.ends_at) : -Infinity;
  const day = (/** @type {number} */ at) => dayNumber(at - NIGHT_MS, zone);
  const today = day(lastEnd(store) ?? now);
  const waiting = waitingCues(views, ends <= now, now);
  if (waiting.some((cue) => day(start(cue)) <= Math.max(today, day(now)))) return null;
  const left = leftCues(store, views).filter((cue) => start(cue) > now && day(start(cue)) > today);
  const next = [...waiting, ...left].toSorted((a, b) => start(a) - start(b))[0] ?? null;
  return next || (ends > now && day(ends) > today) ? { kind: 'day', next } : { kind: 'over' };
}

/**
 * The sessions that follow, in their order in time.
 * @param {Store} store
 * @param {number} now
 * @returns {SessionDoc[]}
 */
export function comingSessions(store, now) {
  return store
    .all('session/')
    .filter((session) => session.status !== 'cancelled' && Date.parse(session.ends_at) > now)
    .toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}

/**
 * What lanes begin with that have not begun; one that nobody started and that is past is given up once the conference is past.
 * @param {readonly LaneView[]} views
 * @param {boolean} past
 * @param {number} now
 * @returns {CueDoc[]}
 */
function waitingCues(views, past, now) {
  const waiting = views.filter(({ status, plannedFinish }) => status === 'waiting' && !(past && (plannedFinish ?? 0) <= now));
  return waiting.flatMap(({ next }) => (next ? [next.cue] : []));
}

/**
 * What was left out of lanes that finished: the next day's, where a lane is finished each evening and opened again.
 * @param {Store} store
 * @param {readonly LaneView[]} views
 */
function leftCues(store, views) {
  const finished = new Set(views.flatMap(({ lane, status }) => (status === 'finished' ? [lane.id] : [])));
  return store.all('cue/').filter((cue) => finished.has(cue.lane) && cue.started_at === null && !cue.skipped);
}

/** @param {Store} store */
function lastEnd(store) {
  const ends = store.all('cue/').flatMap(({ ended_at: at }) => (at ? [Date.parse(at)] : []));
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** @param {CueDoc} cue */
function start(cue) {
  return Date.parse(cue.planned_start);
}
