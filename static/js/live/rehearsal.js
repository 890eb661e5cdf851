/** Lets a screen follow a rehearsal while operators show it there, with a band that says so; else it follows the live run. */
import { connect } from '#hub/live/connection.js';
import { followedRehearsal, rehearsedDocs } from '#hub/live/rehearsed.js';
import { Store } from '#hub/live/store.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { goBy } from '#hub/web/time.js';

/** @typedef {import('#hub/live/rehearsed.js').Docs} Docs */
/** @typedef {'auto' | 'rehearsal'} Follows `auto`: while operators show it; `rehearsal`: whenever there is one */

/**
 * @param {{conf: string, run: Follows | null, changed: () => void}} screen `run` null: rehearsals are not for it; `changed` is called when it is to be drawn anew
 * @returns {{docs: (live: Docs) => Docs, clock: () => import('#hub/web/run-clock.js').RunClock | null}} `docs`: what is shown, `clock`: by which clock
 */
export function followRehearsal({ conf, run, changed }) {
  const store = new Store();
  const mark = band();
  /** @type {import('#hub/live/rehearsed.js').RehearsalDoc | null} */
  let rehearsal = null;
  const show = () => {
    rehearsal = followedRehearsal(store.documents, run === 'rehearsal');
    goBy(rehearsal?.clock ?? null);
    mark(rehearsal);
    changed();
  };
  if (run) {
    store.subscribe(show);
    connect({ conf, stream: 'rehearsal', store, onState: (state) => void (state === 'refused' && store.reset({}, 0)) });
  }
  return {
    docs: (live) => (rehearsal ? rehearsedDocs(live, store.documents, rehearsal) : live),
    clock: () => rehearsal?.clock ?? null,
  };
}

/** @returns {(rehearsal: import('#hub/live/rehearsed.js').RehearsalDoc | null) => void} draws the band above everything, or takes it away */
function band() {
  const element = el('p', { class: 'rehearsal-band', role: 'status' });
  return (rehearsal) => {
    document.body.toggleAttribute('data-rehearsal', rehearsal !== null);
    if (!rehearsal) return element.remove();
    if (!element.isConnected) document.body.prepend(element);
    setText(element, rehearsalWords(rehearsal));
  };
}

/** @param {import('#hub/live/documents.js').RehearsalDoc} rehearsal */
export function rehearsalWords({ clock }) {
  const speed = clock?.speed ?? 1;
  return speed > 1 ? t('리허설 · {n}배속', { n: speed }) : t('리허설');
}
