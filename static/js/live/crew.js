/** What the screens of the people at the stage begin with: the sealed stream, a display that stays on, and a way back by themselves. */
import { followDay } from '#hub/live/follow.js';
import { forgetPicture, keepPicture, lastPicture, thisTab } from '#hub/screens/last-picture.js';
import { keepPage } from '#hub/screens/offline.js';
import { screenReports } from '#hub/screens/reports.js';
import { clock, localNow } from '#hub/web/time.js';
import { keepAwake } from '#hub/web/wake-lock.js';

/** @typedef {import('#hub/live/store.js').Store} Store */

const ASK_AGAIN_MS = 15_000;

/**
 * @param {{kind: string, conf: string, zone: string, lane: string | null, run: import('#hub/live/rehearsal.js').Follows | null,
 *   draw: (store: Store, now: number) => void, known?: object}} screen `lane` null: no plan ran when the page was made; it is opened anew
 *   once one does; `known`: what the page came with about people, filled in again when it is loaded in an outage
 */
export function followAsCrew({ kind, conf, zone, lane, run, draw, known = {} }) {
  keepAwake();
  void keepPage();
  const reports = screenReports({ kind, lane });
  const outage = new Outage(known);
  let asking = false;
  followDay({
    conf,
    stream: 'sealed',
    zone,
    run,
    draw: (store, now) => {
      if (!lane && store.all('lane/').length > 0) location.reload();
      else draw(store, now);
      reports.show(store.head);
    },
    on: reports.on,
    onLink: reports.by,
    onStore: (store) => outage.follow(store),
    onState: (state) => {
      outage.connection(state);
      if (state === 'live') reports.report();
      if (state !== 'refused' || asking) return;
      asking = true;
      setInterval(() => void askAgain(), ASK_AGAIN_MS);
    },
  });
}

/**
 * Lets a page that is loaded again in an outage show what it showed. What it knows is sealed: it is written down only when the page goes
 * while the hub is away, in this tab, and thrown away once the hub is back.
 */
class Outage {
  #known;
  #away = false;
  /** @type {Store | null} */
  #store = null;

  /** @param {object} known */
  constructor(known) {
    this.#known = known;
    addEventListener('pagehide', () => this.#keep());
  }

  /** @param {Store} store what the page follows */
  follow(store) {
    this.#store = store;
  }

  /** @param {import('#hub/live/link.js').State} state */
  connection(state) {
    this.#away = state === 'offline' || state === 'reconnecting';
    if (state === 'offline' && this.#store?.head === 0) this.#show();
    if (['live', 'polling', 'refused'].includes(state)) forgetPicture(thisTab);
  }

  #keep() {
    if (!this.#away || !this.#store?.head) return;
    keepPicture({ docs: this.#store.documents, head: this.#store.head, offset: clock.offset(localNow()), page: this.#known }, thisTab);
  }

  #show() {
    const last = lastPicture(thisTab);
    if (!last) return;
    clock.guess(last.offset);
    Object.assign(this.#known, last.page);
    this.#store?.reset(last.docs, last.head);
  }
}

/** Somebody who may see the page again sees it without a hand. */
async function askAgain() {
  const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual' }).catch(() => null);
  if (answer?.ok) location.reload();
}
