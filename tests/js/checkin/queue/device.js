/** A device with a disk, several pages, and a server that a test answers for. */
import 'fake-indexeddb/auto';
import { ScanQueue } from '#hub/checkin/queue/scan-queue.js';
import { Tabs } from '#hub/checkin/queue/tabs.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { CommandServer } from '../../web/fakes.js';

export const WHERE = { gate: 'main', direction: /** @type {const} */ ('in') };
const START = Date.parse('2021-12-02T00:00:00.000Z');
let devices = 0;

/** Locks as browsers have them: exclusive, in order, and freed when their page goes. */
export class FakeLocks {
  /** @type {Map<string, Promise<unknown>>} */
  #last = new Map();
  /** @type {Set<string>} */
  #held = new Set();

  /** @param {string} name @param {() => Promise<unknown>} work */
  request(name, work) {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(async () => {
      this.#held.add(name);
      await work();
      this.#held.delete(name);
    });
    this.#last.set(name, turn);
    return turn;
  }

  async query() {
    return { held: [...this.#held].map((name) => ({ name })) };
  }

  /** Free what a page held. @param {string} end of the lock's name */
  free(end) {
    for (const name of this.#held) if (name.endsWith(end)) this.#held.delete(name);
  }
}

/** Answers batches of scans as the test says; it is there for everybody who asks for nothing. */
export class BatchServer extends CommandServer {
  /** The scans that arrived, in the order in which they were sent. */
  get scans() {
    return this.received.flatMap(({ scans }) => scans);
  }

  /** @override */
  get environment() {
    const { fetch, ...more } = super.environment;
    return { ...more, fetch: (/** @type {any} */ url, /** @type {any} */ init) => (init.method === 'HEAD' ? this.#here() : fetch(url, init)) };
  }

  /** Answer each scan of the oldest open batch. @param {object} verdict */
  answerAll(verdict) {
    const { scans } = this.received[this.#answered++] ?? {};
    return super.answer({ answers: scans.map((/** @type {any} */ { scan_id }) => ({ scan_id, ok: true, ...verdict })) });
  }

  /** @override @param {object | null} data @param {number} [status] */
  answer(data, status) {
    this.#answered += 1;
    return super.answer(data, status);
  }

  #answered = 0;

  async #here() {
    return new Response();
  }
}

export class Device {
  server = new BatchServer();
  conf = `conf-${(devices += 1)}`;
  locks = new FakeLocks();
  clock = { offset: /** @type {number | null} */ (0), heard() {} };
  online = true;
  now = START;
  /** @type {Page[]} */
  pages = [];

  /** Open a page. @param {Partial<import('#hub/checkin/queue/environment.js').Environment>} [environment] */
  async open(environment = {}) {
    const page = new Page(this, environment);
    this.pages.push(page);
    await page.queue.settled;
    return page;
  }

  /** Close everything: a test process would wait for open channels. */
  close() {
    for (const { tabs, vault } of this.pages) {
      tabs.close();
      void vault.close();
    }
  }
}

export class Page {
  /** @type {[string, string][]} what was shown: the code of each scan, and its phase */
  shown = [];
  /** @type {import('#hub/checkin/queue/scan-queue.js').Waiting | null} */
  waiting = null;

  /** @param {Device} device @param {Partial<import('#hub/checkin/queue/environment.js').Environment>} environment */
  constructor(device, environment) {
    this.device = device;
    this.tabs = new Tabs(device.conf, device.locks);
    this.vault = environment.vault ?? new Vault(device.conf);
    this.queue = new ScanQueue({ url: '/redeem', conf: device.conf }, (scan) => this.shown.push([String(scan.body.token), scan.phase]), {
      ...device.server.environment,
      now: () => device.now,
      online: () => device.online,
      clock: device.clock,
      vault: this.vault,
      tabs: this.tabs,
      ...environment,
    });
    this.queue.onWaiting((waiting) => (this.waiting = waiting));
  }

  /** @param {string} token */
  async scan(token) {
    this.device.now += 1_000;
    const scan = this.queue.submit({ token }, WHERE);
    await this.queue.settled;
    return scan;
  }

  /** The page goes without a word: its tab is killed. */
  kill() {
    this.tabs.close();
    this.device.locks.free(this.tabs.own);
    this.queue.flush = async () => {};
  }
}

/**
 * Wait until something is so, whatever turns of the disk that takes; the test fails when it never is.
 * @param {() => unknown} so
 */
export async function until(so) {
  for (let tries = 0; !(await so()); tries += 1) {
    if (tries > 500) throw new Error(`it never became so: ${so}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
