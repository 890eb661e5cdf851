/** The plan on one axis of time, lanes side by side: cues are blocks as tall as they are long. */
import { axisOf, topOf } from '#hub/agenda/editor/axis.js';
import { drawBlock, gapBlock, makeBlock } from '#hub/agenda/editor/board-blocks.js';
import { endOf, findCue, startOf } from '#hub/agenda/editor/model.js';
import { remove } from '#hub/agenda/editor/row-keys.js';
import { linesOf, totalOf } from '#hub/agenda/editor/rows.js';
import { setFields } from '#hub/agenda/editor/steps.js';
import { draggedTo, dropped, holds } from '#hub/agenda/editor/board-drop.js';
import { drag } from '#hub/agenda/editor/drag.js';
import { lengthWords } from '#hub/agenda/editor/words.js';
import { localOf, writeClock } from '#hub/agenda/editor/zone.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { lang, t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/axis.js').Axis} Axis */

export const ZOOMS = [1, 2, 4, 6, 9, 14];
export const USUAL_ZOOM = 2;
const LEAST_PX = 30;
/** How tall a block is that shows its second line. */
const TWO_LINES_PX = 44;

export class Board {
  zoom = ZOOMS[USUAL_ZOOM];
  #space;
  #keys;
  /** @type {Axis} */
  #axis = { pieces: [], height: 0 };
  /** @type {string | null} */
  #pressed = null;
  #ruler = el('div', { class: 'board-ruler', 'aria-hidden': 'true' });
  #lanes = el('div', { class: 'board-lanes' });

  /**
   * @param {Workspace} space
   * @param {(event: KeyboardEvent, cue: string | null, lane: string) => boolean} keys commands of a cue
   */
  constructor(space, keys) {
    this.#space = space;
    this.#keys = keys;
    const help = el('p', { id: 'board-help', class: 'visually-hidden' }, t('화살표로 순서를 고르고 Enter로 고칩니다. Alt+화살표로 옮기고, +와 −로 소요 시간을 1분씩 바꿉니다.'));
    this.element = el('div', { class: 'board', hidden: true, 'data-scrolls': true }, help, el('div', { class: 'board-side' }, el('div', { class: 'board-corner' }), this.#ruler), this.#lanes);
    this.#lanes.addEventListener('keydown', (event) => this.#keydown(event));
    this.#lanes.addEventListener('focusin', ({ target }) => this.#focused(target));
    this.#lanes.addEventListener('pointerdown', (event) => this.#grab(event));
    this.#lanes.addEventListener('click', ({ target }) => this.#again(target));
  }

  commit() {}

  draw() {
    const lanes = this.#space.lanes;
    const spans = lanes.flatMap((lane) => lane.cues.map((cue) => ({ from: startOf(cue), to: endOf(cue) })));
    this.#axis = axisOf(spans, { perMinute: this.zoom, least: LEAST_PX });
    this.element.style.setProperty('--height', `${this.#axis.height + 24}px`);
    this.element.style.setProperty('--lanes', String(Math.max(1, lanes.length)));
    this.#drawRuler();
    const focused = document.activeElement;
    renderList(this.#lanes, lanes, (lane) => lane.id, makeLane, (column, lane) => this.#drawLane(column, lane));
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.#lanes.contains(focused)) focused.focus({ preventScroll: true });
  }

  /** @param {string} id */
  focusCue(id, { edit = false } = {}) {
    this.#space.select(id);
    if (edit) return this.#space.details();
    const block = this.#block(id);
    block?.focus({ preventScroll: true });
    block?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** @param {string} id */
  #block(id) {
    return /** @type {HTMLElement | null} */ (this.#lanes.querySelector(`[data-cue="${id}"]`));
  }

  #drawRuler() {
    const { zone } = this.#space.settings;
    const { pieces, height } = this.#axis;
    const last = pieces.at(-1);
    let day = '';
    let free = -Infinity;
    const marks = [...pieces.map(({ from, top, folded }) => ({ ms: from, top, folded })), ...(last ? [{ ms: last.to, top: height, folded: false }] : [])].flatMap((mark) => {
      const local = localOf(mark.ms, zone);
      const fresh = local.day !== day;
      if (!fresh && !mark.folded && mark.top - free < 18) return [];
      day = local.day;
      free = mark.top + (fresh ? 18 : 0);
      return [{ ...mark, time: writeClock(local.seconds), day: fresh ? shortDay(local.day) : '' }];
    });
    renderList(this.#ruler, marks, ({ ms }) => String(ms), () => el('div', { class: 'mark' }, el('span', { class: 'mark-day' }), el('span', { class: 'mark-time' })), (element, mark) => {
      /** @type {HTMLElement} */ (element).style.insetBlockStart = `${mark.top}px`;
      setText(need('.mark-day', element), mark.day);
      setText(need('.mark-time', element), mark.time);
      element.toggleAttribute('data-folded', mark.folded);
      element.classList.toggle('new-day', mark.day !== '' && mark.top > 0);
    });
  }

  /**
   * @param {Element} column
   * @param {Lane} lane
   */
  #drawLane(column, lane) {
    const title = text(lane.title);
    setText(need('h2', column), title);
    setText(need('.quiet', column), t('순서 {n}개 · {length}', { n: lane.cues.length, length: lengthWords(totalOf(lane.cues)) }));
    /** @type {HTMLElement} */ (column).style.setProperty('--lane', lane.colour ?? 'var(--line-strong)');
    const track = need('.board-track', column);
    track.setAttribute('aria-label', title);
    const home = lane.cues.some((cue) => cue.id === this.#space.selected) ? this.#space.selected : lane.cues[0]?.id;
    const all = linesOf(lane, this.#space.settings.zone);
    const lines = all.filter((line) => line.kind === 'cue' || line.kind === 'gap');
    const over = new Set(all.flatMap((line) => (line.kind === 'overlap' ? [line.before] : [])));
    renderList(track, lines, (line) => line.key, (line) => (line.kind === 'cue' ? makeBlock(line.cue) : gapBlock(this.#space, line.kind === 'day' ? '' : line.before)), (element, line) => {
      const block = /** @type {HTMLElement} */ (element);
      if (line.kind === 'cue') {
        drawBlock(block, line.cue, lane, this.#space);
        block.toggleAttribute('data-overlap', over.has(line.cue.id));
        block.tabIndex = line.cue.id === home ? 0 : -1;
        this.#stand(block, startOf(line.cue), endOf(line.cue));
      } else if (line.kind === 'gap') this.#stand(block, line.from, line.from + line.ms);
    });
  }

  /**
   * @param {HTMLElement} block
   * @param {number} from
   * @param {number} to
   */
  #stand(block, from, to) {
    const top = topOf(this.#axis, from);
    block.style.insetBlockStart = `${top}px`;
    const height = Math.max(to > from ? topOf(this.#axis, to) - top : LEAST_PX - 6, 12) - 2;
    block.style.blockSize = `${height}px`;
    block.toggleAttribute('data-short', height < TWO_LINES_PX);
  }

  /** @param {EventTarget | null} target */
  #focused(target) {
    const block = blockOf(target);
    if (block) this.#space.select(block.dataset.cue ?? null);
  }

  /**
   * A press on a cue that was selected before opens its fields.
   * @param {EventTarget | null} target
   */
  #again(target) {
    const id = blockOf(target)?.dataset.cue ?? null;
    if (id !== null && id === this.#pressed) this.#space.details();
    this.#pressed = id;
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    const id = blockOf(event.target)?.dataset.cue;
    const found = id ? findCue(this.#space.content, id) : null;
    if (!id || !found) return;
    const { key } = event;
    if (this.#keys(event, id, found.lane.id)) return event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Enter' || key === 'F2') this.#space.details();
    else if (key === 'Delete') remove(this.#space, this, id);
    else if (key === '+' || key === '=') this.#lengthen(found.cue, 60);
    else if (key === '-' || key === '−') this.#lengthen(found.cue, -60);
    else if (!this.#walk(key, found)) return;
    event.preventDefault();
  }

  /**
   * @param {string} key
   * @param {{lane: Lane, index: number, cue: Cue}} at
   */
  #walk(key, { lane, index, cue }) {
    const lanes = this.#space.lanes;
    const aside = lanes[lanes.findIndex((one) => one.id === lane.id) + (key === 'ArrowLeft' ? -1 : 1)];
    const target = {
      ArrowUp: () => lane.cues[index - 1],
      ArrowDown: () => lane.cues[index + 1],
      Home: () => lane.cues[0],
      End: () => lane.cues.at(-1),
      ArrowLeft: () => nearest(aside, cue),
      ArrowRight: () => nearest(aside, cue),
    }[key];
    if (!target) return false;
    const to = target();
    if (to) this.focusCue(to.id);
    return true;
  }

  /**
   * @param {Cue} cue
   * @param {number} byS
   */
  #lengthen(cue, byS) {
    const planned = cue.planned_s + byS;
    if (planned > 0) this.#space.make(setFields(this.#space.content, 'cue', cue.id, { planned_s: planned }, t('소요 {length}: {title}', { length: lengthWords(planned), title: text(cue.title) })));
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    const block = blockOf(event.target);
    const found = block && findCue(this.#space.content, block.dataset.cue ?? '');
    if (!block || !found || event.button !== 0) return;
    const sizing = event.target instanceof Element && event.target.closest('.block-end') !== null;
    const top = topOf(this.#axis, startOf(found.cue));
    drag(event, block, {
      move: ({ dx, dy, x }) => {
        if (sizing) block.style.blockSize = `${Math.max(10, topOf(this.#axis, endOf(found.cue)) - top + dy)}px`;
        else block.style.translate = `${dx}px ${dy}px`;
        setText(need('.block-time', block), this.#target(found.cue, sizing, dy));
        for (const track of this.#lanes.querySelectorAll('.board-track')) track.toggleAttribute('data-target', !sizing && holds(track, x));
      },
      end: ({ dy, x }) => this.#drop(found.cue, sizing, dy, x),
      always: () => {
        this.#pressed = null;
        block.style.translate = '';
        for (const track of this.#lanes.querySelectorAll('.board-track')) track.removeAttribute('data-target');
        block.removeAttribute('data-drawn');
        this.draw();
      },
    });
  }

  /**
   * @param {Cue} cue
   * @param {boolean} sizing
   * @param {number} dy
   */
  #target(cue, sizing, dy) {
    const ms = draggedTo(this.#axis, cue, { sizing, dy });
    return sizing ? lengthWords((ms - startOf(cue)) / 1000) : writeClock(localOf(ms, this.#space.settings.zone).seconds);
  }

  /**
   * @param {Cue} cue
   * @param {boolean} sizing
   * @param {number} dy
   * @param {number} x
   */
  #drop(cue, sizing, dy, x) {
    const ms = draggedTo(this.#axis, cue, { sizing, dy });
    if (sizing) return this.#lengthen(cue, (ms - endOf(cue)) / 1000);
    const track = [...this.#lanes.querySelectorAll('.board-track')].find((one) => holds(one, x));
    const lane = this.#space.lanes.find((one) => one.id === /** @type {HTMLElement | undefined} */ (track)?.dataset.lane);
    if (lane) this.#space.make(dropped(this.#space, cue, lane, ms));
  }
}

/** @param {Lane} lane */
function makeLane(lane) {
  return el(
    'section',
    { class: 'board-lane' },
    el('header', { class: 'lane-line' }, el('h2'), el('p', { class: 'quiet small figure' })),
    el('div', { class: 'board-track', role: 'group', 'aria-describedby': 'board-help', dataset: { lane: lane.id } }),
  );
}

/**
 * @param {Lane | undefined} lane
 * @param {Cue} cue
 */
function nearest(lane, cue) {
  return lane?.cues.toSorted((a, b) => Math.abs(startOf(a) - startOf(cue)) - Math.abs(startOf(b) - startOf(cue)))[0];
}

/** @param {EventTarget | null} target */
function blockOf(target) {
  return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('[data-cue]')) : null;
}

/**
 * `11. 29. (일)` or `Sun 29 Nov`.
 * @param {string} day
 */
function shortDay(day) {
  return new Intl.DateTimeFormat(lang() === 'en' ? 'en-GB' : 'ko-KR', { month: lang() === 'en' ? 'short' : 'numeric', day: 'numeric', weekday: 'short', timeZone: 'UTC' }).format(Date.parse(`${day}T12:00:00Z`));
}
