/** The commands that an operator may give for an award now, as the server's document says. */
import { commandWords, recipientWords } from '#hub/awards/words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {Exclude<keyof NonNullable<AwardDoc['commands']>, 'correct'>} Verb */
/** @typedef {{title: string, body: string, action: string}} Question */
/** @typedef {{verb: Verb, words: string, key?: string, kind?: 'primary' | 'danger', question?: Question}} Step `question` is asked first */

/** @type {Verb[]} */
const ORDER = ['arm', 'reveal', 'present', 'photo', 'done', 'defer', 'skip', 'take-back', 'undo', 'redo'];

/**
 * The buttons of an award, in their order.
 * @param {AwardDoc} award
 * @returns {Step[]}
 */
export function stepsOf(award) {
  return ORDER.filter((verb) => award.commands?.[verb] === null).map((verb) => step(verb, award));
}

/**
 * Whether what is written about an award may be corrected now.
 * @param {AwardDoc} award
 */
export function mayCorrect(award) {
  return award.commands?.correct === null;
}

/**
 * @param {Verb} verb
 * @param {AwardDoc} award
 * @returns {Step}
 */
function step(verb, award) {
  const words = verbWords(verb);
  const ask = (/** @type {string} */ title) => ({ title, body: recipientWords(award), action: words });
  switch (verb) {
    case 'arm':
      return { verb, words, key: 'A', kind: 'primary' };
    case 'reveal':
      return { verb, words, key: 'R', kind: 'primary' };
    case 'done':
      return { verb, words, key: 'D' };
    case 'skip':
      return { verb, words, question: ask(t('이 상을 시상식에서 건너뛸까요?')) };
    case 'take-back':
      return { verb, words, kind: 'danger', question: ask(t('되돌려서 다시 비공개로 할까요?')) };
    case 'undo':
      return { verb, words, question: ask(t('‘{what}’ 명령의 실행을 취소할까요?', { what: commandWords(award.undo) })) };
    case 'redo':
      return { verb, words, question: ask(t('‘{what}’ 명령을 다시 실행할까요?', { what: commandWords(award.redo) })) };
    default:
      return { verb, words };
  }
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
    case 'skip':
      return t('건너뛰기');
    case 'take-back':
      return t('비공개로 되돌리기');
    case 'undo':
      return t('실행 취소');
    case 'redo':
      return t('다시 실행');
  }
}
