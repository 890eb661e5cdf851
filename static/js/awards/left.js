/** The questions about names that were not called, when a lane is about to leave their cue. */
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
  return {
    title: t('{lane}: 아직 부르지 않은 수상자 {n}명', { lane: text(store.get(`lane/${lane}`)?.title), n: ids.length }),
    body: namesOf(store, ids),
    choices: [
      { value: '', words: t('지금 부르기'), kind: 'primary' },
      ...(move ? [{ value: 'move', words: t('다음 시상으로 옮기기') }] : []),
      { value: 'leave', words: t('부르지 않고 진행'), kind: /** @type {const} */ ('danger') },
    ],
  };
}

/**
 * What to ask when names turned up in another lane, which alone can say what becomes of them: to wait for it or to start without it.
 * @param {Store} store
 * @param {Left} left
 * @returns {{title: string, body: string, choices: import('#hub/web/ask.js').Choice[]}} the value `alone` starts without it, an empty one does nothing
 */
export function leftElsewhere(store, { lane, awards }) {
  const ids = awards.split(',');
  const where = text(store.get(`lane/${lane}`)?.title);
  return {
    title: t('{lane}: 부를 수상자가 달라졌습니다 (남은 {n}명)', { lane: where, n: ids.length }),
    body: `${namesOf(store, ids)} — ${t('{lane} 구역에서 ‘다음 순서로’를 누르고 ‘수상자 다시 확인’을 고르면 함께 시작할 수 있습니다.', { lane: where })}`,
    choices: [
      { value: '', words: t('기다리기'), kind: 'primary' },
      { value: 'alone', words: t('혼자 시작'), kind: 'danger' },
    ],
  };
}

/**
 * @param {Store} store
 * @param {string[]} ids of awards
 */
function namesOf(store, ids) {
  const more = ids.length - NAMED;
  const names = ids.slice(0, NAMED).map((id) => nameOf(store, id)).join(' · ');
  return more > 0 ? `${names} ${t('외 {n}명', { n: more })}` : names;
}

/**
 * The body of a command of one lane, or of several, with what was said of the names of one of them.
 * @param {Record<string, any>} body
 * @param {Left} left
 * @param {string} answer
 */
export function withAnswer(body, { lane }, answer) {
  return body.lanes ? { ...body, with_left_in: { ...body.with_left_in, [lane]: answer } } : { ...body, with_left: answer };
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
