/** What a gate says that only counts people (lunch, a rehearsal): nobody is let in there, and nobody goes out of the hall. */
import { t } from '#hub/web/i18n.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/words/vocabulary.js').Vocabulary} Vocabulary */

/** @type {Vocabulary} */
export const COUNTING = {
  admitted: (answer, zone, at) => ({ title: t('확인됨'), why: countedWhy(answer, zone, at) }),
  left: ({ over }) => ({ title: t('나감'), why: over?.length ? t('담당자 판단으로 나감') : '' }),
  turnedAway: () => ({ title: t('확인할 수 있던 분'), why: t('돌려보냈지만 확인할 수 있는 분입니다. 다시 오면 스캔해 주세요.') }),
  notInside: () => ({ title: t('확인 기록 없음'), why: t('이곳에서 확인한 기록이 없습니다.') }),
  notYetOpen: () => t('확인 시간 전'),
  closed: () => t('확인 시간 지남'),
  known: (acted) => (acted === 'held' ? t('네트워크가 돌아오면 확정합니다. 그때까지 기다리게 해 주세요.') : t('통과시키세요. 네트워크가 돌아오면 확정합니다. 다른 곳의 기록과는 대조하지 않았습니다.')),
  waited: () => ({ title: t('확인할 수 있습니다'), why: t('기다리던 분입니다. 아직 계시면 눌러 주세요.') }),
  late: (at) => ({ title: t('늦게 확인됨'), why: t('{at}에 스캔한 분을 확인한 것으로 기록했습니다. 돌아간 분이면 되돌려 주세요.', { at }) }),
  pass: () => t('확인하기'),
  party: () => t('일행도 확인'),
  passed: () => t('확인됨'),
  allPassed: () => t('모두 확인됨'),
  passAll: (n) => t('{n}명 확인하기', { n }),
  anyway: (out) => (out ? t('그래도 나감') : t('그래도 확인')),
  looked: () => t('살펴보고 확인'),
  switched: () => t('현장으로 바꿔 확인'),
  askAnyway: (name) => t('{name} 님을 그래도 확인한 것으로 할까요?', { name }),
  askSwitch: (name) => t('{name} 님을 현장 참석으로 바꾸고 확인할까요?', { name }),
  doSwitch: () => t('현장으로 바꿔 확인'),
  undo: () => ({ act: t('확인 되돌리기'), ask: (name) => t('{name} 님의 확인을 되돌릴까요?', { name }), done: t('확인을 되돌렸습니다') }),
  leaving: {
    title: () => t('나가는 분 확인 중'),
    end: () => t('들어오는 분으로'),
    soon: (n) => t('{n}초 뒤 들어오는 분으로', { n }),
    over: () => t('1분 동안 스캔이 없어 들어오는 분으로 돌아왔습니다.'),
  },
  ways: { in: () => t('들어올 때'), out: () => t('나갈 때') },
};

/** @type {(...of: Parameters<Vocabulary['admitted']>) => string} */
function countedWhy({ forced, again, first }, zone, at) {
  if (forced) return t('담당자 판단으로 확인');
  return again && first ? t('다시 확인 · 처음 {at}', { at: clockBeside(first.at, at, zone) }) : '';
}
