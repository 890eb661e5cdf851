/** What a screen shows that follows a rehearsal: its lanes, cues and awards in place of those of the live run, all else as it is. */
import { runTime } from '#hub/web/run-clock.js';

/** @typedef {import('#hub/live/documents.js').RehearsalDoc} RehearsalDoc */
/** @typedef {Record<string, object>} Docs */

/** Families of documents that belong to a run. Notes are of the plan: rehearsals have none for screens, those of the live run stay. */
const OF_RUN = ['segment/', 'lane/', 'cue/', 'award/', 'calling/', 'group/', 'layer/', 'rounds/', 'ceremony'];

/**
 * The rehearsal that a screen follows, null for the live run.
 * @param {Docs} docs of the stream of rehearsals
 * @param {boolean} always the screen follows every rehearsal, else those that operators show
 * @returns {RehearsalDoc | null}
 */
export function followedRehearsal(docs, always) {
  const key = Object.keys(docs).find((one) => one.startsWith('rehearsal/'));
  const rehearsal = key ? /** @type {RehearsalDoc} */ (docs[key]) : null;
  return rehearsal && (always || rehearsal.on_screens) ? rehearsal : null;
}

/**
 * The documents of a screen that follows a rehearsal.
 * @param {Docs} live those of the stream that it follows else
 * @param {Docs} rehearsed those of the stream of rehearsals
 * @param {RehearsalDoc} rehearsal
 * @returns {Docs}
 */
export function rehearsedDocs(live, rehearsed, rehearsal) {
  const kept = Object.entries(live).filter(([key]) => !OF_RUN.some((family) => key.startsWith(family)));
  const own = Object.entries(rehearsed).filter(([key]) => OF_RUN.some((family) => key.startsWith(family)));
  return Object.fromEntries([...kept.map(([key, doc]) => [key, key.startsWith('message/') ? inRun(doc, rehearsal) : doc]), ...own]);
}

/**
 * A message, which ends by the time of day, as it ends in the rehearsal.
 * @param {{until?: string | null}} message
 * @param {RehearsalDoc} rehearsal
 */
function inRun(message, { clock }) {
  return message.until ? { ...message, until: new Date(runTime(clock, Date.parse(message.until))).toISOString() } : message;
}
