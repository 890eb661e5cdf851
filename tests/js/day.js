/** A small day in literal documents: a hall with three cues, the metaverse with one. */
import { Store } from '#hub/live/store.js';

export const at = (/** @type {string} */ clock) => Date.parse(`2021-12-02T${clock}+09:00`);
export const iso = (/** @type {string} */ clock) => new Date(at(clock)).toISOString();

/** @type {Record<'grand' | 'encouragement', import('#hub/live/documents.js').LevelDoc>} */
export const LEVELS = {
  grand: { id: 'grand', rank: 1, label: { ko: '대상', en: 'Grand Prize' }, honour: { ko: '장관상', en: "Minister's Award" }, prize_won: 2000000, prize: { amount: 2000000, currency: 'KRW', text: null }, reveal_style: 'individual', programme: null, pace_s: 28 },
  encouragement: { id: 'encouragement', rank: 4, label: { ko: '장려상', en: 'Encouragement' }, honour: { ko: '장관상', en: "Minister's Award" }, prize_won: 300000, prize: { amount: 300000, currency: 'KRW', text: null }, reveal_style: 'roll', programme: null, pace_s: 8 },
};

/**
 * @param {Partial<import('#hub/live/documents.js').AwardDoc> & {id: string}} fields
 * @returns {import('#hub/live/documents.js').AwardDoc}
 */
export function award(fields) {
  return {
    lane: 'hall', cue: 'round-1', order: 1, state: 'revealed', level: LEVELS.grand, kind: 'individual',
    number: '1', unnamed: false, citation: null, presenter: null, honorific: null, conferrer: null,
    recipient: '석용주', organisation: '천안고용센터', profile: null, revealed_at: iso('09:35:00'), everywhere: false, ...fields,
  };
}

/**
 * @param {Partial<import('#hub/live/documents.js').CueDoc> & {id: string}} fields
 * @returns {import('#hub/live/documents.js').CueDoc}
 */
export function cue(fields) {
  return {
    lane: 'hall', segment: 'opening', kind: 'opening', title: { ko: fields.id, en: fields.id }, position: 1, planned_start: iso('09:20:00'), planned_s: 600,
    number: '1', colour: null, warn_s: null, danger_s: null, speakers: [],
    started_at: null, ended_at: null, extension_s: 0, held_s: 0, skipped: false, fixed: true, sync: null, ...fields,
  };
}

/** @param {Record<string, object>} [changes] documents put over the day before it begins */
export function day(changes = {}) {
  const store = new Store();
  store.reset({
    'segment/opening': { id: 'opening', kind: 'opening', title: { ko: '개회', en: 'Opening' }, label: { ko: '개회', en: 'Opening' }, note: null, position: 1 },
    'lane/hall': { id: 'hall', title: { ko: '현장', en: 'Hall' }, position: 1, status: 'waiting', cue: null, held_since: null },
    'lane/metaverse': { id: 'metaverse', title: { ko: '메타버스', en: 'Metaverse' }, position: 2, status: 'waiting', cue: null, held_since: null },
    'cue/opening': cue({ id: 'opening', planned_start: iso('09:20:00') }),
    'cue/round-1': cue({ id: 'round-1', position: 2, planned_start: iso('09:30:00') }),
    'cue/closing': cue({ id: 'closing', position: 3, planned_start: iso('09:40:00') }),
    'cue/round-meta': cue({ id: 'round-meta', lane: 'metaverse', planned_start: iso('09:30:00') }),
    ...changes,
  }, 1);
  return store;
}

/** The hall in its first round, begun at 09:32. */
export const IN_ROUND_1 = {
  'lane/hall': { id: 'hall', title: { ko: '현장', en: 'Hall' }, position: 1, status: 'running', cue: 'round-1', held_since: null },
  'cue/opening': cue({ id: 'opening', planned_start: iso('09:20:00'), started_at: iso('09:20:00'), ended_at: iso('09:32:00') }),
  'cue/round-1': cue({ id: 'round-1', position: 2, planned_start: iso('09:30:00'), started_at: iso('09:32:00') }),
};
