/** A button that sends a command: it looks unconfirmed until the answer, and a refusal is shown in words. Where no answer came and `work` repeats the same command, the notice offers that. */
import { notify } from '#hub/web/announce.js';

/** @typedef {import('#hub/web/command.js').Answer} Answer */

/**
 * Run `work` (usually `() => send(...)`) for `button`, at most once at a time.
 * @param {HTMLElement} button
 * @param {() => Promise<Answer>} work
 * @returns {Promise<Answer | null>} null when an earlier press still waits
 */
export async function press(button, work) {
  if (button.getAttribute('aria-busy') === 'true') return null;
  button.setAttribute('aria-busy', 'true');
  try {
    const answer = await work();
    if (!answer.ok) notify(answer.message, { kind: 'bad', ...(answer.again && { again: () => void press(button, work) }) });
    return answer;
  } finally {
    button.removeAttribute('aria-busy');
  }
}
