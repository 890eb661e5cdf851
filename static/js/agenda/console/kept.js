/** Commands that could not be sent in time: when the server can be reached again, the console asks about each whether to send it now. */
import { ask } from '#hub/web/ask.js';
import { t } from '#hub/web/i18n.js';
import { secondsBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lane-commands.js').Kept} Kept */

const REACHED = ['live', 'polling'];

/**
 * @param {{zone: string, words: (kept: Kept) => string, now: () => number, question?: typeof ask}} parts `words`: what was pressed
 * @returns {{keep: (kept: Kept) => void, connection: (state: string) => void}} `connection` is told every state of the link
 */
export function keptCommands({ zone, words, now, question = ask }) {
  /** @type {Kept[]} */
  const waiting = [];
  let reached = false;
  let asking = false;
  const askAll = async () => {
    if (asking) return;
    asking = true;
    while (reached && waiting.length > 0) await askOne(/** @type {Kept} */ (waiting.shift()));
    asking = false;
  };
  const askOne = async (/** @type {Kept} */ kept) => {
    if (kept.command.phase !== 'kept') return;
    const asked = { what: words(kept), time: secondsBeside(new Date(kept.at).toISOString(), now(), zone) };
    const title = t('‘{what}’ 명령({time}에 누름)을 보내지 못했습니다. 지금 보낼까요?', asked);
    if (await question({ title, action: t('지금 보내기'), danger: false })) kept.command.resend();
    else kept.command.giveUp();
  };
  return {
    keep(kept) {
      waiting.push(kept);
      void askAll();
    },
    connection(state) {
      reached = REACHED.includes(state);
      void askAll();
    },
  };
}
