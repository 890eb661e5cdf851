/** What every screen that follows the day begins with: a store, its connection, and one redraw for each change and second. */
import { connect } from '#hub/live/connection.js';
import { followRehearsal } from '#hub/live/rehearsal.js';
import { Store } from '#hub/live/store.js';
import { keepConference } from '#hub/live/conference.js';
import { connectionStatus } from '#hub/live/status.js';
import { everySecond, serverNow } from '#hub/web/time.js';

/** @typedef {import('#hub/live/link.js').State} State */
/** @typedef {import('#hub/live/store.js').Entry} Entry */

/**
 * Follow a stream and redraw.
 * @param {{conf: string, stream: string, zone: string, run?: import('#hub/live/rehearsal.js').Follows | null,
 *   draw: (store: Store, now: number) => void, drawMore?: (store: Store, now: number) => void,
 *   onState?: (state: State) => void, onEntries?: (entries: Entry[], store: Store) => void,
 *   on?: Record<string, (data: any) => void>, onLink?: (link: import('#hub/live/link.js').Link) => void,
 *   onStore?: (store: Store) => void,
 *   behind?: import('#hub/screens/behind.js').Behind | null}} page `draw` is first called when the store is filled; `drawMore` after it, when the page
 *   opens in a task of its own: what stands further down; `on` takes events
 *   that belong to no stream; `onStore` is given what comes by the stream, before any does; with `behind`, all is shown as late as that says; `run`: whether it follows rehearsals
 * @returns {Store} what is shown
 */
export function followDay({ conf, stream, zone, run = null, draw, drawMore, onState, onEntries, on, onLink, onStore, behind = null }) {
  const store = new Store();
  onStore?.(store);
  const live = behind?.shown ?? store;
  const shown = run ? new Store() : live;
  const status = connectionStatus({ zone });
  let filled = false;
  let whole = false;
  const keep = keepConference();
  const now = () => behind?.now ?? serverNow();
  const more = () => {
    whole = true;
    drawMore?.(shown, now());
  };
  const redraw = () => {
    if (!filled) return;
    draw(shown, now());
    if (whole) more();
    else setTimeout(more);
  };
  const show = () => {
    if (shown !== live) shown.reset(rehearsal.docs(live.documents), live.head);
    redraw();
  };
  const rehearsal = followRehearsal({ conf, run, changed: () => filled && show() });
  const changed = (/** @type {Entry[]} */ entries) => {
    filled = true;
    keep(live.get('conference'));
    show();
    if (entries.length > 0) onEntries?.(entries, shown);
  };
  if (behind) behind.follow(store, changed);
  else store.subscribe((_changed, entries) => changed(entries));
  everySecond(redraw);
  const link = connect({
    conf,
    stream,
    store,
    on,
    onState: (state) => {
      status(state);
      onState?.(state);
    },
  });
  onLink?.(link);
  return shown;
}
