/**
 * What keys mean. A scanner presses the keys of the keyboard that it was set to; the system writes what its own layout has on them
 * (QWERTZ, AZERTY, a Hangul input method). `event.code` names the key itself, so what was meant can be read from it.
 */
import { readTokens } from '#hub/checkin/reading/token.js';

/** @typedef {Pick<KeyboardEvent, 'code' | 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat' | 'timeStamp'>} Press */
/** @typedef {{text: string, alternatives: string[], kind: 'token' | 'several' | 'none'}} Meaning `alternatives` are tokens by other layouts, tried when `text` is unknown */

/** @type {Record<string, string>} what a US keyboard writes: alone, and with shift */
const US = {
  Minus: '-_', Equal: '=+', BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|', Semicolon: ';:', Quote: '\'"', Backquote: '`~', Comma: ',<', Period: '.>', Slash: '/?', Space: '  ',
  NumpadSubtract: '--', NumpadDivide: '//', NumpadDecimal: '..', NumpadMultiply: '**', NumpadAdd: '++',
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** @type {Record<string, string>[]} what scanners set to other keyboards press for a letter, where it differs */
const OTHER_SCANNERS = [
  { KeyY: 'Z', KeyZ: 'Y' },
  { KeyQ: 'A', KeyA: 'Q', KeyW: 'Z', KeyZ: 'W', Semicolon: 'M', KeyM: ',', ...Object.fromEntries([...'0123456789'].map((digit) => [`Digit${digit}`, digit])) },
];
/** A key whose character the system keeps to itself: an input method takes it, or it waits for a second one. */
const HIDDEN = new Set(['Process', 'Unidentified', 'Dead']);
const UNREADABLE = '\ufffd';
/** How long a code may be that the hub is asked about. */
const LONGEST = 400;

/**
 * The character on the key of a US keyboard, or an empty string.
 * @param {string} code
 * @param {boolean} [shift]
 */
export function onKey(code, shift = false) {
  const match = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  if (!match) return US[code]?.[shift ? 1 : 0] ?? '';
  if (match[2] && shift) return SHIFTED_DIGITS[Number(match[2])] ?? '';
  return match[1] ?? match[2] ?? match[3] ?? '';
}

/**
 * Whether a press writes something, rather than commanding.
 * @param {Press} press
 */
export function writes({ code, key, ctrlKey, altKey, metaKey }) {
  const single = [...key].length === 1;
  if (metaKey || ctrlKey !== altKey) return false;
  if (altKey) return single;
  return single || (HIDDEN.has(key) && onKey(code) !== '');
}

/**
 * What the system wrote for the presses, as far as it can be known.
 * @param {Press[]} presses
 */
export function lettersOf(presses) {
  return presses.filter(writes).map(({ key }) => (HIDDEN.has(key) ? UNREADABLE : key)).join('');
}

/**
 * What was meant by a scan: the letters as the system wrote them first, then the keys by other layouts.
 * @param {Press[]} presses
 * @param {string} [letters] what is known to stand there, if it is not what the presses wrote
 * @returns {Meaning}
 */
export function meaningOf(presses, letters = lettersOf(presses)) {
  const texts = [letters, pressed(presses, {}), ...OTHER_SCANNERS.map((layout) => pressed(presses, layout))];
  const readings = texts.map(readTokens);
  if (readings.some((tokens) => tokens.length > 1)) return { text: letters, alternatives: [], kind: 'several' };
  const [text, ...alternatives] = new Set(readings.flat());
  return text ? { text, alternatives, kind: 'token' } : { text: plain(texts), alternatives: [], kind: 'none' };
}

/**
 * @param {Press[]} presses
 * @param {Record<string, string>} layout
 */
function pressed(presses, layout) {
  return presses.filter(writes).map(({ code, shiftKey }) => layout[code] ?? onKey(code, shiftKey)).join('');
}

/** @param {string[]} texts the letters, and what was pressed on a US keyboard */
function plain([letters = '', keys = '']) {
  return (/^[\x20-\x7e]*$/.test(letters) || keys === '' ? letters : keys).trim().slice(0, LONGEST);
}
