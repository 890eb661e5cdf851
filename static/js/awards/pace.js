/** How fast a round goes: names so far, seconds for each, and when the round will be over at that pace. */
import { inCallingOrder } from '#hub/awards/calling.js';
import { t } from '#hub/web/i18n.js';
import { clockTime } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{told: number, total: number, each: number | null, running: number | null, endsAt: number | null}} Pace seconds; `endsAt` in ms */

/** From so many on, how long a name is up is said in minutes. */
const SECONDS_UP_TO = 120;

/**
 * @param {readonly AwardDoc[]} round the awards of one cue in one lane, without those withdrawn
 * @param {number} now server time (ms)
 * @returns {Pace}
 */
export function paceOf(round, now) {
  const told = round.flatMap(({ revealed_at: at }) => (at ? [Date.parse(at)] : [])).sort((a, b) => a - b);
  const last = told.at(-1);
  const each = last !== undefined && told.length > 1 ? (last - told[0]) / (told.length - 1) : null;
  const left = round.filter((award) => !award.revealed_at && award.state !== 'skipped').length;
  const running = last === undefined || left === 0 ? null : Math.max(0, Math.floor((now - last) / 1000));
  return {
    told: told.length,
    total: round.length,
    each: each === null ? null : Math.round(each / 1000),
    running,
    endsAt: each === null || last === undefined || left === 0 ? null : Math.max(last + each, now) + left * each,
  };
}

/**
 * `13 / 26 발표 · 한 명에 28초 · 22초째 · 13:42 시상 끝 예상`, for the round of an award.
 * @param {Store} store
 * @param {AwardDoc} award
 * @param {number} now server time (ms)
 * @param {string} zone IANA name of the event's zone
 */
export function paceWords(store, award, now, zone) {
  const round = inCallingOrder(store, String(award.lane)).filter((other) => other.cue === award.cue && other.state !== 'withdrawn');
  const { told, total, each, running, endsAt } = paceOf(round, now);
  return [
    t('{told} / {all} 발표', { told, all: total }),
    each !== null && t('한 명에 {n}초', { n: each }),
    running !== null && (running < SECONDS_UP_TO ? t('{n}초째', { n: running }) : t('{n}분째', { n: Math.floor(running / 60) })),
    endsAt !== null && t('{time} 시상 끝 예상', { time: clockTime(endsAt, zone) }),
  ].filter(Boolean).join(' · ');
}
