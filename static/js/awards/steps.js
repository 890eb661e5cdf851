/** The commands that an operator may give for an award now, as the server's document says. */
import { recipientWords } from '#hub/awards/words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {keyof NonNullable<AwardDoc['commands']>} Verb */
/** @typedef {{title: string, body: string, action: string}} Question */

/** The steps that every award goes through, in a row that never moves. */
export const MAIN = /** @type {const} */ (['arm', 'reveal', 'done']);
/** @type {Verb[]} */
const MORE = ['present', 'photo', 'defer', 'absent', 'proxy', 'skip', 'correct', 'take-back'];
const QUIET = /** @type {Partial<Record<Verb, 'quiet' | 'danger'>>} */ ({ 'take-back': 'danger', withdraw: 'danger', correct: 'quiet' });
const KEYS = /** @type {Partial<Record<Verb, string>>} */ ({ defer: 'E', absent: 'X', proxy: 'P', correct: 'C' });

/**
 * What else may be done with an award now.
 * @param {AwardDoc} award
 * @returns {Verb[]}
 */
export function moreOf(award) {
  return MORE.filter((verb) => award.commands?.[verb] === null);
}

/**
 * What the card of an award offers beside its steps: a row that is as long before and after "ready", so that nothing below it moves. Who is
 * ready is sealed again by undo.
 * @param {AwardDoc} award
 */
export function besideSteps(award) {
  return moreOf(award).filter((verb) => verb !== 'take-back' || award.state !== 'armed');
}

/**
 * What may be done with an award from the list of all: also what nobody does in a hurry.
 * @param {AwardDoc} award
 * @returns {Verb[]}
 */
export function menuOf(award) {
  return [...moreOf(award), ...(award.commands?.withdraw === null ? [/** @type {Verb} */ ('withdraw')] : [])];
}

/**
 * The next step of an award: ready, reveal, done; null when there is none.
 * @param {AwardDoc} award
 * @returns {typeof MAIN[number] | null}
 */
export function nextStep(award) {
  return MAIN.find((verb) => award.commands?.[verb] === null) ?? null;
}

/**
 * What is asked before a command, or null when it goes at once.
 * @param {Verb} verb
 * @param {AwardDoc} award
 * @param {readonly AwardDoc[]} [others] of other lanes, whose names came out with it
 * @returns {Question | null}
 */
export function questionOf(verb, award, others = []) {
  const ask = (/** @type {string} */ title, /** @type {readonly AwardDoc[]} */ ...about) => ({ title, body: about.map(recipientWords).join(' · '), action: stepOf(verb).words });
  if (verb === 'skip') return ask(t('이 상을 시상식에서 건너뛸까요?'), award);
  if (verb !== 'take-back') return null;
  const title = others.length > 0 ? t('함께 발표한 이름을 모두 비공개로 되돌릴까요?') : t('되돌려서 다시 비공개로 할까요?');
  const question = ask(title, award, ...others);
  return award.revealed_at ? { ...question, body: `${question.body} · ${t('이름이 이미 공개되었습니다.')}` } : question;
}

/**
 * How a command is shown on its button.
 * @param {Verb} verb
 * @param {Pick<AwardDoc, 'absent'>} [award] the award that it is for
 * @returns {{words: string, key?: string, kind?: 'quiet' | 'danger'}}
 */
export function stepOf(verb, award) {
  const words = verb === 'absent' && award?.absent ? t('불참 취소') : verbWords(verb);
  return { words, key: KEYS[verb], kind: QUIET[verb] };
}

/**
 * A main step in one word, for its large button.
 * @param {typeof MAIN[number]} verb
 */
export function mainWords(verb) {
  return verb === 'arm' ? t('준비') : verbWords(verb);
}

/**
 * What was pressed on an award: `발표 · 석용주, 천안고용센터`.
 * @param {string} verb
 * @param {AwardDoc | undefined} award
 */
export function pressedWords(verb, award) {
  return [verbWords(/** @type {Verb} */ (verb)), award && recipientWords(award)].filter(Boolean).join(' · ');
}

/** @param {Verb} verb */
function verbWords(verb) {
  switch (verb) {
    case 'arm':
      return t('발표 준비');
    case 'reveal':
      return t('발표');
    case 'present':
      return t('수여함');
    case 'photo':
      return t('사진 촬영함');
    case 'done':
      return t('마침');
    case 'defer':
      return t('뒤로 미루기');
    case 'absent':
      return t('불참');
    case 'proxy':
      return t('대리 수상');
    case 'skip':
      return t('건너뛰기');
    case 'withdraw':
      return t('수상 취소');
    case 'correct':
      return t('고치기');
    case 'take-back':
      return t('비공개로 되돌리기');
  }
}
