/** Keys of the console, by their place on the keyboard, so that a Hangul input method changes nothing. */

/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/**
 * @typedef {{button: Button} | {lane: number} | {step: -1 | 1} | {letter: string}} Wish press a button of the selected lane, select a
 *   lane, or a letter that the console itself gives no meaning
 */

/** @type {Record<string, Button>} */
const BUTTONS = {
  KeyS: 'start',
  KeyN: 'next',
  KeyH: 'hold',
  Minus: 'shorter',
  NumpadSubtract: 'shorter',
  Equal: 'longer',
  NumpadAdd: 'longer',
  KeyB: 'undo',
  KeyY: 'redo',
  KeyF: 'finish',
};

/** What stands on each button. */
export const KEY_CAPS = /** @type {Record<Button, string>} */ ({
  start: 'S', next: 'N', hold: 'H', shorter: '−', longer: '+', undo: 'B', redo: 'Y', finish: 'F',
});

const TYPING = 'input, textarea, select, [contenteditable], dialog';

/**
 * What a key asks for; null for a key that asks for nothing, is held down, or is meant for something else.
 * @param {Pick<KeyboardEvent, 'code' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>} event
 * @returns {Wish | null}
 */
export function wishOf(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (event.code in BUTTONS) return { button: BUTTONS[event.code] };
  if (event.code === 'ArrowLeft') return { step: -1 };
  if (event.code === 'ArrowRight') return { step: 1 };
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) return { lane: Number(digit[1]) - 1 };
  const letter = /^Key([A-Z])$/.exec(event.code);
  return letter ? { letter: letter[1] } : null;
}

/**
 * Call `act` for each wish that comes from the keyboard, unless somebody types or answers a question; it tells whether it
 * had a use for the wish. A key held on a button does not press it again.
 * @param {(wish: Wish) => boolean} act
 */
export function listen(act) {
  document.addEventListener('keydown', (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.repeat && target.closest('button')) event.preventDefault();
    if (target.closest(TYPING) || document.querySelector('dialog[open]')) return;
    const wish = wishOf(event);
    if (wish && act(wish)) event.preventDefault();
  });
}
