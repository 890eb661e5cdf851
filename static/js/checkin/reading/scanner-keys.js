/**
 * Codes that keyboard-wedge scanners type, wherever the focus is. What a scanner types never presses, chooses, navigates or stays in a
 * field; what people type reaches where they type it.
 */
import { Burst, RUN_MS, SILENCE_MS } from '#hub/checkin/reading/burst.js';
import { meaningOf } from '#hub/checkin/reading/keyboards.js';
import { openDialog, targetOf } from '#hub/checkin/reading/targets.js';
import { readTokens } from '#hub/checkin/reading/token.js';

/** @typedef {import('#hub/checkin/reading/keyboards.js').Press} Press */
/** @typedef {import('#hub/checkin/reading/keyboards.js').Meaning & {source: 'wedge' | 'typed' | 'camera'}} Reading */
/**
 * @typedef {object} Scanning
 * @property {HTMLInputElement | null} field where letters go that are typed nowhere; null on a page that takes no codes
 * @property {(reading: Reading) => void} onCode
 * @property {(dialog: Element) => void} [onBlocked] after a scan that was taken while a dialog was open
 */

/** How long a text is that arrives at once and may be a code (some handhelds insert codes without keys). */
const INSERTED = 20;

/**
 * Take what scanners type on this page.
 * @param {Scanning} scanning
 */
export function listenForScans(scanning) {
  const scanner = new ScannerKeys(scanning);
  document.addEventListener('keydown', (event) => scanner.down(event), { capture: true });
  document.addEventListener('keyup', (event) => scanner.up(event), { capture: true });
  document.addEventListener('beforeinput', (event) => scanner.inserted(event), { capture: true });
}

class ScannerKeys {
  #scanning;
  #burst = new Burst();
  /** @type {import('#hub/checkin/reading/targets.js').Target | null} */
  #target = null;
  /** @type {Press[]} keys that wait, or that were taken and may have to be handed over */
  #waiting = [];
  #composing = false;
  #sure = false;
  /** @type {Set<string>} keys whose press was taken: so is their release */
  #taken = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Scanning} scanning */
  constructor(scanning) {
    this.#scanning = scanning;
  }

  /** @param {KeyboardEvent} event */
  down(event) {
    if (isSilent(event)) return;
    const part = this.#burst.press(event);
    if (part === 'modifier') return;
    if (part === 'first' || part === 'other') this.#settle();
    if (part === 'other') takeFrame(event);
    else if (part === 'end') this.#end(event);
    else if (part === 'tail') this.#take(event);
    else this.#key(event, part);
  }

  /** @param {KeyboardEvent} event */
  up(event) {
    if (this.#taken.delete(event.code)) event.preventDefault();
  }

  /**
   * Some handhelds insert a whole code at once.
   * @param {InputEvent} event
   */
  inserted(event) {
    if (event.inputType !== 'insertText' || (event.data?.length ?? 0) < INSERTED) return;
    const meaning = meaningOf([], event.data ?? '');
    if (meaning.kind === 'none') return;
    event.preventDefault();
    this.#burst.ended(event.timeStamp);
    this.#report(meaning);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {'first' | 'run' | 'burst'} part
   */
  #key(event, part) {
    if (part === 'first') this.#begin();
    this.#composing ||= event.isComposing || event.key === 'Process';
    this.#sure ||= part === 'burst';
    this.#waiting.push(event);
    if (part === 'burst' || this.#target?.holds(event)) this.#take(event);
    if (part === 'burst' && !this.#composing) this.#target?.putBack(false);
    this.#wait(part === 'burst' ? SILENCE_MS : RUN_MS + 10);
  }

  #begin() {
    this.#target = targetOf(document.activeElement, this.#scanning.field);
    this.#waiting = [];
    this.#composing = false;
    this.#sure = false;
  }

  /** @param {KeyboardEvent} event */
  #end(event) {
    this.#take(event);
    this.#scanned(this.#meaning(), event.timeStamp);
  }

  /** @param {number} ms */
  #wait(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), ms);
  }

  /** The run is over without a suffix: a scan when it was one, else a person's keys. */
  #settle() {
    clearTimeout(this.#timer);
    const [target, waiting, last] = [this.#target, this.#waiting, this.#waiting.at(-1)];
    if (!target || !last) return;
    const meaning = this.#meaning();
    if (this.#sure && meaning.kind !== 'none') return this.#scanned(meaning, last.timeStamp);
    const taken = this.#sure && !this.#composing;
    this.#forget();
    this.#burst.clear();
    if (taken || waiting.some((press) => target.holds(press))) target.give(waiting);
  }

  /** What was scanned; its first keys may have been typed into the field before it was known as a scan. */
  #meaning() {
    const meaning = meaningOf(this.#waiting);
    const before = this.#target?.before ?? '';
    if (meaning.kind !== 'none' || before === '' || !this.#isInField()) return meaning;
    const whole = meaningOf([], before + meaning.text);
    return whole.kind === 'none' ? meaning : whole;
  }

  /**
   * @param {import('#hub/checkin/reading/keyboards.js').Meaning} meaning
   * @param {number} at
   */
  #scanned(meaning, at) {
    this.#target?.putBack(this.#composing);
    if (this.#scanning.field && this.#isInField() && readTokens(meaning.text).length > 0) this.#scanning.field.value = '';
    this.#forget();
    this.#burst.ended(at);
    this.#report(meaning);
  }

  /** @param {import('#hub/checkin/reading/keyboards.js').Meaning} meaning */
  #report(meaning) {
    this.#scanning.onCode({ ...meaning, source: 'wedge' });
    const dialog = openDialog();
    if (dialog) this.#scanning.onBlocked?.(dialog);
  }

  #isInField() {
    const { field } = this.#scanning;
    return field !== null && document.activeElement === field;
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#target = null;
    this.#waiting = [];
  }

  /** @param {KeyboardEvent} event */
  #take(event) {
    event.preventDefault();
    event.stopPropagation();
    this.#taken.add(event.code);
  }
}

/**
 * Whether a press says nothing: autofill, a screen keyboard.
 * @param {KeyboardEvent} event
 */
function isSilent({ code, key }) {
  return !key || (!code && key.length > 1 && key !== 'Enter' && key !== 'Tab');
}

/**
 * STX and LF, which a scanner may send before a code or late after it, are no shortcuts of the browser here.
 * @param {KeyboardEvent} event
 */
function takeFrame(event) {
  if (event.ctrlKey && !event.shiftKey && (event.code === 'KeyB' || event.code === 'KeyJ')) event.preventDefault();
}
