/** A page of a guest that follows the day for one thing only: to be told that they are called soon. */
import { SoonNotice } from '#hub/awards/soon.js';
import { connect } from '#hub/live/connection.js';
import { Store } from '#hub/live/store.js';

/** @param {HTMLElement} place with the conference in `data-conf`, there for the notice only */
export function soonOn(place) {
  const conf = place.dataset.conf ?? '';
  const notice = new SoonNotice({ place, conf });
  followSoon(conf, (doc) => notice.draw(doc), (asking) => notice.ask(asking));
}

/**
 * @param {string} conf
 * @param {(doc: import('#hub/live/documents.js').SoonDoc) => void} draw
 * @param {(asking: boolean) => void} [ask] told whether no socket works
 */
export function followSoon(conf, draw, ask) {
  connect({ conf, stream: 'public', store: new Store(), on: { soon: draw }, onState: (state) => ask?.(state === 'polling') });
}
