/** The rundown of one lane: every cue with its time, the one on air marked. Folded, only the cues that are near are in the page. */
import { cueActs } from '#hub/agenda/console/cue-acts.js';
import { spanWords } from '#hub/agenda/console/words.js';
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { besideOf } from '#hub/agenda/lanes.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/agenda/console/lanes.js').Line} Line */
/** @typedef {import('#hub/agenda/console/cue-acts.js').CueAct} CueAct */

const MINUTE_MS = 60_000;

export class Rundown {
  #zone;
  #list = el('ol', { class: 'rundown', dataset: { folded: '' } });
  #fold = el('button', { type: 'button', class: 'button small rundown-fold', 'aria-expanded': 'false' });
  #open = false;
  /** @type {ConsoleLane | null} */
  #lane = null;
  #press;

  /**
   * @param {string} zone IANA name of the event's zone
   * @param {(act: CueAct) => void} press
   */
  constructor(zone, press) {
    this.#zone = zone;
    this.#press = press;
    this.#fold.addEventListener('click', () => this.#unfold(!this.#open));
    this.#unfold(false);
    this.element = el('div', { class: 'rundown-frame' }, this.#list, this.#fold);
  }

  /** @param {boolean} open whether every cue is shown, not only the one on air and the two that come */
  #unfold(open) {
    this.#open = open;
    if (open) delete this.#list.dataset.folded;
    else this.#list.dataset.folded = '';
    this.#fold.setAttribute('aria-expanded', String(open));
    setText(this.#fold, open ? t('순서 접기') : t('모든 순서 보기'));
    if (this.#lane) this.draw(this.#lane);
  }

  /** @param {ConsoleLane} lane */
  draw(lane) {
    this.#lane = lane;
    this.#list.setAttribute('aria-label', t('{lane} 순서', { lane: text(lane.lane.title) }));
    const beside = besideOf([lane]);
    const near = nearOf(lane.lines);
    this.#fold.hidden = near.size === lane.lines.length;
    const shown = this.#open ? lane.lines : lane.lines.filter(({ cue }) => near.has(cue.id));
    renderList(this.#list, shown, (line) => line.cue.id, make, (item, line) => {
      this.#update(item, line, beside);
      if (this.#open) this.#drawActs(item, lane, line);
    });
  }

  /**
   * @param {Element} item
   * @param {ConsoleLane} lane
   * @param {Line} line
   */
  #drawActs(item, lane, line) {
    const title = text(line.cue.title);
    renderList(need('.rundown-acts', item), cueActs(lane, line), ({ verb }) => verb, () => el('button', { type: 'button', class: 'button small' }), (element, act) => {
      const button = /** @type {HTMLButtonElement} */ (element);
      setText(button, act.words);
      button.setAttribute('aria-label', t('{what}: {cue}', { what: act.words, cue: title }));
      button.onclick = () => this.#press(act);
    });
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

/**
 * What a folded rundown shows: the cue on air and the two that come; at the end, the last one.
 * @param {readonly Line[]} lines
 * @returns {Set<string>} ids of cues
 */
export function nearOf(lines) {
  const now = lines.filter(({ state }) => state === 'on-air');
  const standby = lines.filter(({ state }) => state === 'standby');
  const coming = [...standby, ...lines.filter(({ state }) => state === 'coming')].slice(0, 2);
  const shown = [...now, ...coming];
  return new Set((shown.length > 0 ? shown : lines.slice(-1)).map(({ cue }) => cue.id));
}

function make() {
  return el(
    'li',
    null,
    el('span', { class: 'rundown-times' }, el('span', { class: 'rundown-time' }), el('span', { class: 'rundown-planned' })),
    el('span', { class: 'rundown-words' }, el('span', { class: 'rundown-number' }), el('span', { class: 'rundown-title' }), el('span', { class: 'rundown-note' })),
    el('span', { class: 'rundown-length' }),
    el('span', { class: 'rundown-acts' }),
  );
}

/** @param {Line['state']} state */
function noteWords(state) {
  return { 'done': t('마침'), 'on-air': t('지금'), 'standby': t('다음으로 대기 중'), 'coming': '', 'skipped': t('건너뜀'), 'left-out': t('진행 안 함') }[state];
}

/** @param {import('#hub/live/documents.js').CueDoc} cue */
function lengthWords(cue) {
  const planned = spanWords(cue.planned_s * 1000);
  if (!cue.extension_s) return planned;
  const minutes = Math.round((Math.abs(cue.extension_s) * 1000) / MINUTE_MS);
  return `${planned} ${cue.extension_s > 0 ? '+' : '−'}${minutes}`;
}
