/** Carries out what somebody pressed on an award of the console: asks where that is needed, then sends it. */
import { aloneQuestion, outWith } from '#hub/awards/joint.js';
import { outsideWords } from '#hub/awards/outside.js';
import { questionOf } from '#hub/awards/steps.js';
import { recipientWords } from '#hub/awards/words.js';
import { ask } from '#hub/web/ask.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/steps.js').Verb} Verb */
/** @typedef {{store: Store, commands: LaneCommands, dialogs: import('#hub/agenda/console/dialogs.js').Dialogs}} Parts */

/** So many characters the server takes of why an award is called outside its round. */
const LONGEST_WHY = 80;

/**
 * @param {Parts} parts
 * @returns {(award: AwardDoc, verb: Verb) => Promise<void>} carries out a command that the server allows
 */
export function awardActs({ store, commands, dialogs }) {
  return async (award, verb) => {
    if (!commands.accepts(award.lane, `award-${verb}`)) return;
    const seen = store.head;
    const alone = verb === 'reveal' ? aloneQuestion(store, award, recipientWords(award)) : null;
    const question = questionOf(verb, award, outWith(store, award).slice(1)) ?? revealingOutside(store, verb, award) ?? alone;
    if (question && !(await ask(question))) return;
    const why = outsideWords(store, award);
    const outside = why && (verb === 'arm' || verb === 'reveal') ? { outside: why.slice(0, LONGEST_WHY) } : {};
    const given = await bodyOf(verb, award, dialogs);
    if (given) commands.send(award.lane, `award-${verb}`, { command: verb, award: award.id, body: { ...outside, ...(alone && { force: true }), ...given } }, seen);
  };
}

/**
 * @param {Parts} parts
 * @returns {(lane: string) => Promise<void>} shows the line-up of a lane, and sends another order of it
 */
export function lineUpAct({ store, commands, dialogs }) {
  return async (lane) => {
    if (!commands.accepts(lane, 'award-line-up')) return;
    const seen = store.head;
    const asked = await (await dialogs())?.askLineUp(store, lane);
    if (asked) commands.send(lane, 'award-line-up', { command: 'line-up', path: 'awards/line-up', body: asked }, seen);
  };
}

/**
 * @param {Parts} parts
 * @returns {(lane: string, verb: import('#hub/awards/group.js').GroupVerb) => Promise<void>} carries out a command of the group of a lane
 */
export function groupAct({ store, commands, dialogs }) {
  return async (lane, verb) => {
    const pressed = /** @type {const} */ (`group-${verb}`);
    if (!commands.accepts(lane, pressed)) return;
    const seen = store.head;
    if (verb === 'begin') {
      const asked = await (await dialogs())?.askGroup(store, lane);
      if (asked) commands.send(lane, pressed, { command: verb, path: 'awards/group', body: asked }, seen);
      return;
    }
    const group = store.get(`group/${lane}`);
    const question = verb === 'end' && group?.next ? { title: t('아직 부르지 않은 이름이 있습니다. 단체 발표를 마칠까요?'), action: t('단체 발표 마치기') } : null;
    if (question && !(await ask(question))) return;
    commands.send(lane, pressed, { command: verb, path: `awards/group/${verb}`, body: expected(verb, group) }, seen);
  };
}

/**
 * The name that a command of a group is about, as the operator sees it.
 * @param {import('#hub/awards/group.js').GroupVerb} verb
 * @param {import('#hub/live/documents.js').GroupDoc | undefined} group
 */
function expected(verb, group) {
  const about = verb === 'back' ? group?.current : verb === 'next' || verb === 'skip' ? group?.next : null;
  return about ? { expect: about } : {};
}

/**
 * What a command says beside its award; nothing when it is not to be sent.
 * @param {Verb} verb
 * @param {AwardDoc} award
 * @param {Parts['dialogs']} dialogs
 */
async function bodyOf(verb, award, dialogs) {
  if (verb === 'correct') return (await dialogs())?.correction(award);
  if (verb === 'proxy') return (await dialogs())?.proxy(award);
  if (verb === 'withdraw') return (await dialogs())?.withdrawal(award);
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
