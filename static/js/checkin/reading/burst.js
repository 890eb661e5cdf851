/**
 * Tells what a scanner types from what a person types, by the time between keys. A scanner sends a key every 1–30 ms; of four keys
 * in a row no person keeps an average of 35 ms.
 */
import { writes } from '#hub/checkin/reading/keyboards.js';

/** @typedef {import('#hub/checkin/reading/keyboards.js').Press} Press */
/**
 * @typedef {'other' | 'modifier' | 'first' | 'run' | 'burst' | 'end' | 'tail'} Part
 * `first` may begin a scan, `run` may go on with it, `burst` is surely of one, `end` ends it, `tail` is what a scanner sends after
 * the end; `modifier` (shift, caps lock) says nothing; `other` is a person's
 */

/** A longer pause ends what may be a scan. */
export const RUN_MS = 50;
/** A scan without a suffix ends with this silence. */
export const SILENCE_MS = 150;
const AVERAGE_MS = 35;
const KEYS = 5;
const KEYS_BEFORE_END = 3;
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'HangulMode', 'Fn']);

export class Burst {
  /** How many keys of the run wrote something. */
  #count = 0;
  #first = -Infinity;
  #last = -Infinity;
  #ended = -Infinity;
  #sure = false;

  /**
   * Take a key press, and say what it is a part of.
   * @param {Press} press
   * @returns {Part}
   */
  press(press) {
    if (MODIFIERS.has(press.key)) return 'modifier';
    const gap = press.timeStamp - this.#last;
    if (press.repeat || gap > (this.#sure ? SILENCE_MS : RUN_MS)) this.clear();
    if (press.repeat) return 'other';
    if (isEnd(press)) return this.#end(press);
    if (writes(press)) return this.#write(press);
    return this.#command(press);
  }

  /** Begin anew. */
  clear() {
    this.#count = 0;
    this.#sure = false;
    this.#last = -Infinity;
  }

  /**
   * Say that a scan ended, so that its suffix is known when it comes.
   * @param {number} at as `timeStamp`
   */
  ended(at) {
    this.clear();
    this.#ended = at;
  }

  /** @param {Press} press */
  #write({ timeStamp }) {
    if (this.#count === 0) this.#first = timeStamp;
    this.#count += 1;
    this.#last = timeStamp;
    this.#sure ||= this.#count >= KEYS && this.#isFast(this.#count - 1);
    if (this.#sure) return 'burst';
    return this.#count === 1 ? 'first' : 'run';
  }

  /** @param {Press} press */
  #end({ timeStamp }) {
    if (this.#count > 0) this.#last = timeStamp;
    if (this.#sure || (this.#count >= KEYS_BEFORE_END && this.#isFast(this.#count))) return 'end';
    this.clear();
    return this.#afterwards(timeStamp);
  }

  /**
   * A control character that frames a code (STX, ETX, EOT, GS), or a person's shortcut.
   * @param {Press} press
   */
  #command(press) {
    if (this.#sure) {
      this.#last = press.timeStamp;
      return 'burst';
    }
    this.clear();
    return this.#afterwards(press.timeStamp);
  }

  /** @param {number} now */
  #afterwards(now) {
    return now - this.#ended <= SILENCE_MS ? 'tail' : 'other';
  }

  /** @param {number} gaps between the keys of the run */
  #isFast(gaps) {
    return (this.#last - this.#first) / gaps <= AVERAGE_MS;
  }
}

/**
 * What scanners end a code with: Enter, Tab, or a line feed or carriage return sent as a control key.
 * @param {Press} press
 */
export function isEnd({ key, code, ctrlKey, altKey, metaKey }) {
  if (altKey || metaKey) return false;
  if (ctrlKey) return code === 'KeyJ' || code === 'KeyM';
  return key === 'Enter' || key === 'Tab' || code === 'Enter' || code === 'NumpadEnter' || code === 'Tab';
}
