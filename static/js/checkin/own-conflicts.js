/** Conflicts that are found later about scans of this device: another device let the same person in meanwhile, or the badge was no good. Each becomes a card. */
import { faceOf } from '#hub/checkin/card-face.js';
import { conflictWords } from '#hub/checkin/verdict-words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/checkin/card-face.js').Scan} Scan */
/** @typedef {import('#hub/live/documents.js').ConflictDoc} ConflictDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {Pick<import('#hub/checkin/cards.js').Cards, 'say' | 'see'>} Teller */

export class OwnConflicts {
  /** @type {Map<string, Scan>} */
  #scans = new Map();
  /** @type {Map<string, string>} the card of each conflict that was told */
  #told = new Map();
  #cards;
  #zone;
  #device;

  /**
   * @param {Teller} cards
   * @param {string} zone IANA name of the event's zone
   * @param {string | null} device id of the paired device that this browser is
   */
  constructor(cards, zone, device) {
    this.#cards = cards;
    this.#zone = zone;
    this.#device = device;
  }

  /**
   * Know a scan of this device. The conflict that its answer tells has a card already.
   * @param {Scan} scan
   */
  know(scan) {
    this.#scans.set(scan.id, scan);
    const told = scan.answer?.data?.conflict?.id;
    if (told) this.#told.set(told, scan.id);
  }

  /**
   * Show what is new about scans of this device. What somebody settled, here or elsewhere, takes its card along: also what came and went
   * while the stream was away, of which the answer alone told.
   * @param {Store} store
   * @param {Set<string>} changed keys of documents
   * @param {unknown[]} entries none when everything was replaced
   */
  draw(store, changed, entries) {
    const waiting = store.all('conflict/');
    for (const conflict of waiting) if (this.#isNew(conflict)) this.#tell(conflict, store);
    const now = new Set(waiting.map(({ id }) => id));
    for (const [id, card] of this.#told) if (!now.has(id) && (entries.length === 0 || changed.has(`conflict/${id}`))) this.#forget(id, card);
  }

  /**
   * @param {string} id of a conflict that waits no more
   * @param {string} card
   */
  #forget(id, card) {
    this.#told.delete(id);
    this.#cards.see(card);
  }

  /** @param {ConflictDoc} conflict */
  #isNew({ id, scan, device, other }) {
    const ours = this.#device !== null && [device, other?.device].includes(this.#device);
    return !this.#told.has(id) && (ours || this.#scans.has(scan) || this.#scans.has(other?.scan ?? ''));
  }

  /**
   * @param {ConflictDoc} conflict
   * @param {Store} store
   */
  #tell(conflict, store) {
    const card = `conflict-${conflict.id}`;
    this.#told.set(conflict.id, card);
    const own = this.#scans.get(conflict.scan) ?? this.#scans.get(conflict.other?.scan ?? '');
    const elsewhere = own?.id === conflict.scan ? conflict.other : conflict;
    const other = elsewhere && { at: elsewhere.at, gate_title: store.get(`gate/${elsewhere.gate}`)?.title };
    const face = own && faceOf(own, this.#zone);
    this.#cards.say(card, {
      tone: 'warn',
      sound: 'warn',
      title: t('지난 스캔 · 확인 필요'),
      name: face?.masked ?? '',
      masked: face?.masked ?? '',
      why: conflictWords({ id: conflict.id, kind: conflict.kind, other }, this.#zone),
      about: `conflict ${conflict.id}`,
      conflict: conflict.id,
      acts: ['seen', 'settle'],
      kept: true,
      lastsMs: null,
    });
  }
}
