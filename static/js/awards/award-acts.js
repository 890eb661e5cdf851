/** Carries out what somebody pressed on an award of the console: asks where that is needed, then sends it. */
import { correction } from '#hub/awards/correction.js';
import { questionOf } from '#hub/awards/steps.js';
import { ask } from '#hub/web/ask.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/steps.js').Verb} Verb */

/**
 * @param {{store: Store, commands: LaneCommands}} parts
 * @returns {(award: AwardDoc, verb: Verb) => Promise<void>} carries out a command that the server allows
 */
export function awardActs({ store, commands }) {
  return async (award, verb) => {
    if (!commands.accepts(award.lane, `award-${verb}`)) return;
    const seen = store.head;
    const question = questionOf(verb, award);
    if (question && !(await ask(question))) return;
    const given = verb === 'correct' ? await correction(award) : {};
    if (given) commands.send(award.lane, `award-${verb}`, { command: verb, award: award.id, body: given }, seen);
  };
}
