/** The cue sheet of a lane as it runs: the row on air is marked and kept in sight, the rest says when it will be. */
import { drawNotes, notesList } from '#hub/agenda/notes.js';
import { standing } from '#hub/agenda/lane-words.js';
import { laneView, projectedRun } from '#hub/agenda/lanes.js';
import { speakersWords } from '#hub/agenda/speakers.js';
import { followAsCrew } from '#hub/live/crew.js';
import { countdown } from '#hub/web/countdown.js';
import { messageArea } from '#hub/messages/area.js';
import { el, markLanguage, need, pageData, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockBeside, clockSeconds, duration } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').CueDoc & {skipped?: boolean}} CueDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {'past' | 'on' | 'standby' | 'skipped' | 'coming'} Standing */
/** @typedef {{cue: CueDoc, standing: Standing, planned: string, projected: string}} Row */

const page = /** @type {{conf: string, zone: string, lane: string | null, run: import('#hub/live/rehearsal.js').Follows | null}} */ (pageData());
const { zone } = page;
const drawMessages = messageArea({ audience: 'emcee', place: need('main'), emergencies: true });
const left = countdown(need('#left'));
const department = /** @type {HTMLSelectElement} */ (need('#department'));
const keepUp = /** @type {HTMLInputElement} */ (need('#keep-up'));
let wanted = new URLSearchParams(location.search).get('department') ?? '';
/** @type {string | null} */
let shown = null;
/** @type {(() => void) | null} */
let redraw = null;

department.addEventListener('change', () => {
  wanted = department.value;
  const address = new URL(location.href);
  if (wanted) address.searchParams.set('department', wanted);
  else address.searchParams.delete('department');
  history.replaceState(null, '', address);
  redraw?.();
});
keepUp.addEventListener('change', () => {
  shown = null;
  redraw?.();
});

followAsCrew({
  kind: 'cue-sheet',
  ...page,
  draw: (store, now) => {
    redraw = () => draw(store, now);
    redraw();
  },
});

/**
 * @param {Store} store
 * @param {number} now
 */
function draw(store, now) {
  setText(need('#clock'), clockSeconds(now, zone));
  drawMessages(store, now);
  const view = page.lane ? laneView(store, page.lane, now) : null;
  if (!view) return;
  setText(need('#now'), view.cue ? text(view.cue.title) : standing(view, zone));
  need('#left').hidden = !view.cue;
  left.until(view.endsAt, view.cue);
  const cues = store.all('cue/');
  drawDepartments(store, cues.filter(({ lane }) => lane === page.lane));
  renderList(need('#cues'), rows(store, now), ({ cue }) => cue.id, rowElement, (element, row) => update(element, row, store));
  follow(view.cue?.id ?? null);
}

/**
 * The cues of the lane in their order, with where each stands.
 * @param {Store} store
 * @param {number} now
 * @returns {Row[]}
 */
function rows(store, now) {
  const lane = store.get(`lane/${page.lane}`);
  if (!lane) return [];
  const { cues } = /** @type {import('#hub/agenda/clock.js').LaneProjection} */ (projectedRun(store, now).get(lane.id));
  const on = cues.findIndex(({ id }) => id === lane.cue);
  const standby = /** @type {{standby?: string | null}} */ (lane).standby ?? null;
  return cues.flatMap((times, index) => {
    const cue = /** @type {CueDoc | undefined} */ (store.get(`cue/${times.id}`));
    if (!cue) return [];
    const beside = times.plannedStart;
    return {
      cue,
      standing: standingOf(cue, { on: index === on, before: index < on || lane.status === 'finished', standby: cue.id === standby }),
      planned: clockBeside(times.plannedStart, cues[0].plannedStart, zone),
      projected: times.projectedStart === null ? '' : clockBeside(times.projectedStart, beside, zone),
    };
  });
}

/**
 * @param {CueDoc} cue
 * @param {{on: boolean, before: boolean, standby: boolean}} place
 * @returns {Standing}
 */
function standingOf(cue, { on, before, standby }) {
  if (on) return 'on';
  if (cue.skipped || (before && !cue.started_at)) return 'skipped';
  if (before) return 'past';
  return standby ? 'standby' : 'coming';
}

function rowElement() {
  return el(
    'tr',
    { class: 'follow-row' },
    el('th', { scope: 'row', class: 'figure' }),
    el('td', { class: 'figure follow-planned' }),
    el('td', { class: 'figure follow-projected' }),
    el('td', { class: 'figure follow-length' }),
    el('td', { class: 'follow-what' }, el('span', { class: 'badge' }), el('span', { class: 'badge follow-together' }), el('strong', { class: 'follow-title' }), el('span', { class: 'follow-speakers' })),
    el('td', { class: 'follow-notes' }, notesList()),
  );
}

/**
 * @param {Element} element
 * @param {Row} row
 * @param {Store} store
 */
function update(element, { cue, standing: state, planned, projected }, store) {
  const line = /** @type {HTMLElement} */ (element);
  line.dataset.standing = state;
  if (state === 'on') line.setAttribute('aria-current', 'step');
  else line.removeAttribute('aria-current');
  setText(need('th', line), cue.number);
  setText(need('.follow-planned', line), planned);
  setText(need('.follow-projected', line), projected);
  setText(need('.follow-length', line), duration(cue.planned_s * 1000));
  setText(need('.badge', line), standingWords(state));
  need('.badge', line).hidden = standingWords(state) === '';
  need('.badge', line).dataset.kind = { on: 'live', standby: 'warn', skipped: 'open', past: 'good', coming: '' }[state];
  setText(need('.follow-together', line), cue.sync ? t('동시 시작 {word}', { word: cue.sync }) : '');
  need('.follow-together', line).hidden = !cue.sync;
  setText(need('.follow-title', line), text(cue.title));
  markLanguage(need('.follow-title', line), cue.title);
  setText(need('.follow-speakers', line), speakersWords(cue.speakers));
  drawNotes(need('.cue-notes', line), store.get(`notes/${cue.id}`), (note) => wanted === '' || note.department === wanted);
}

/** @param {Standing} state */
function standingWords(state) {
  switch (state) {
    case 'on':
      return t('진행 중');
    case 'standby':
      return t('대기');
    case 'skipped':
      return t('건너뜀');
    case 'past':
      return t('마침');
    case 'coming':
      return '';
  }
}

/**
 * The departments that have something to do in the lane.
 * @param {Store} store
 * @param {readonly CueDoc[]} cues
 */
function drawDepartments(store, cues) {
  const notes = cues.flatMap(({ id }) => store.get(`notes/${id}`)?.notes ?? []);
  const found = new Map(notes.toSorted((a, b) => a.place - b.place).map((note) => [note.department, note.title]));
  const choices = [['', t('모두')], ...[...found].map(([id, title]) => [id, text(title)])];
  renderList(department, choices, ([id]) => id, ([id]) => el('option', { value: id }), (option, [, words]) => setText(option, words));
  department.value = found.has(wanted) ? wanted : '';
}

/**
 * Bring the row on air into sight once for each cue, unless somebody wants to look elsewhere.
 * @param {string | null} cue
 */
function follow(cue) {
  if (!keepUp.checked || cue === shown) return;
  shown = cue;
  document.querySelector('.follow-row[data-standing="on"]')?.scrollIntoView({ block: 'center' });
}
