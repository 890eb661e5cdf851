/**
 * Commands that a person repeats by pressing again: as long as no answer came, the same press sends the very same
 * command, so that it happens once.
 */
import { send } from '#hub/web/command.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/web/command.js').Answer} Answer */
/** @typedef {{about: unknown, body: Record<string, unknown>}} Kept `about`: what the person saw when pressing */

/** @type {Map<string, Kept>} */
const unanswered = new Map();

/**
 * Send a command; without an answer it is kept, and sent again by the next call for the same wish about the same thing.
 * A thing that has changed since (another object) makes it a new command.
 * @param {string} url
 * @param {{wish?: Record<string, unknown>, seen?: number | null, about: unknown}} press `wish` is what the command says
 * @param {Parameters<typeof send>[2]} [environment]
 * @returns {Promise<Answer>} `again` is true when the same call repeats the command
 */
export async function sendOrRepeat(url, { wish = {}, seen = null, about }, environment) {
  const key = JSON.stringify([url, wish]);
  const kept = unanswered.get(key);
  const body = kept && kept.about === about ? kept.body : { command_id: crypto.randomUUID(), ...wish, ...(seen !== null && { seen }) };
  unanswered.set(key, { about, body });
  const answer = await send(url, body, environment);
  if (answer.status === 0) return { ...answer, again: true, message: t('서버가 답하지 않습니다. 이미 처리되었을 수도 있습니다. 다시 보내도 한 번만 실행됩니다.') };
  if (unanswered.get(key)?.body === body) unanswered.delete(key);
  return answer;
}
