/** What the gate says at a point that only counts people (lunch, a rehearsal): nobody is let in there, and nobody goes out of the hall. */
import { verdictOf } from '#hub/checkin/verdict-words.js';
import { t } from '#hub/web/i18n.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/verdict-words.js').Saying} Saying */
/** @typedef {import('#hub/checkin/verdict-words.js').Verdict} Verdict */
/** @typedef {import('#hub/web/time.js').Instant} Instant */

/**
 * Whether a scan was made where people are only counted, as far as that is known: the answer, or the device's list, says so.
 * @param {{phase: string, answer: {data: any} | null, local?: {counts?: boolean} | null}} scan
 */
export function onlyCounts(scan) {
  const verdict = verdictOf(scan);
  return verdict ? verdict.door === false : scan.local?.counts === true;
}

/**
 * The words that differ from those of a door; null: the same.
 * @param {Verdict} answer
 * @param {string} zone IANA name of the event's zone
 * @param {Instant} at when it was scanned
 * @returns {{title: string, why?: string} | null}
 */
export function countingWords(answer, zone, at) {
  switch (answer.verdict) {
    case 'admitted':
      return { title: t('확인됨'), why: countedWhy(answer, zone, at) };
    case 'left':
      return { title: t('나감'), why: answer.over?.length ? t('담당자 판단으로 나감') : '' };
    case 'turned_away':
      return { title: t('확인할 수 있던 분'), why: t('돌려보냈지만 확인할 수 있는 분입니다. 다시 오면 스캔해 주세요.') };
    case 'not_inside':
      return { title: t('확인 기록 없음'), why: t('이곳에서 확인한 기록이 없습니다.') };
    case 'not_yet_open':
      return { title: t('확인 시간 전') };
    case 'closed':
      return { title: t('확인 시간 지남') };
    default:
      return null;
  }
}

/**
 * @param {Verdict} answer
 * @param {string} zone
 * @param {Instant} at
 */
function countedWhy(answer, zone, at) {
  if (answer.forced) return t('담당자 판단으로 확인');
  return answer.again && answer.first ? t('다시 확인 · 처음 {at}', { at: clockBeside(answer.first.at, at, zone) }) : '';
}

/**
 * What the device says of a badge that it knows, where the words differ from those of a door.
 * @param {string} verdict
 * @param {'admitted' | 'held' | 'refused'} acted
 * @returns {{title?: string, why?: string} | null}
 */
export function localCountingWords(verdict, acted) {
  switch (verdict) {
    case 'known':
      return { why: acted === 'held' ? t('네트워크가 돌아오면 확정합니다. 그때까지 기다리게 해 주세요.') : t('통과시키세요. 네트워크가 돌아오면 확정합니다. 다른 곳의 기록과는 대조하지 않았습니다.') };
    case 'not_yet_open':
      return { title: t('확인 시간 전') };
    case 'closed':
      return { title: t('확인 시간 지남') };
    default:
      return null;
  }
}

/** Somebody had to wait for the answer, and may be counted now. @returns {{title: string, why: string}} */
export function waitedWords() {
  return { title: t('확인할 수 있습니다'), why: t('기다리던 분입니다. 아직 계시면 눌러 주세요.') };
}

/** @param {string} at time of day @returns {{title: string, why: string}} */
export function lateWords(at) {
  return { title: t('늦게 확인됨'), why: t('{at}에 스캔한 분을 확인한 것으로 기록했습니다. 돌아간 분이면 되돌려 주세요.', { at }) };
}

/**
 * @param {'admit' | 'force' | 'looked' | 'switch'} act
 * @param {boolean} out
 */
export function countingAct(act, out) {
  switch (act) {
    case 'admit':
      return t('확인하기');
    case 'force':
      return out ? t('그래도 나감') : t('그래도 확인');
    case 'looked':
      return t('살펴보고 확인');
    case 'switch':
      return t('현장으로 바꿔 확인');
  }
}
