/** A button that sends a command: it looks busy until the answer, a refusal is shown in words, and what gets no answer can be given up. */
import { notify } from '#hub/web/announce.js';
import { phaseWords } from '#hub/web/command-words.js';
import { send } from '#hub/web/commands.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/web/commands.js').Answer} Answer */

/**
 * Send a command for `button`, one at a time.
 * @param {HTMLElement} button
 * @param {string} url
 * @param {Record<string, unknown>} [body]
 * @returns {Promise<Answer | null>} null when an earlier press still waits, or the command was given up
 */
export async function press(button, url, body) {
  if (button.getAttribute('aria-busy') === 'true') return null;
  button.setAttribute('aria-busy', 'true');
  const answer = await send(url, body, { onPhase: notices() }).settled;
  button.removeAttribute('aria-busy');
  return answer;
}

/**
 * Make the notices about one command.
 * @returns {(command: import('#hub/web/commands.js').Command) => void}
 */
function notices() {
  let close = () => {};
  return (command) => {
    close();
    const words = phaseWords(command);
    if (command.phase === 'retrying') close = notify(words, { kind: 'wait', action: { words: t('전송 중지'), act: () => command.giveUp() } });
    if (command.phase === 'refused' || command.phase === 'unknown') notify(words, { kind: 'bad' });
  };
}
