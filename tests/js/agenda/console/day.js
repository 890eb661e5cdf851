/** A small day for the console's tests: a hall of three cues, a metaverse of one, at 00:20 UTC. */
import { Store } from '#hub/live/store.js';

export const T0 = Date.parse('2021-12-02T00:20:00.000Z');
const MINUTE = 60_000;

/** @param {number} minutes after the opening */
export function at(minutes) {
  return new Date(T0 + minutes * MINUTE).toISOString();
}

/**
 * @param {string} id
 * @param {string} lane
 * @param {string} segment
 * @param {number} position
 * @param {number} start minutes after the opening
 * @param {object} [run]
 */
function cue(id, lane, segment, position, start, run = {}) {
  const title = { ko: id, en: id };
  const plan = { id, lane, segment, title, position, planned_start: at(start), planned_s: 600 };
  return { ...plan, started_at: null, ended_at: null, extension_s: 0, held_s: 0, ...run };
}

/**
 * @param {string} id
 * @param {number} position
 * @param {object} [run]
 */
function lane(id, position, run = {}) {
  return { id, title: { ko: id, en: id }, position, status: 'waiting', cue: null, held_since: null, ...run };
}

/**
 * The day as planned, with some documents replaced in part.
 * @param {Record<string, object>} [changes] by key
 */
export function dayStore(changes = {}) {
  /** @type {Record<string, any>} */
  const docs = {
    'lane/hall': lane('hall', 1),
    'lane/metaverse': lane('metaverse', 2),
    'cue/opening': cue('opening', 'hall', 'opening', 1, 0),
    'cue/round-2-hall': cue('round-2-hall', 'hall', 'ceremony', 2, 10),
    'cue/performance': cue('performance', 'hall', 'performance', 3, 20),
    'cue/round-2-metaverse': cue('round-2-metaverse', 'metaverse', 'ceremony', 1, 10),
  };
  for (const [key, change] of Object.entries(changes)) docs[key] = { ...docs[key], ...change };
  const store = new Store();
  store.reset(docs, 40);
  return store;
}

/** The hall in its second cue. */
export const CEREMONY = {
  'lane/hall': { status: 'running', cue: 'round-2-hall' },
  'cue/opening': { started_at: at(0), ended_at: at(11) },
  'cue/round-2-hall': { started_at: at(11) },
};

/** The metaverse in its only cue. */
export const METAVERSE = {
  'lane/metaverse': { status: 'running', cue: 'round-2-metaverse' },
  'cue/round-2-metaverse': { started_at: at(11) },
};
