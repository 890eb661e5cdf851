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
/** @typedef {'scans' | 'roster'} Purpose */

const VERSION = 1;

export class Vault {
  #name;
  /** @type {Promise<import('idb').IDBPDatabase> | null} null: not opened yet, or the browser closed it */
  #opened = null;

  /** @param {string} conf the conference's slug */
  constructor(conf) {
    this.#name = `checkin:${conf}`;
  }

  /**
   * Keep a scan; resolves when it is on the disk. Rejects when there is no room.
   * @param {Waiting} scan
   */
  async keep(scan) {
    const row = await this.#row(scan);
    const transaction = (await this.#db()).transaction('scans', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(row), transaction.done]);
  }

  /**
   * Keep what was learned about a scan that waits.
   * @param {Waiting} scan
   * @returns {Promise<boolean>} false: it was answered meanwhile, and stays away
   */
  async amend(scan) {
    const row = await this.#row(scan);
    const transaction = (await this.#db()).transaction('scans', 'readwrite', { durability: 'strict' });
    const there = await transaction.store.getKey(scan.id);
    if (there !== undefined) await transaction.store.put(row);
    await transaction.done;
    return there !== undefined;
  }

  /** @param {Waiting} scan */
  async #row({ id, made, tab, ...secret }) {
    return { id, made, tab, acted: acts(secret), ...(await seal(await this.#key('scans'), secret)) };
  }

  /** The scans that wait, in their order. @returns {Promise<Waiting[]>} */
  async waiting() {
    const rows = await (await this.#db()).getAll('scans');
    if (rows.length === 0) return [];
    const key = await this.#key('scans');
    const scans = await Promise.all(rows.map(async ({ id, made, tab, acted: _, ...sealed }) => ({ id, made, tab, ...(await unseal(key, sealed)) })));
    return scans.toSorted((a, b) => a.made - b.made);
  }

  /**
   * Drop a scan that was answered.
   * @param {Waiting} sent as it was sent
   * @returns {Promise<boolean>} false: the device acted by itself since it was sent, which the server has yet to hear
   */
  async drop(sent) {
    const transaction = (await this.#db()).transaction('scans', 'readwrite', { durability: 'strict' });
    const row = await transaction.store.get(sent.id);
    const unheard = Boolean(row?.acted) && !acts(sent);
    if (row && !unheard) await transaction.store.delete(sent.id);
    await transaction.done;
    return !unheard;
  }

  /** @param {unknown} roster */
  async keepRoster(roster) {
    await (await this.#db()).put('sealed', await seal(await this.#key('roster'), roster), 'roster');
  }

  /** The roster; null: none, or its key is gone. @returns {Promise<any>} */
  async roster() {
    const db = await this.#db();
    const [sealed, key] = await Promise.all([db.get('sealed', 'roster'), db.get('keys', 'roster')]);
    return sealed && key ? unseal(key, sealed) : null;
  }

  /** @param {unknown} passed what the device remembers of whom it let through */
  async keepPassed(passed) {
    await (await this.#db()).put('sealed', await seal(await this.#key('roster'), passed), 'passed');
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

  /**
   * The key for a purpose, made when there is none. Two pages that make one at the same time agree: the first one stays.
   * @param {Purpose} purpose
   * @returns {Promise<CryptoKey>}
   */
  async #key(purpose) {
    const known = await (await this.#db()).get('keys', purpose);
    if (known) return known;
    const fresh = await newKey();
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
