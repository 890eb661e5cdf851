/**
 * The one cell of the sheets that holds an input. It is a real input at all times, so that a Hangul input method works from the
 * first key: moving through the sheet selects its whole text, and typing replaces it.
 */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/columns.js').Column} Column */
/** @typedef {'up' | 'down' | 'left' | 'right' | 'next' | 'back' | 'first' | 'last' | 'page-up' | 'page-down' | 'stay'} Way */
/**
 * @typedef {{commit: (typed: string) => string, value: () => string, go: (way: Way) => boolean, key: (event: KeyboardEvent) => boolean,
 *   paste: (words: string) => boolean, refused: (typed: string, words: string) => void}} Owner `commit` returns why it was refused;
 *   `value` is what the cell holds now, `go` returns whether there was somewhere to go
 */

export class Cell {
  #input;
  #owner;
  #column;
  #value;
  #editing = false;
  #leaving = false;
  #held = false;
  #error = el('span', { class: 'cell-error', role: 'alert' });

  /**
   * @param {HTMLElement} element the grid cell
   * @param {Column} column
   * @param {{value: string, label: string, lang?: string}} shown
   * @param {Owner} owner
   */
  constructor(element, column, { value, label, lang }, owner) {
    this.element = element;
    this.#owner = owner;
    this.#column = column;
    this.#value = value;
    const props = { class: 'cell-input', 'aria-label': label, maxlength: column.most, autocomplete: 'off', lang, list: column.list };
    this.#input = column.area ? el('textarea', { ...props, rows: 1, list: null }) : el('input', { ...props, type: 'text' });
    this.#input.value = value;
    this.#input.addEventListener('keydown', (event) => this.#keydown(/** @type {KeyboardEvent} */ (event)));
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('mousedown', (event) => this.#pressed(event));
    this.#input.addEventListener('paste', (event) => this.#paste(/** @type {ClipboardEvent} */ (event)));
    this.#input.addEventListener('blur', () => this.#blurred());
    element.classList.add('active');
    element.parentElement?.classList.add('holds-hand');
    element.append(this.#input, this.#error);
  }

  /** The text as it was shown when the hand began. */
  get value() {
    return this.#value;
  }

  /** What stands in the cell now. */
  get typed() {
    return this.#input.value;
  }

  /**
   * Go on typing where another cell was left.
   * @param {string} words
   */
  retype(words) {
    this.#input.value = words;
    this.#typed();
  }

  /** Whether the hand changed something that is not committed. */
  get dirty() {
    return this.#input.value !== this.#value;
  }

  focus() {
    this.#input.focus({ preventScroll: true });
    if (!this.#editing) this.#input.select();
  }

  /** @param {boolean} [toEnd] */
  edit(toEnd = true) {
    this.#editing = true;
    this.element.classList.add('editing');
    if (toEnd) this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
    this.#grow();
  }

  /**
   * Show another value, unless the hand is in the middle of another one.
   * @param {string} value
   * @returns {boolean} whether it is shown
   */
  show(value) {
    if (this.dirty) return false;
    if (value === this.#value) return true;
    this.#value = value;
    this.#input.value = value;
    if (!this.#editing && document.activeElement === this.#input) this.#input.select();
    return true;
  }

  /** Commit what is typed; true when nothing is left to be corrected. */
  commit() {
    if (!this.dirty) return true;
    const words = this.#owner.commit(this.#input.value);
    this.#input.setAttribute('aria-invalid', String(words !== ''));
    this.#error.textContent = words;
    if (words) return false;
    this.#value = this.#owner.value();
    this.#input.value = this.#value;
    return true;
  }

  /**
   * Keep the focus, the cursor and what is typed while rows are moved about.
   * @returns {() => void} call it when they stand
   */
  hold() {
    const input = this.#input;
    if (document.activeElement !== input) return () => {};
    const [start, end] = [input.selectionStart, input.selectionEnd];
    this.#held = true;
    return () => {
      this.#held = false;
      if (!input.isConnected || document.activeElement === input) return;
      input.focus({ preventScroll: true });
      input.setSelectionRange(start, end);
    };
  }

  /** Take the input away again. */
  remove() {
    this.element.classList.remove('active', 'editing');
    this.element.parentElement?.classList.remove('holds-hand');
    this.#input.remove();
    this.#error.remove();
  }

  /**
   * The first press chooses the cell, a second one puts the cursor into its text.
   * @param {Event} event
   */
  #pressed(event) {
    if (document.activeElement === this.#input) return this.edit(false);
    event.preventDefault();
    this.focus();
  }

  #blurred() {
    if (this.#held || !this.#input.isConnected) return;
    const typed = this.#input.value;
    if (!this.commit()) {
      this.#owner.refused(typed, this.#error.textContent ?? '');
      this.#restore();
    }
    this.#rest();
  }

  #restore() {
    this.#input.value = this.#value;
    this.#error.textContent = '';
    this.#input.removeAttribute('aria-invalid');
  }

  #rest() {
    this.#editing = false;
    this.#leaving = false;
    this.element.classList.remove('editing');
  }

  #typed() {
    if (!this.#editing) this.edit(false);
    this.#error.textContent = '';
    this.#input.removeAttribute('aria-invalid');
    this.#grow();
  }

  #grow() {
    if (!this.#column.area) return;
    this.#input.style.blockSize = 'auto';
    this.#input.style.blockSize = `${Math.min(this.#input.scrollHeight + 4, 240)}px`;
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const words = event.clipboardData?.getData('text/plain') ?? '';
    if (!this.#editing && this.#owner.paste(words)) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#owner.key(event)) return event.preventDefault();
    const way = this.#editing ? this.#editingKey(event) : this.#movingKey(event);
    if (way === null) return;
    event.preventDefault();
    if (way !== 'stay' && this.commit()) this.#go(way);
  }

  /** @param {Way} way */
  #go(way) {
    this.#rest();
    if (!this.#owner.go(way) && this.#input.isConnected) this.#input.select();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {Way | null}
   */
  #movingKey(event) {
    const { key, shiftKey, altKey } = event;
    if (altKey || event.ctrlKey || event.metaKey) return null;
    if (key === 'Tab') return this.#leaving ? null : shiftKey ? 'back' : 'next';
    this.#leaving = false;
    if (key === 'Escape') {
      this.#leaving = true;
      return 'stay';
    }
    if (key === 'Enter' || key === 'F2') {
      this.edit();
      return 'stay';
    }
    if (key === 'Delete') {
      this.#input.value = '';
      this.#typed();
      return 'stay';
    }
    return MOVES[key] ?? null;
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {Way | null}
   */
  #editingKey(event) {
    const { key, shiftKey, altKey } = event;
    if (key === 'Escape') {
      this.#restore();
      this.#rest();
      this.#input.select();
      return 'stay';
    }
    if (key === 'Tab') return shiftKey ? 'back' : 'next';
    if (key === 'Enter' && this.#column.lines && (altKey || shiftKey)) return this.#newline();
    if (key === 'Enter') return shiftKey ? 'up' : 'down';
    if (this.#column.area || this.#column.list || altKey) return null;
    return key === 'ArrowUp' ? 'up' : key === 'ArrowDown' ? 'down' : null;
  }

  /** @returns {Way} */
  #newline() {
    this.#input.setRangeText('\n', this.#input.selectionStart ?? 0, this.#input.selectionEnd ?? 0, 'end');
    this.#typed();
    return 'stay';
  }
}

/** @type {Record<string, Way>} */
const MOVES = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'first', End: 'last', PageUp: 'page-up', PageDown: 'page-down',
};

/** What the sheet's keys are, for those who hear it. */
export function sheetHelp() {
  return t('화살표와 Tab으로 칸을 옮기고, 바로 적거나 Enter로 고칩니다. Ctrl+Enter는 아래에 순서를 넣고, Alt+화살표는 순서를 옮기고, Ctrl+D는 복제, Ctrl+Delete는 삭제합니다. Esc를 누른 뒤 Tab을 누르면 표에서 나갑니다.');
}
