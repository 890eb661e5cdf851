/** The rundown of one lane: every cue with its time, the one on air marked. */
import { spanWords } from '#hub/agenda/console/words.js';
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { besideOf } from '#hub/agenda/lanes.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/agenda/console/lanes.js').Line} Line */

const MINUTE_MS = 60_000;

export class Rundown {
  #zone;
  #list = el('ol', { class: 'rundown' });

  /** @param {string} zone IANA name of the event's zone */
  constructor(zone) {
    this.#zone = zone;
    this.element = this.#list;
  }

  /** @param {ConsoleLane} lane */
  draw(lane) {
    this.#list.setAttribute('aria-label', t('{lane} 순서', { lane: text(lane.lane.title) }));
    const beside = besideOf([lane]);
    renderList(this.#list, lane.lines, (line) => line.cue.id, make, (item, line) => this.#update(item, line, beside));
  }

  /**
   * @param {Element} item
   * @param {Line} line
   * @param {{planned: number, real: number}} beside
   */
  #update(item, { cue, times, state }, beside) {
    item.setAttribute('data-state', state);
    item.toggleAttribute('aria-current', state === 'on-air');
    if (state === 'on-air') item.setAttribute('aria-current', 'step');
    const planned = clockBeside(times.plannedStart, beside.planned, this.#zone);
    const real = times.projectedStart === null ? null : clockBeside(times.projectedStart, beside.real, this.#zone);
    setText(need('.rundown-time', item), real ?? planned);
    setText(need('.rundown-planned', item), real !== null && real !== planned ? t('계획 {time}', { time: planned }) : '');
    setText(need('.rundown-number', item), cue.number);
    /** @type {HTMLElement} */ (item).style.setProperty('--cue-colour', cue.colour ?? 'transparent');
    setText(need('.rundown-title', item), text(cue.title));
    markLanguage(need('.rundown-title', item), cue.title);
    setText(need('.rundown-note', item), noteWords(state));
    setText(need('.rundown-length', item), lengthWords(cue));
  }
}

function make() {
  return el(
    'li',
    null,
    el('span', { class: 'rundown-times' }, el('span', { class: 'rundown-time' }), el('span', { class: 'rundown-planned' })),
    el('span', { class: 'rundown-words' }, el('span', { class: 'rundown-number' }), el('span', { class: 'rundown-title' }), el('span', { class: 'rundown-note' })),
    el('span', { class: 'rundown-length' }),
  );
}

/** @param {Line['state']} state */
function noteWords(state) {
  return { 'done': t('마침'), 'on-air': t('지금'), 'coming': '', 'left-out': t('진행 안 함') }[state];
}

/** @param {import('#hub/live/documents.js').CueDoc} cue */
function lengthWords(cue) {
  const planned = spanWords(cue.planned_s * 1000);
  if (!cue.extension_s) return planned;
  const minutes = Math.round((Math.abs(cue.extension_s) * 1000) / MINUTE_MS);
  return `${planned} ${cue.extension_s > 0 ? '+' : '−'}${minutes}`;
}
