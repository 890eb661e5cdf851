/** Keys of the console, by their place on the keyboard, so that a Hangul input method changes nothing. */

/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/**
 * @typedef {{button: Button} | {lane: number} | {step: -1 | 1} | {letter: string}} KeyAction press a button of the chosen lane, choose a
 *   lane, or a letter that has no meaning for the lanes
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
 * The action of a key; null for a key without one, one that is held down, or one with a modifier.
 * @param {Pick<KeyboardEvent, 'code' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>} event
 * @returns {KeyAction | null}
 */
export function actionOf(event) {
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
 * Call `act` for each action that comes from the keyboard, unless somebody types or answers a question; `act` returns whether
 * it used the action. A key held on a button does not press it again.
 * @param {(action: KeyAction) => boolean} act
 */
export function listen(act) {
  document.addEventListener('keydown', (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.repeat && target.closest('button')) event.preventDefault();
    if (target.closest(TYPING) || document.querySelector('dialog[open]')) return;
    const action = actionOf(event);
    if (action && act(action)) event.preventDefault();
  });
}
