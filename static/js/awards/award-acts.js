/** Carries out what somebody pressed on an award of the console: asks where that is needed, then sends it. */
import { correction } from '#hub/awards/correction.js';
import { outsideWords } from '#hub/awards/outside.js';
import { askLineUp } from '#hub/awards/line-up.js';
import { proxy } from '#hub/awards/proxy.js';
import { withdrawal } from '#hub/awards/withdrawal.js';
import { questionOf } from '#hub/awards/steps.js';
import { recipientWords } from '#hub/awards/words.js';
import { ask } from '#hub/web/ask.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/steps.js').Verb} Verb */

/** So many characters the server takes of why an award is called outside its round. */
const LONGEST_WHY = 80;

/**
 * @param {{store: Store, commands: LaneCommands}} parts
 * @returns {(award: AwardDoc, verb: Verb) => Promise<void>} carries out a command that the server allows
 */
export function awardActs({ store, commands }) {
  return async (award, verb) => {
    if (!commands.accepts(award.lane, `award-${verb}`)) return;
    const seen = store.head;
    const question = questionOf(verb, award) ?? revealingOutside(store, verb, award);
    if (question && !(await ask(question))) return;
    const why = outsideWords(store, award);
    const outside = why && (verb === 'arm' || verb === 'reveal') ? { outside: why.slice(0, LONGEST_WHY) } : {};
    const given = await bodyOf(verb, award);
    if (given) commands.send(award.lane, `award-${verb}`, { command: verb, award: award.id, body: { ...outside, ...given } }, seen);
  };
}

/**
 * @param {{store: Store, commands: LaneCommands}} parts
 * @returns {(lane: string) => Promise<void>} shows the line-up of a lane, and sends another order of it
 */
export function lineUpAct({ store, commands }) {
  return async (lane) => {
    if (!commands.accepts(lane, 'award-line-up')) return;
    const seen = store.head;
    const asked = await askLineUp(store, lane);
    if (asked) commands.send(lane, 'award-line-up', { command: 'line-up', path: 'awards/line-up', body: asked }, seen);
  };
}

/**
 * What a command says beside its award; null when nothing is to be sent.
 * @param {Verb} verb
 * @param {AwardDoc} award
 */
async function bodyOf(verb, award) {
  if (verb === 'correct') return correction(award);
  if (verb === 'proxy') return proxy(award);
  if (verb === 'withdraw') return withdrawal(award);
  return verb === 'absent' ? { absent: !award.absent } : {};
}

/**
 * A name that was made ready in a round that is over, or has not begun, is not revealed by one key.
 * @param {Store} store
 * @param {Verb} verb
 * @param {AwardDoc} award
 */
function revealingOutside(store, verb, award) {
  const why = verb === 'reveal' ? outsideWords(store, award) : '';
  return why ? { title: t('{why}. 그래도 발표할까요?', { why }), body: recipientWords(award), action: t('발표') } : null;
}
