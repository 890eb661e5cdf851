/** Keys of the console, by their place on the keyboard, so that a Hangul input method changes nothing. */

/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {'step' | 'arm' | 'reveal' | 'done' | 'defer' | 'absent' | 'proxy' | 'correct' | 'line-up' | 'group' | 'outside'} AwardKey `step`: the next safe one */
/**
 * @typedef {{button: Button} | {lane: number} | {step: -1 | 1} | {award: AwardKey, place?: number} | {layer: 'blackout' | 'logo'} | {makeUp: true} | {open: 'keys'} | {open: 'rehearsal'} | {open: 'call', text: string} | {enter: true}} KeyAction
 *   press a button of the chosen lane; choose a lane; an act on the award that is up, in the chosen lane or in the lane at `place`; lay
 *   something over the stage of the chosen lane, or take it away; open
 *   the list of keys, the rehearsal, or the field that calls somebody; ask how the chosen lane makes up time; put the focus into the chosen lane
 */

/** @type {Record<string, Button>} */
const BUTTONS = {
  KeyH: 'hold',
  Minus: 'shorter',
  NumpadSubtract: 'shorter',
  Equal: 'longer',
  NumpadAdd: 'longer',
  Backspace: 'undo',
  KeyY: 'redo',
};
/** @type {Record<string, Button>} */
const SHIFTED = { KeyS: 'start', KeyN: 'next', KeyF: 'finish', Backspace: 'redo', Equal: 'longer' };
/** @type {Record<string, AwardKey>} */
const AWARD = { Space: 'step', KeyE: 'defer', KeyX: 'absent', KeyP: 'proxy', KeyC: 'correct', KeyO: 'line-up', KeyG: 'group' };
/** Without Shift while there is one lane only. @type {Record<string, 'blackout' | 'logo'>} */
const LAYERS = { KeyK: 'blackout', KeyL: 'logo' };
/** One hand for each of the first two lanes. @type {Record<string, [AwardKey, number]>} */
const HANDS = {
  KeyA: ['arm', 0],
  KeyS: ['reveal', 0],
  KeyD: ['done', 0],
  KeyJ: ['arm', 1],
  KeyK: ['reveal', 1],
  KeyL: ['done', 1],
};

/** What stands on each button of a lane. */
export const KEY_CAPS = /** @type {Record<Button, string>} */ ({
  start: '⇧S', next: '⇧N', hold: 'H', shorter: '−', longer: '+', undo: '⌫', redo: 'Y', finish: '⇧F',
});
/** The same, as `aria-keyshortcuts` has them. */
export const KEY_NAMES = /** @type {Record<Button, string>} */ ({
  start: 'Shift+S', next: 'Shift+N', hold: 'H', shorter: '-', longer: '+', undo: 'Backspace', redo: 'Y', finish: 'Shift+F',
});
/** What stands on the three steps of the award that is up, by the lane's place; further lanes have none. */
export const HAND_CAPS = [{ arm: 'A', reveal: 'S', done: 'D' }, { arm: 'J', reveal: 'K', done: 'L' }];

const TYPING = 'input, textarea, select, [contenteditable], dialog';

/**
 * The action of a key; null for a key without one, one that is held down, or one with another modifier than Shift.
 * @param {Pick<KeyboardEvent, 'code' | 'key' | 'repeat' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>} event
 * @param {number} lanes how many there are: main digits from the next one on call an award
 * @returns {KeyAction | null}
 */
export function actionOf(event, lanes) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  return event.key === '?' ? { open: 'keys' } : event.shiftKey ? shifted(event.code) : plain(event.code, lanes);
}

/**
 * @param {string} code
 * @returns {KeyAction | null}
 */
function shifted(code) {
  if (code in SHIFTED) return { button: SHIFTED[code] };
  if (code in LAYERS) return { layer: LAYERS[code] };
  if (code === 'KeyA') return { award: 'outside' };
  if (code === 'KeyR') return { open: 'rehearsal' };
  return code === 'Tab' ? { step: -1 } : null;
}

/**
 * @param {string} code
 * @param {number} lanes
 * @returns {KeyAction | null}
 */
function plain(code, lanes) {
  if (code in BUTTONS) return { button: BUTTONS[code] };
  if (code in AWARD) return { award: AWARD[code] };
  if (code === 'KeyT') return { makeUp: true };
  if (lanes === 1 && code in LAYERS) return { layer: LAYERS[code] };
  if (code in HANDS) return { award: HANDS[code][0], place: HANDS[code][1] };
  return moving(code) ?? calling(code, lanes);
}

/**
 * @param {string} code
 * @returns {KeyAction | null}
 */
function moving(code) {
  if (code === 'ArrowLeft') return { step: -1 };
  if (code === 'ArrowRight' || code === 'Tab') return { step: 1 };
  return code === 'F6' ? { enter: true } : null;
}

/**
 * @param {string} code
 * @param {number} lanes
 * @returns {KeyAction | null}
 */
function calling(code, lanes) {
  if (code === 'Slash') return { open: 'call', text: '' };
  const digit = /^(Digit|Numpad)([0-9])$/.exec(code);
  if (!digit) return null;
  const number = Number(digit[2]);
  if (digit[1] === 'Digit' && number >= 1 && number <= lanes) return { lane: number - 1 };
  return { open: 'call', text: String(number) };
}

/**
 * Call `act` for each action that comes from the keyboard, unless somebody types or answers a question; `act` returns whether it used the
 * action. While something has the focus, Space, Tab and Backspace keep their own meaning there, and Escape gives the keys back. A key
 * held on a button does not press it again.
 * @param {{act: (action: KeyAction) => boolean, lanes: () => number}} listener `lanes` counts them
 */
export function listen({ act, lanes }) {
  document.addEventListener('keydown', (event) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.repeat && target.closest('button')) event.preventDefault();
    if (target.closest(TYPING) || document.querySelector('dialog[open]')) return;
    if (event.code === 'Escape') return target.blur();
    if (target !== document.body && ['Space', 'Tab'].includes(event.code)) return;
    const action = actionOf(event, lanes());
    if (action && act(action)) event.preventDefault();
  });
}
