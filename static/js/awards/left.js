/** The question about names that were not called, when a lane is about to leave their cue. */
import { recipientWords } from '#hub/awards/words.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{lane: string, awards: string, move: boolean}} Left what the server's refusal `names_left` says; `awards`: ids separated by commas */

const NAMED = 5;

/**
 * What to ask; the values `leave` and `move` say what becomes of the names, an empty one leaves the lane as it is.
 * @param {Store} store
 * @param {Left} left
 * @returns {{title: string, body: string, choices: import('#hub/web/ask.js').Choice[]}}
 */
export function leftQuestion(store, { lane, awards, move }) {
  const ids = awards.split(',');
  const names = ids.slice(0, NAMED).map((id) => nameOf(store, id));
  const more = ids.length - names.length;
  return {
    title: t('{lane}: 아직 부르지 않은 수상자 {n}명', { lane: text(store.get(`lane/${lane}`)?.title), n: ids.length }),
    body: `${names.join(' · ')}${more > 0 ? ` ${t('외 {n}명', { n: more })}` : ''}`,
    choices: [
      { value: '', words: t('지금 부르기'), kind: 'primary' },
      ...(move ? [{ value: 'move', words: t('다음 시상으로 옮기기') }] : []),
      { value: 'leave', words: t('부르지 않고 진행'), kind: /** @type {const} */ ('danger') },
    ],
  };
}

/**
 * @param {Store} store
 * @param {string} id of an award
 */
function nameOf(store, id) {
  const award = store.get(`award/${id}`);
  if (!award) return id;
  const who = `${award.order} ${recipientWords(award)}`;
  return award.deferred ? t('{who} (뒤로 미룸)', { who }) : who;
}
