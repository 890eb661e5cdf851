/** A browser and a server with clocks of their own, and a line between them that queues, each way by itself; all by one seed. */
import { ServerClock } from '#hub/web/server-clock.js';

const BEAT_MS = 10_000;

/**
 * Random numbers of a seed (mulberry32).
 * @param {number} seed
 * @returns {() => number} from 0 to 1
 */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A server whose clock somebody may set; times are those of the world (ms). */
export class Server {
  /** @type {{from: number, ahead: number}[]} */
  #settings = [{ from: -Infinity, ahead: 0 }];

  /** @param {number} from @param {number} by */
  step(from, by) {
    this.#settings.push({ from, ahead: this.ahead(from) + by });
  }

  /** @param {number} at */
  ahead(at) {
    return this.#settings.findLast(({ from }) => from <= at)?.ahead ?? 0;
  }

  /** What it writes at `at`: whole milliseconds. @param {number} at */
  now(at) {
    return Math.floor(at + this.ahead(at));
  }
}

/** One browser: its clock is wrong by `wrong` ms and gains `gain` of the time. */
export class Browser {
  clock = new ServerClock();
  asked = 0;
  #server;
  #random;
  #wrong;
  #gain;
  #way;
  #queue;

  /**
   * @param {Server} server
   * @param {() => number} random
   * @param {{wrong: number, gain: number, way: number, queue: {up: number, down: number}}} line `way`: one way without a queue; `queue`: what
   *   waits in it on average, either way (ms)
   */
  constructor(server, random, { wrong, gain, way, queue }) {
    this.#server = server;
    this.#random = random;
    this.#wrong = wrong;
    this.#gain = gain;
    this.#way = way;
    this.#queue = queue;
  }

  /** Its own clock. @param {number} at */
  local(at) {
    return at * (1 + this.#gain) + this.#wrong;
  }

  /** How far the time that it shows is from the server's (ms). @param {number} at */
  error(at) {
    const local = this.local(at);
    return local + this.clock.offset(local) - (at + this.#server.ahead(at));
  }

  /** Join, and hear heartbeats until `until`. @param {number} from @param {number} until */
  follow(from, until) {
    this.#roundTrip(from);
    for (let beat = from - (from % BEAT_MS) + BEAT_MS; beat < until; beat += BEAT_MS) this.beat(beat);
  }

  /** One heartbeat, as link.js takes it. @param {number} sent */
  beat(sent) {
    const came = sent + this.#delay('down');
    const at = this.local(came);
    this.clock.heard({ now: this.#server.now(sent), at });
    if (!this.clock.due(at)) return;
    this.clock.asked(at);
    this.asked += 1;
    this.#roundTrip(came + 4_000 + 4_000 * this.#random());
  }

  /** @param {number} sent */
  #roundTrip(sent) {
    const answered = sent + this.#delay('up');
    const came = answered + this.#delay('down');
    this.clock.sample({ t0: this.local(sent), t1: this.local(came), now: this.#server.now(answered) });
  }

  /** @param {'up' | 'down'} direction */
  #delay(direction) {
    return this.#way - this.#queue[direction] * Math.log(1 - this.#random());
  }
}
