/** Making up time: asks the server for the ways of a late lane, has one of them chosen, and sends it. */
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/agenda/console/lane-commands.js').Progress} Progress */
/** @typedef {import('#hub/agenda/console/dialogs.js').Dialogs} Dialogs */
/** @typedef {{id: string, projected_finish: string | null, drift_s: number}} End when a lane ends by a way */
/** @typedef {{cuts: Record<string, number>, drop: string[], paces: Record<string, number>, lanes: End[]}} Way seconds by cue */
/** @typedef {{now: string, drift_s: number, ways: Way[]}} Ways the answer of `ways`, from the least to the most painful */

/** A lane that is no later than this needs nothing. */
const LATE_MS = 60_000;
const TIMEOUT_MS = 10_000;

/**
 * Whether a lane is so late that ways of making up time are offered.
 * @param {{status: string, driftMs: number}} lane
 */
export function isLate({ status, driftMs }) {
  return status !== 'finished' && driftMs > LATE_MS;
}

/**
 * @param {{conf: string, run: string | null, store: Store, zone: string, commands: LaneCommands,
 *   report: (lane: string, progress: Progress) => void, dialogs: Dialogs, get?: (url: string) => Promise<Ways | null>}} parts `run`: a rehearsal, `zone`: IANA name
 * @returns {(lane: string) => Promise<void>} shows the ways of a lane, and sends the one that is chosen
 */
export function makeUpAct({ conf, run, store, zone, commands, report, dialogs, get = read }) {
  let asking = false;
  return async (lane) => {
    if (asking || !commands.accepts(lane, 'make-up')) return;
    asking = true;
    const seen = store.head;
    const found = await get(`/api/v1/c/${encodeURIComponent(conf)}/${run ? `runs/${run}` : 'run'}/ways?lane=${encodeURIComponent(lane)}`);
    const way = found && (await (await dialogs())?.askWay(store, lane, found, zone));
    asking = false;
    if (!found) report(lane, { phase: 'refused', button: 'make-up', words: t('방법을 불러오지 못했습니다. 다시 눌러 주세요.') });
    if (way) commands.send(lane, 'make-up', { command: 'make-up', body: { cuts: way.cuts, drop: way.drop } }, seen);
  };
}

/**
 * @param {string} url
 * @returns {Promise<Ways | null>} null when no answer came
 */
async function read(url) {
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
