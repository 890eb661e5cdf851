/**
 * A long list of which only the rows near what can be seen are in the page. The row that has the focus always is, so that the keyboard
 * goes on from it; a reader is told how many rows there are and the place of each.
 */
import { el, renderList } from '#hub/web/dom.js';
import { pieces, spanBetween } from '#hub/web/window-range.js';

/** Taken for the height of a row before any was seen (px). */
const FIRST_GUESS = 56;
/** Whether the browser itself keeps what can be seen in its place, also while it scrolls; Safari does not. */
const ANCHORS = globalThis.CSS?.supports('overflow-anchor', 'auto') ?? false;
/** Rows outside of what can be seen are there as far as this, in heights of the frame: the next ones can be reached by keyboard. */
const BEYOND = 1;
/** How often the end is gone to: the rows that come into sight there may be higher than was estimated. */
const END_TURNS = 3;

/**
 * @template T
 * @typedef {object} Parts
 * @property {HTMLElement} frame what scrolls; how wide its columns are must not depend on the rows that are in the page
 * @property {HTMLElement} body `tbody`, `ul` or `ol`, whose children the rows are
 * @property {(item: T) => string} key unique among the items
 * @property {(item: T) => HTMLElement} create makes the row of an item
 * @property {(row: HTMLElement, item: T) => void} [update] also called after `create`, again only when the item is another
 */

/** @template T */
export class Windowed {
  /** @type {Parts<T>} */
  #parts;
  /** @type {readonly T[]} */
  #items = [];
  /** @type {Map<string, number>} by key, of rows that were seen */
  #heights = new Map();
  /** @type {WeakMap<Element, T>} */
  #drawn = new WeakMap();
  #asked = false;

  /** @param {Parts<T>} parts */
  constructor(parts) {
    this.#parts = parts;
    parts.frame.addEventListener('scroll', () => this.#soon(), { passive: true });
    parts.frame.addEventListener('focusin', ({ target }) => {
      if (/** @type {Element} */ (target).matches(':focus-visible')) this.#show(); // by keyboard: the next row must be there for the next press
    });
    parts.frame.addEventListener('keydown', (event) => this.#keyed(event));
    new ResizeObserver(() => this.#soon()).observe(parts.frame);
  }

  /** @param {readonly T[]} items all of them, in their order */
  draw(items) {
    if (items === this.#items) return;
    this.#items = items;
    this.#show();
  }

  /**
   * Go to the end at once: the browser would scroll there step by step, to where the end was when the key was pressed.
   * @param {KeyboardEvent} event
   */
  #keyed(event) {
    const { frame } = this.#parts;
    if (event.key !== 'End' || event.target !== frame) return;
    event.preventDefault();
    for (let turn = 0; turn < END_TURNS; turn += 1) {
      frame.scrollTop = frame.scrollHeight;
      this.#show();
    }
    frame.scrollTop = frame.scrollHeight;
  }

  /** Show what can be seen now, once for each picture that the browser draws. */
  #soon() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#show();
    });
  }

  #show() {
    const { frame, body } = this.#parts;
    if (this.#items.length === 0 && body.childElementCount === 0) return; // nothing to lay the page out for
    const stays = this.#firstInSight();
    const before = stays?.getBoundingClientRect().top ?? 0;
    const end = !stays && frame.scrollTop > 0 && frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 1;
    const found = this.#render();
    if (stays?.isConnected && !ANCHORS) frame.scrollTop += stays.getBoundingClientRect().top - before;
    else if (end) frame.scrollTop = frame.scrollHeight;
    const first = this.#heights.size === 0;
    this.#measure(found);
    if (first && this.#heights.size > 0) this.#show(); // the height of the whole list is known now
    else if (this.#hasHole()) this.#soon(); // rows turned out lower than was estimated
  }

  /** Whether a gap can be seen. */
  #hasHole() {
    const { frame, body } = this.#parts;
    const { top } = frame.getBoundingClientRect();
    return [...body.children].some((one) => {
      const box = one.getBoundingClientRect();
      return !this.#drawn.has(one) && box.bottom > top + 1 && box.top < top + frame.clientHeight - 1;
    });
  }

  /** Put the rows into the page that belong there now. */
  #render() {
    const { body, key, create } = this.#parts;
    const heights = this.#estimated();
    const found = pieces(heights, this.#span(heights), this.#focused());
    this.#count();
    renderList(
      body,
      found,
      (piece) => (piece.kind === 'row' ? `row ${key(this.#items[piece.index])}` : gapName(piece.index)),
      (piece) => (piece.kind === 'row' ? create(this.#items[piece.index]) : this.#gap()),
      (element, piece) => (piece.kind === 'row' ? this.#update(/** @type {HTMLElement} */ (element), piece.index) : setHeight(element, piece.height)),
    );
    return found;
  }

  /** The first row that can be seen, whole or in part. */
  #firstInSight() {
    const { frame, body } = this.#parts;
    const { top } = frame.getBoundingClientRect();
    return [...body.children].find((one) => {
      const box = one.getBoundingClientRect();
      return this.#drawn.has(one) && box.bottom > top && box.top < top + frame.clientHeight;
    });
  }

  /**
   * @param {HTMLElement} row
   * @param {number} index
   */
  #update(row, index) {
    const item = this.#items[index];
    row.setAttribute(this.#isTable ? 'aria-rowindex' : 'aria-posinset', String(this.#isTable ? index + 2 : index + 1));
    if (!this.#isTable) row.setAttribute('aria-setsize', String(this.#items.length));
    if (this.#drawn.get(row) === item) return;
    this.#parts.update?.(row, item);
    this.#drawn.set(row, item);
  }

  get #isTable() {
    return this.#parts.body.tagName === 'TBODY';
  }

  /** A table says how many rows it has, its head among them. */
  #count() {
    if (this.#isTable) this.#parts.body.closest('table')?.setAttribute('aria-rowcount', String(this.#items.length + 1));
  }

  /** The heights of all rows: as they were seen, else as those that were seen are on average. */
  #estimated() {
    const known = [...this.#heights.values()];
    const usual = known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : FIRST_GUESS;
    return this.#items.map((item) => this.#heights.get(this.#parts.key(item)) ?? usual);
  }

  /** @param {readonly number[]} heights */
  #span(heights) {
    const { frame, body } = this.#parts;
    const seen = frame.clientHeight;
    const top = frame.getBoundingClientRect().top - body.getBoundingClientRect().top;
    return spanBetween(heights, top - seen * BEYOND, top + seen * (1 + BEYOND));
  }

  /** The index of the item in whose row the focus is, or -1. */
  #focused() {
    const row = [...this.#parts.body.children].find((one) => one.contains(document.activeElement));
    const item = row && this.#drawn.get(row);
    if (item === undefined) return -1;
    const name = this.#parts.key(item);
    return this.#items.findIndex((one) => this.#parts.key(one) === name);
  }

  /** @param {readonly import('#hub/web/window-range.js').Piece[]} found what was shown */
  #measure(found) {
    const { body, key } = this.#parts;
    found.forEach((piece, place) => {
      const height = piece.kind === 'row' ? body.children[place].getBoundingClientRect().height : 0;
      if (height > 0) this.#heights.set(key(this.#items[piece.index]), height);
    });
  }

  #gap() {
    const gap = this.#isTable ? el('tr', null, el('td', { colspan: 99 })) : el('li', null);
    gap.className = 'window-gap';
    gap.setAttribute('aria-hidden', 'true');
    return gap;
  }
}

/**
 * The gap above all rows is one and the same however far it reaches.
 * @param {number} index of its first row
 */
function gapName(index) {
  return index === 0 ? 'before' : `gap ${index}`;
}

/**
 * @param {Element} gap
 * @param {number} height px
 */
function setHeight(gap, height) {
  /** @type {HTMLElement} */ (gap).style.blockSize = `${height}px`;
}
