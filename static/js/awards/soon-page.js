/** A page of a guest that follows the day for one thing only: to be told that they are called soon. */
import { connect } from '#hub/live/connection.js';
import { Store } from '#hub/live/store.js';

/**
 * @param {string} conf
 * @param {(doc: import('#hub/live/documents.js').SoonDoc) => void} draw
 * @param {(asking: boolean) => void} [ask] told whether no socket works
 */
export function followSoon(conf, draw, ask) {
  connect({ conf, stream: 'public', store: new Store(), on: { soon: draw }, onState: (state) => ask?.(state === 'polling') });
}
