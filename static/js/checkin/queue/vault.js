/**
 * What a gate keeps on its device, in IndexedDB: scans that wait for their answer, and the roster. Both are sealed, each with a key of its
 * own, so that the roster can end with the pairing while scans still wait to be sent.
 */
import { openDB } from 'idb';
import { newKey, seal, unseal } from '#hub/checkin/queue/sealing.js';

/**
 * @typedef {object} Waiting a scan that waits for its answer
 * @property {string} id the `scan_id`
 * @property {number} made when, by the device's clock (ms since 1970); it grows from one scan to the next, so it is their order
 * @property {number | null} ahead how far the server's clock was ahead of the device's then (ms); null: the device had never reached it
 * @property {string} tab the page that made it
 * @property {Record<string, unknown>} body what is sent, without `sent_at`
 * @property {import('#hub/checkin/queue/local-answer.js').Local} [local] what the device answered itself
 */
/** @typedef {{id: string, key: CryptoKey}} QueueKey `id` tells it from one that was made after it was deleted */

const VERSION = 1;

export class Vault {
  #name;
  /** @type {Promise<import('idb').IDBPDatabase> | null} null: not opened yet, or the browser closed it */
  #opened = null;

  /**
   * Each device has a vault of its own: what one made is sent by no other.
   * @param {string} conf the conference's slug
   * @param {string | null} [device] as which this browser is paired; null: it is not
   */
  constructor(conf, device = null) {
    this.#name = device ? `checkin:${conf}:${device}` : `checkin:${conf}`;
  }

  /**
   * Keep a scan; resolves when it is on the disk. Rejects when there is no room.
   * @param {Waiting} scan
   */
  async keep(scan) {
    await this.#put(scan, () => true);
  }

  /**
   * Keep what was learned about a scan that waits.
   * @param {Waiting} scan
   * @returns {Promise<boolean>} false: it was answered meanwhile, and stays away
   */
  amend(scan) {
    return this.#put(scan, (there) => there);
  }

  /**
   * Write a scan if `wanted` says so of whether it is there. The key may have been deleted with the last answer while it was sealed: then again.
   * @param {Waiting} scan
   * @param {(there: boolean) => boolean} wanted
   * @returns {Promise<boolean>} whether it was written
   */
  async #put({ id, made, tab, ...secret }, wanted) {
    for (;;) {
      const sealing = await this.#queueKey();
      const row = { id, made, tab, acted: acts(secret), ...(await seal(sealing.key, secret)) };
      const transaction = (await this.#db()).transaction(['scans', 'keys'], 'readwrite', { durability: 'strict' });
      const [scans, keys] = [transaction.objectStore('scans'), transaction.objectStore('keys')];
      const [key, there] = await Promise.all([keys.get('queue'), scans.getKey(id)]);
      const write = wanted(there !== undefined);
      const holds = key?.id === sealing.id;
      await Promise.all([...(write && holds ? [scans.put(row)] : []), transaction.done]);
      if (holds || !write) return write;
    }
  }

  /** The scans that wait, in their order. @returns {Promise<Waiting[]>} */
  async waiting() {
    const transaction = (await this.#db()).transaction(['scans', 'keys']);
    const [rows, sealing] = await Promise.all([transaction.objectStore('scans').getAll(), transaction.objectStore('keys').get('queue')]);
    if (rows.length === 0) return [];
    const scans = await Promise.all(rows.map(async ({ id, made, tab, acted: _, ...sealed }) => ({ id, made, tab, ...(await unseal(sealing.key, sealed)) })));
    return scans.toSorted((a, b) => a.made - b.made);
  }

  /**
   * Drop a scan that was answered; the key goes with the last one.
   * @param {Waiting} sent as it was sent
   * @returns {Promise<boolean>} false: the device acted by itself since it was sent, which the server has yet to hear
   */
  async drop(sent) {
    const transaction = (await this.#db()).transaction(['scans', 'keys'], 'readwrite', { durability: 'strict' });
    const scans = transaction.objectStore('scans');
    const row = await scans.get(sent.id);
    const unheard = Boolean(row?.acted) && !acts(sent);
    if (row && !unheard) await scans.delete(sent.id);
    if ((await scans.count()) === 0) await transaction.objectStore('keys').delete('queue');
    await transaction.done;
    return !unheard;
  }

  /** @param {unknown} roster */
  async keepRoster(roster) {
    await (await this.#db()).put('sealed', await seal(await this.#rosterKey(), roster), 'roster');
  }

  /** The roster; null: none, or its key is gone. @returns {Promise<any>} */
  async roster() {
    const db = await this.#db();
    const [sealed, key] = await Promise.all([db.get('sealed', 'roster'), db.get('keys', 'roster')]);
    return sealed && key ? unseal(key, sealed) : null;
  }

  /** @param {unknown} passed what the device remembers of whom it let through */
  async keepPassed(passed) {
    await (await this.#db()).put('sealed', await seal(await this.#rosterKey(), passed), 'passed');
  }

  /** @returns {Promise<any>} null: nothing */
  async passed() {
    const db = await this.#db();
    const [sealed, key] = await Promise.all([db.get('sealed', 'passed'), db.get('keys', 'roster')]);
    return sealed && key ? unseal(key, sealed) : null;
  }

  /** Delete the roster's key, and then what it locks, which nobody can read any more; the scans have a key of their own. */
  async forgetRoster() {
    const db = await this.#db();
    await db.delete('keys', 'roster');
    await Promise.all([db.delete('sealed', 'roster'), db.delete('sealed', 'passed')]);
  }

  async close() {
    const opened = await this.#opened?.catch(() => null);
    this.#opened = null;
    opened?.close();
  }

  /** The database; opened anew after the browser closed it (iOS does so to pages in the background). */
  #db() {
    const closed = () => void this.close();
    this.#opened ??= openDB(this.#name, VERSION, { upgrade: build, blocking: closed, terminated: closed });
    this.#opened.catch(() => (this.#opened = null));
    return this.#opened;
  }

  /** The key of the scans that wait. @returns {Promise<QueueKey>} */
  async #queueKey() {
    return this.#kept('queue', async () => ({ id: crypto.randomUUID(), key: await newKey() }));
  }

  /** @returns {Promise<CryptoKey>} */
  async #rosterKey() {
    return this.#kept('roster', newKey);
  }

  /**
   * A key, made when there is none. Two pages that make one at the same time agree: the first one stays.
   * @template T
   * @param {'queue' | 'roster'} purpose
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  async #kept(purpose, make) {
    const known = await (await this.#db()).get('keys', purpose);
    if (known) return known;
    const fresh = await make();
    const transaction = (await this.#db()).transaction('keys', 'readwrite');
    const first = await transaction.store.get(purpose);
    if (!first) await transaction.store.put(fresh, purpose);
    await transaction.done;
    return first ?? fresh;
  }
}

/** @param {import('idb').IDBPDatabase} fresh */
function build(fresh) {
  fresh.createObjectStore('scans', { keyPath: 'id' });
  fresh.createObjectStore('sealed');
  fresh.createObjectStore('keys');
}

/** Whether a device acted before the server was asked. @param {Pick<Waiting, 'body'>} scan */
export function acts({ body }) {
  return body.acted !== undefined;
}
