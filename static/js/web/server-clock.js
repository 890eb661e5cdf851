/**
 * How far this browser's clock is from the server's.
 *
 * A time that the server sent (`now`) bounds the offset from below when it comes, at local time `at`: the server is ahead by `now - at`
 * or more. An answer bounds it from above too, as the server read its clock after the question left. Bounds of different messages
 * count together (Marzullo's intersection, RFC 5905, 11.2.1): the quickest way down and the quickest way up, though no single round
 * trip had both. The offset is the middle between them.
 *
 * A clock that is set makes bounds that cannot both be true, and the fresh ones are right. A clock set forward shows in the next
 * heartbeat. One set back looks like a heartbeat that took long, and only a round trip tells: `due` says when one is worth its cost.
 */
import { backoff } from '#hub/web/backoff.js';

/** Clocks gain or lose on each other by no more than this part, so a bound grows loose with age. */
const DRIFT = 1e-4;
/** Bounds this far apart do not contradict each other: both sides write whole milliseconds. */
const TOLERANCE_MS = 2;
/** The bounds are worth narrowing while they are further apart: half of it is the worst error. */
const WIDE_MS = 100;
/** A heartbeat that comes so much later than others makes the bounds doubtful, one that is late by the second number at once. */
const LATE_MS = 250;
const VERY_LATE_MS = 1_000;
/** Between two round trips, in doubt or for narrower bounds: at first so long, each time longer. */
const FIRST_REST_MS = 8_000;
const REST_GROWTH = 1.5;
/** Between two round trips when nothing calls for one; half of it at least, so that an audience does not ask together. */
const LAST_REST_MS = 300_000;
/** What is corrected by less is corrected slowly, so that a countdown neither jumps nor repeats a second. */
const SLEW_MS = 250;
/** Part of the time by which a slow correction moves. */
const SLEW_RATE = 0.1;

/** @typedef {{value: number, at: number}} Bound milliseconds; `at`: the local time at which it was learnt */

export class ServerClock {
  /** @type {Bound | null} */
  #low = null;
  /** @type {Bound | null} */
  #high = null;
  /** The best estimate, and how far what is shown was from it at local time `since`. */
  #target = 0;
  #lag = { ms: 0, since: 0 };
  #known = false;
  /** What a message that was not late said last, and how many heartbeats came late since. */
  #usual = -Infinity;
  #late = 0;
  #doubted = false;
  #rest = FIRST_REST_MS;
  #lastRest = backoff(0, { base: LAST_REST_MS, cap: LAST_REST_MS });
  #askedAt = -Infinity;

  /**
   * Take an answer: local time at sending and at receiving, and the server's time in it (all ms).
   * @param {{t0: number, t1: number, now: number}} answer
   */
  sample({ t0, t1, now }) {
    if (!(t1 >= t0) || !Number.isFinite(now)) return;
    const [low, high] = [now - t1, now - t0];
    this.#change(t1, () => {
      if (low > this.#highest(t1) + TOLERANCE_MS || high < this.#lowest(t1) - TOLERANCE_MS) this.#forget();
      this.#raise(low, t1);
      if (high <= this.#highest(t1)) this.#high = { value: high, at: t1 };
    });
    this.#usual = low;
    this.#late = 0;
    this.#doubted = false;
    this.#askedAt = Math.max(this.#askedAt, t1);
  }

  /**
   * Take a time that the server sent on its own, received at local time `at` (both ms).
   * @param {{now: number, at: number}} beat
   */
  heard({ now, at }) {
    if (!Number.isFinite(now)) return;
    const low = now - at;
    const late = this.#usual - low;
    this.#late = late > LATE_MS ? this.#late + 1 : 0;
    if (late > VERY_LATE_MS || this.#late > 1) this.#doubted = true;
    this.#usual = Math.max(this.#usual, low);
    this.#bounded(low, at);
  }

  /**
   * Take the time at which the server wrote something that it sent at once, received at local time `at` (both ms): a clock that was set
   * shows in it sooner than in the next heartbeat.
   * @param {{now: number, at: number}} dated
   */
  dated({ now, at }) {
    if (!Number.isFinite(now)) return;
    if (this.#usual - (now - at) > VERY_LATE_MS) this.#doubted = true;
    this.#bounded(now - at, at);
  }

  /**
   * Go by what an earlier page knew until the server answers; this page itself may be a copy with an old time in it.
   * @param {number} offset milliseconds
   */
  guess(offset) {
    if (this.#high) return;
    this.#target = Math.max(offset, this.#low?.value ?? -Infinity);
    this.#known = true;
  }

  /**
   * Server time minus local time (ms) at local time `at`; 0 while nothing is known.
   * @param {number} at
   */
  offset(at) {
    const moved = Math.max(at - this.#lag.since, 0) * SLEW_RATE;
    return this.#target + Math.sign(this.#lag.ms) * Math.max(Math.abs(this.#lag.ms) - moved, 0);
  }

  /**
   * Whether to ask the server for its time now, at local time `at`. Whoever does says so by `asked`.
   * @param {number} at
   */
  due(at) {
    const rested = at - this.#askedAt;
    if (this.#doubted) return rested >= FIRST_REST_MS;
    return rested >= (this.#width > WIDE_MS ? this.#rest : this.#lastRest);
  }

  /** @param {number} at local time at which somebody begins to ask */
  asked(at) {
    this.#askedAt = at;
    this.#rest = Math.min(this.#rest * REST_GROWTH, this.#lastRest);
  }

  /** Whether a round trip is wanted because a clock may have been set. */
  get doubted() {
    return this.#doubted;
  }

  /** Whether the offset is known by a round trip and nothing speaks against it. */
  get sure() {
    return this.#high !== null && !this.#doubted;
  }

  get #width() {
    return this.#low && this.#high ? this.#high.value - this.#low.value : Infinity;
  }

  /** @param {number} at */
  #lowest(at) {
    return this.#low ? this.#low.value - DRIFT * (at - this.#low.at) : -Infinity;
  }

  /** @param {number} at */
  #highest(at) {
    return this.#high ? this.#high.value + DRIFT * (at - this.#high.at) : Infinity;
  }

  /**
   * @param {number} low
   * @param {number} at
   */
  #bounded(low, at) {
    this.#change(at, () => {
      if (low > this.#highest(at) + TOLERANCE_MS) this.#forget();
      this.#raise(low, at);
    });
  }

  /**
   * @param {number} low
   * @param {number} at
   */
  #raise(low, at) {
    if (low >= this.#lowest(at)) this.#low = { value: low, at };
  }

  /** A clock was set: nothing that was known of the other one holds. */
  #forget() {
    this.#low = null;
    this.#high = null;
    this.#usual = -Infinity;
    this.#doubted = true;
    this.#rest = FIRST_REST_MS;
  }

  /**
   * Change the bounds; what is shown follows at once when it was wrong by much, else slowly.
   * @param {number} at
   * @param {() => void} change
   */
  #change(at, change) {
    const shown = this.offset(at);
    change();
    this.#target = middle(this.#low, this.#high);
    const ms = shown - this.#target;
    this.#lag = { ms: this.#known && Math.abs(ms) <= SLEW_MS ? ms : 0, since: at };
    this.#known = true;
  }
}

/**
 * @param {Bound | null} low
 * @param {Bound | null} high
 */
function middle(low, high) {
  if (low && high) return (low.value + high.value) / 2;
  return (low ?? high)?.value ?? 0;
}
