/** Awards that come out together, on the screens of those who know recipients before the reveal; and what every stage shows. */
import { cuesOf, orderToCome } from '#hub/agenda/lane-run.js';
import { byKey, derived } from '#hub/web/derived.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * The awards that the stage of a lane shows: its own, and those that are shown everywhere.
 * @param {readonly AwardDoc[]} awards
 * @param {string} lane
 * @returns {readonly AwardDoc[]}
 */
export function onStageOf(awards, lane) {
  return stages(awards)(lane);
}

const stages = derived((/** @type {readonly AwardDoc[]} */ awards) => byKey((lane) => awards.filter((award) => award.lane === lane || award.everywhere)));

/**
 * The awards of other lanes that come out together with one.
 * @param {Store} store
 * @param {AwardDoc} award
 * @returns {AwardDoc[]}
 */
export function othersOf(store, award) {
  return (award.together ?? []).flatMap((id) => store.get(`award/${id}`) ?? []);
}

/**
 * The awards whose names came out by the same command as that of `award`, itself included.
 * @param {Store} store
 * @param {AwardDoc} award
 */
export function outWith(store, award) {
  return [award, ...othersOf(store, award).filter((one) => award.revealed_at && one.revealed_at === award.revealed_at)];
}

/**
 * With whom an award comes out: `메타버스와 함께 발표`; empty for one that comes out alone.
 * @param {Store} store
 * @param {AwardDoc} award
 */
export function jointWords(store, award) {
  if (award.everywhere) return t('모든 구역 무대에 표시');
  const others = othersOf(store, award);
  return others.length > 0 ? t('함께 발표: {lanes}', { lanes: laneNames(store, others.map(({ lane }) => lane)) }) : '';
}

/**
 * The lanes whose names have still to be made ready before a reveal, as the server waits for them (`conference_hub/awards/joint.py`).
 * @param {Store} store
 * @param {AwardDoc} award
 * @returns {string[]}
 */
export function waitsFor(store, award) {
  return othersOf(store, award).filter((one) => holdsUp(store, one)).map(({ lane }) => lane);
}

/**
 * What an award that is ready waits for, in words; empty for nothing.
 * @param {Store} store
 * @param {AwardDoc} award
 */
export function waitingWords(store, award) {
  const lanes = award.state === 'armed' ? waitsFor(store, award) : [];
  return lanes.length > 0 ? t('{lanes} 구역의 준비를 기다립니다', { lanes: laneNames(store, lanes) }) : '';
}

/**
 * What is asked before a name comes out without those of other lanes; null when nobody is waited for.
 * @param {Store} store
 * @param {AwardDoc} award
 * @param {string} who
 */
export function aloneQuestion(store, award, who) {
  const lanes = waitsFor(store, award);
  if (lanes.length === 0) return null;
  const title = t('{lanes} 구역이 아직 준비되지 않았습니다. 먼저 발표할까요?', { lanes: laneNames(store, lanes) });
  return { title, body: who, action: t('먼저 발표') };
}

/**
 * @param {Store} store
 * @param {readonly string[]} lanes
 */
export function laneNames(store, lanes) {
  return lanes.map((lane) => text(store.get(`lane/${lane}`)?.title) || lane).join(', ');
}

/**
 * @param {Store} store
 * @param {AwardDoc} award
 */
function holdsUp(store, award) {
  const lane = store.get(`lane/${award.lane}`);
  if (!lane || award.state !== 'sealed' || award.absent || award.deferred) return false;
  return lane.cue === award.cue || orderToCome(lane, cuesOf(lane, store.all('cue/'))).some(({ id }) => id === award.cue);
}
