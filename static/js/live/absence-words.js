/** What happened while somebody was away, in words. */
import { t, text } from '#hub/web/i18n.js';
import { levelWords, nameWords, recipientWords } from '#hub/awards/words.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/live/absence.js').Event} Event */

const NAMED = 3;

/**
 * One line of the summary: the time (empty where it is not known) and what happened.
 * @param {Event} event
 * @param {string} zone
 * @param {number} now server time (ms)
 * @returns {{time: string, words: string}}
 */
export function eventLine(event, zone, now) {
  if (event.at === null) return { time: '', words: t('시상 발표 {n}건이 취소되었습니다', { n: event.count }) };
  const time = clockBeside(event.at, now, zone);
  switch (event.kind) {
    case 'cue':
      return { time, words: t('{title} 순서를 시작했습니다', { title: text(event.cue.title) }) };
    case 'cues':
      return { time, words: t('{lane}: 순서 {n}개를 시작했습니다. 마지막은 {title}입니다', { lane: text(event.lane.title), n: event.count, title: text(event.cue.title) }) };
    case 'held':
      return { time, words: t('{lane} 진행을 잠시 멈추었습니다', { lane: text(event.lane.title) }) };
    case 'finished':
      return { time, words: t('{lane} 진행을 마쳤습니다', { lane: text(event.lane.title) }) };
    case 'ceremony':
      return { time, words: t('시상 {n}건을 발표했습니다', { n: event.count }) };
    case 'awards':
      return { time, words: awardsWords(event) };
  }
}

/** @param {Extract<Event, {kind: 'awards'}>} event */
function awardsWords({ level, awards }) {
  const label = levelWords(level);
  if (awards.length === 1) return t('{level}: {recipient}', { level: label, recipient: recipientWords(awards[0]) });
  if (awards.length > NAMED || awards.some((award) => !award.recipient && !award.organisation)) {
    return t('{level}: {n}건을 발표했습니다', { level: label, n: awards.length });
  }
  return t('{level}: {names}', { level: label, names: awards.map(nameWords).join(', ') });
}
