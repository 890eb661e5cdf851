/** The cards of the lanes on the live page: what is on, how long still, what comes next. */
import { countdown } from '#hub/web/countdown.js';
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { drawSpeakers } from '#hub/agenda/speakers.js';
import { laneName } from '#hub/agenda/lane-words.js';
import { audienceStanding, itemParts } from '#hub/live/audience-words.js';
import { setWords } from '#hub/web/whole-words.js';

/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {{until: (end: number | null, turns?: import('#hub/web/countdown.js').Turns) => void, shown: number | null}} Clock */

/** @type {WeakMap<Element, Clock>} */
const clocks = new WeakMap();
/** @type {WeakMap<Element, () => void>} draws what comes later in a lane as it was last known */
const coming = new WeakMap();

/**
 * Draw the lanes that matter to the audience; only the first speaks its countdown.
 * @param {Element} parent
 * @param {readonly LaneView[]} views
 * @param {string} zone
 * @param {{awarding?: ReadonlySet<string>, late_ms?: number}} [options] `awarding`: the lanes whose awards have a card of their own, by
 *   id; `late_ms`: how late all is that is shown
 */
export function drawLaneCards(parent, views, zone, { awarding = new Set(), late_ms: late = 0 } = {}) {
  renderList(
    parent,
    views,
    (view) => view.lane.id,
    (view) => card(view === views[0]),
    (element, view) => update(element, view, zone, { awarding: awarding.has(view.lane.id), late }),
  );
}

/** @param {boolean} speak */
function card(speak) {
  const clock = el('p', { class: 'countdown lane-clock' });
  const element = el(
    'article',
    { class: 'lane-card panel' },
    el('p', { class: 'lane-name' }),
    el('p', { class: 'lane-segment quiet' }),
    el('h3', { class: 'lane-title' }),
    el('p', { class: 'lane-speakers' }),
    el('div', { class: 'lane-time' }, clock, el('p', { class: 'lane-standing' })),
    el('p', { class: 'lane-next' }, el('span', { class: 'quiet' }, t('다음')), ' ', el('span', { class: 'lane-next-title' }), ' ', el('span', { class: 'lane-next-time figure' })),
    el('details', { class: 'lane-later' }, el('summary', null), el('ol', { class: 'lane-later-list' })),
  );
  const later = need('details', element);
  later.addEventListener('toggle', () => coming.get(element)?.());
  clocks.set(element, { until: countdown(clock, { speak }).until, shown: null });
  return element;
}

/**
 * @param {Element} element
 * @param {LaneView} view
 * @param {string} zone
 * @param {{awarding: boolean, late: number}} options
 */
function update(element, view, zone, { awarding, late }) {
  const write = (/** @type {string} */ selector, /** @type {string} */ words) => setText(need(selector, element), words);
  /** @type {HTMLElement} */ (element).dataset.status = view.status;
  element.toggleAttribute('data-awards', awarding);
  write('.lane-name', awarding ? text(view.lane.title) : laneName(view));
  markLanguage(need('.lane-name', element), view.lane.title);
  write('.lane-segment', segmentWords(view));
  setWords(need('.lane-title', element), view.cue ? text(view.cue.title) : audienceStanding(view, zone));
  markLanguage(need('.lane-title', element), view.cue?.title);
  drawSpeakers(need('.lane-speakers', element), view.cue?.speakers ?? []);
  write('.lane-standing', view.cue ? audienceStanding(view, zone) : '');
  const next = view.next ? itemParts(view.next, view.now, zone) : { title: t('마지막 순서입니다'), time: '' };
  setWords(need('.lane-next-title', element), next.title);
  markLanguage(need('.lane-next-title', element), view.next?.cue.title);
  write('.lane-next-time', next.time);
  drawLater(element, view, zone);
  need('.lane-time', element).hidden = !view.cue;
  need('.lane-next', element).hidden = view.status === 'finished';
  setEnd(element, view, late);
  need('.lane-clock', element).hidden = view.endsAt !== null && view.endsAt <= view.now; // overtime is the operators' concern
}

/**
 * What comes after the next one, folded away: each item with its time, in the page while it is unfolded.
 * @param {Element} element
 * @param {LaneView} view
 * @param {string} zone
 */
function drawLater(element, { later, now }, zone) {
  need('.lane-later', element).hidden = later.length === 0;
  setText(need('.lane-later summary', element), t('그다음 순서 {n}개', { n: later.length }));
  const list = () => drawLaterList(element, /** @type {HTMLDetailsElement} */ (need('details', element)).open ? later : [], now, zone);
  coming.set(element, list);
  list();
}

/**
 * @param {Element} element
 * @param {LaneView['later']} later
 * @param {number} now
 * @param {string} zone
 */
function drawLaterList(element, later, now, zone) {
  renderList(
    need('.lane-later-list', element),
    later,
    ({ cue }) => cue.id,
    () => el('li', null, el('span', { class: 'lane-later-title' }), ' ', el('span', { class: 'lane-later-time figure quiet' })),
    (line, coming) => {
      const { title, time } = itemParts(coming, now, zone);
      setWords(need('.lane-later-title', line), title);
      markLanguage(need('.lane-later-title', line), coming.cue.title);
      setText(need('.lane-later-time', line), time);
    },
  );
}

/** @param {LaneView} view */
function segmentWords({ segment, cue }) {
  if (!segment || !cue) return '';
  const title = text(segment.title);
  if (title !== text(cue.title)) return title;
  return segment.kind === 'general' ? '' : text(segment.label);
}

/**
 * A new end restarts the countdown's spoken marks, so it is set only when it changed; the clock of a held cue stands still.
 * @param {Element} element
 * @param {LaneView} view
 * @param {number} late ms
 */
function setEnd(element, view, late) {
  const clock = /** @type {Clock} */ (clocks.get(element));
  const end = view.endsAt === null ? null : view.endsAt + late;
  if (end === clock.shown && view.status !== 'held') return;
  clock.shown = end;
  clock.until(end, view.cue);
  if (view.status === 'held') need('.lane-clock', element).dataset.phase = view.endsAt && view.endsAt < view.now ? 'over' : 'idle';
}
