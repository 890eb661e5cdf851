/**
 * What a gate keeps on its device, in IndexedDB: scans that wait for their answer, the roster, and what the device did last. All are sealed; the
 * scans have a key of their own, so that the others can end with the pairing while scans still wait to be sent. Browsers delete what they
 * keep, as a whole or in part: a scan that cannot be read any more is no reason to lose the others, and is told (`lost`).
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
/** @typedef {{count: number, from: number | null, to: number | null}} Lost how many scans nobody can send any more, and between which times they were made (ms, by the device's
 *   clock); null: that is gone, too */
/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Memory */

const VERSION = 1;
/** The entries of `sealed` that say what the device did last begin so. */
const DONE = 'done:';
const EVICTED = 'evicted';

export class Vault {
  #name;
  #memory;
  /** @type {Promise<import('idb').IDBPDatabase> | null} null: not opened yet, or the browser closed it */
  #opened = null;

  /**
   * Each device has a vault of its own: what one made is sent by no other.
   * @param {string} conf the conference's slug
   * @param {string | null} [device] as which this browser is paired; null: it is not
   * @param {Memory | undefined} [memory] outlives the database: how many scans should be in it
   */
  constructor(conf, device = null, memory = globalThis.localStorage) {
    this.#name = device ? `checkin:${conf}:${device}` : `checkin:${conf}`;
    this.#memory = memory;
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
      const writing = write && holds ? [scans.put(row)] : [];
      const [count] = await Promise.all([scans.count(), ...writing, transaction.done]);
      this.#note(count);
      if (holds || !write) return write;
    }
  }

  /** The scans that wait, in their order. @returns {Promise<Waiting[]>} */
  async waiting() {
    return (await this.#scans()).readable;
  }

  /** The scans that nobody can send any more: their key is gone, or the whole database went while scans waited. @returns {Promise<Lost | null>} null: none */
  async lost() {
    const { unreadable } = await this.#scans();
    const evicted = (await (await this.#db()).get('sealed', EVICTED))?.count ?? 0;
    const made = unreadable.map((row) => row.made);
    if (made.length + evicted === 0) return null;
    return { count: made.length + evicted, from: made.length > 0 ? Math.min(...made) : null, to: made.length > 0 ? Math.max(...made) : null };
  }

  /** Forget the scans that nobody can send any more: somebody has read about them. */
  async forgetLost() {
    const { unreadable } = await this.#scans();
    const transaction = (await this.#db()).transaction(['scans', 'keys', 'sealed'], 'readwrite');
    const scans = transaction.objectStore('scans');
    for (const { id } of unreadable) await scans.delete(id);
    await transaction.objectStore('sealed').delete(EVICTED);
    const count = await scans.count();
    if (count === 0) await transaction.objectStore('keys').delete('queue');
    await transaction.done;
    this.#note(count);
  }

  /** @returns {Promise<{readable: Waiting[], unreadable: {id: string, made: number}[]}>} both in their order */
  async #scans() {
    const transaction = (await this.#db()).transaction(['scans', 'keys']);
    const [rows, sealing] = await Promise.all([transaction.objectStore('scans').getAll(), transaction.objectStore('keys').get('queue')]);
    const inOrder = rows.toSorted((a, b) => a.made - b.made);
    const secrets = await Promise.all(inOrder.map(({ iv, data }) => (sealing ? unseal(sealing.key, { iv, data }).catch(() => null) : null)));
    const scans = inOrder.map(({ id, made, tab }, at) => ({ id, made, tab, secret: secrets[at] }));
    return {
      readable: scans.filter(({ secret }) => secret).map(({ secret, ...one }) => ({ ...one, ...secret })),
      unreadable: scans.filter(({ secret }) => !secret),
    };
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
    const count = await scans.count();
    if (count === 0) await transaction.objectStore('keys').delete('queue');
    await transaction.done;
    this.#note(count);
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

  /**
   * Keep what the device did last: an answered scan, or what became of it.
   * @param {string} id the `scan_id`
   * @param {unknown} done
   */
  async keepDone(id, done) {
    await (await this.#db()).put('sealed', await seal(await this.#doneKey(), done), DONE + id);
  }

  /** What the device did last, in no order. @returns {Promise<any[]>} */
  async done() {
    const transaction = (await this.#db()).transaction(['sealed', 'keys']);
    const [rows, key] = await Promise.all([transaction.objectStore('sealed').getAll(ofDone()), transaction.objectStore('keys').get('done')]);
    const done = await Promise.all(rows.map((sealed) => (key ? unseal(key, sealed).catch(() => null) : null)));
    return done.filter((one) => one !== null);
  }

  /** @param {string} id */
  async dropDone(id) {
    await (await this.#db()).delete('sealed', DONE + id);
  }

  /** Forget everything that tells of guests but the scans: the device is no one's any more. */
  async forgetPeople() {
    const db = await this.#db();
    await db.delete('keys', 'done');
    await db.delete('sealed', ofDone());
    await this.forgetRoster();
  }

  async close() {
    const opened = await this.#opened?.catch(() => null);
    this.#opened = null;
    opened?.close();
  }

  /** The database; opened anew after the browser closed it (iOS does so to pages in the background). */
  #db() {
    const closed = () => void this.close();
    this.#opened ??= openDB(this.#name, VERSION, { upgrade: (fresh) => build(fresh, this.#noted()), blocking: closed, terminated: closed });
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

  /** @returns {Promise<CryptoKey>} */
  async #doneKey() {
    return this.#kept('done', newKey);
  }

  /** How many scans were here when the device last looked. */
  #noted() {
    return Number(this.#memory?.getItem(`kept:${this.#name}`) ?? 0);
  }

  /** @param {number} count of the scans that are here */
  #note(count) {
    if (count === 0) this.#memory?.removeItem(`kept:${this.#name}`);
    else this.#memory?.setItem(`kept:${this.#name}`, String(count));
  }

  /**
   * A key, made when there is none. Two pages that make one at the same time agree: the first one stays.
   * @template T
   * @param {'queue' | 'roster' | 'done'} purpose
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

/**
 * @param {import('idb').IDBPDatabase} fresh
 * @param {number} gone how many scans were in an earlier one, which the browser deleted
 */
function build(fresh, gone) {
  fresh.createObjectStore('scans', { keyPath: 'id' });
  const sealed = fresh.createObjectStore('sealed');
  fresh.createObjectStore('keys');
  if (gone > 0) void sealed.put({ count: gone }, EVICTED);
}

/** The keys of `sealed` under which stands what the device did last. */
function ofDone() {
  return IDBKeyRange.bound(DONE, `${DONE}\uffff`);
}

/** Whether a device acted before the server was asked. @param {Pick<Waiting, 'body'>} scan */
export function acts({ body }) {
  return body.acted !== undefined;
}
