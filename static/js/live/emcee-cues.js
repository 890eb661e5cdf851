/** The cues of all lanes in one row for the emcee: what is on, how long still, what comes next; the own lane stands out. */
import { countdown } from '#hub/web/countdown.js';
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { nextWords, standing } from '#hub/agenda/lane-words.js';

/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */

/** @type {WeakMap<Element, (end: number | null) => void>} */
const clocks = new WeakMap();

/**
 * @param {Element} parent
 * @param {LaneView[]} views
 * @param {{lane: string, zone: string}} own
 */
export function drawCues(parent, views, own) {
  renderList(parent, views, (view) => view.lane.id, cueCard, (element, view) => update(element, view, own));
}

function cueCard() {
  const clock = el('p', { class: 'countdown cue-left' });
  const element = el(
    'article',
    { class: 'cue-card' },
    el('p', { class: 'cue-lane' }),
    el('p', { class: 'cue-now' }),
    clock,
    el('p', { class: 'cue-standing' }),
    el('p', { class: 'cue-next' }),
  );
  clocks.set(element, countdown(clock).until);
  return element;
}

/**
 * @param {Element} element
 * @param {LaneView} view
 * @param {{lane: string, zone: string}} own
 */
function update(element, view, { lane, zone }) {
  const card = /** @type {HTMLElement} */ (element);
  card.toggleAttribute('data-own', view.lane.id === lane);
  card.dataset.status = view.status;
  const write = (/** @type {string} */ selector, /** @type {string} */ words) => setText(need(selector, card), words);
  write('.cue-lane', text(view.lane.title));
  write('.cue-now', view.cue ? text(view.cue.title) : standing(view, zone));
  markLanguage(need('.cue-now', card), view.cue?.title);
  write('.cue-standing', view.cue ? standing(view, zone) : '');
  write('.cue-next', view.next ? t('다음 {words}', { words: nextWords(view, zone) }) : nextWords(view, zone));
  need('.cue-left', card).hidden = !view.cue;
  clocks.get(card)?.(view.endsAt);
}
