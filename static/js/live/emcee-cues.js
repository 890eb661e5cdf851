/** The cues of all lanes in one row for the emcee: what is on, how long still, what comes next; the own lane stands out. */
import { drawNotes, notesList } from '#hub/agenda/notes.js';
import { countdown } from '#hub/web/countdown.js';
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { laneName, nextWords, standing } from '#hub/agenda/lane-words.js';

/** @typedef {import('#hub/live/documents.js').NotesDoc} NotesDoc */
/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */

/** @type {WeakMap<Element, (end: number | null, turns?: import('#hub/web/countdown.js').Turns) => void>} */
const clocks = new WeakMap();

/**
 * @param {Element} parent
 * @param {LaneView[]} views
 * @param {{lane: string, zone: string, notes: (cue: string) => NotesDoc | null | undefined}} own
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
    notesList({ scrolls: true }),
  );
  clocks.set(element, countdown(clock).until);
  return element;
}

/**
 * @param {Element} element
 * @param {LaneView} view
 * @param {{lane: string, zone: string, notes: (cue: string) => NotesDoc | null | undefined}} own
 */
function update(element, view, { lane, zone, notes }) {
  const card = /** @type {HTMLElement} */ (element);
  card.toggleAttribute('data-own', view.lane.id === lane);
  card.dataset.status = view.status;
  const write = (/** @type {string} */ selector, /** @type {string} */ words) => setText(need(selector, card), words);
  write('.cue-lane', laneName(view));
  write('.cue-now', view.cue ? text(view.cue.title) : standing(view, zone));
  markLanguage(need('.cue-now', card), view.cue?.title);
  write('.cue-standing', view.cue ? standing(view, zone) : '');
  write('.cue-next', view.next ? t('다음 {words}', { words: nextWords(view, zone) }) : nextWords(view, zone));
  need('.cue-left', card).hidden = !view.cue;
  const cue = view.cue ?? view.next?.cue;
  const own = cue && view.lane.id === lane ? notes(cue.id) : null;
  drawNotes(need('.cue-notes', card), own, (note) => note.place === 1);
  clocks.get(card)?.(view.endsAt, view.cue);
}
