/** What a gate says that lets people into the hall and out of it. */
import { t } from '#hub/web/i18n.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/words/vocabulary.js').Vocabulary} Vocabulary */

/** @type {Vocabulary} */
export const DOOR = {
  admitted: (answer, zone, at) => ({ title: t('입장'), why: admittedWhy(answer, zone, at) }),
  left: (answer) => ({ title: t('퇴장'), why: leftWhy(answer) }),
  turnedAway: () => ({ title: t('들어올 수 있던 분'), why: t('돌려보냈지만 들어올 수 있는 분입니다. 다시 오면 스캔해 주세요.') }),
  notInside: () => ({ title: t('입장 기록 없음'), why: t('들어온 기록이 없어 퇴장 처리하지 않았습니다.') }),
  notYetOpen: () => t('입장 시간 전'),
  closed: () => t('입장 시간 지남'),
  known: (acted) => (acted === 'held' ? t('네트워크가 돌아오면 확정합니다. 그때까지 들여보내지 마세요.') : t('들여보내세요. 네트워크가 돌아오면 확정합니다. 다른 출입구의 기록과는 대조하지 않았습니다.')),
  waited: () => ({ title: t('들여보낼 수 있습니다'), why: t('기다리던 분입니다. 지금 들어오면 눌러 주세요.') }),
  late: (at) => ({ title: t('늦게 확인됨 · 입장'), why: t('{at}에 스캔한 분을 입장으로 기록했습니다. 돌아간 분이면 되돌려 주세요.', { at }) }),
  pass: (out) => (out ? t('퇴장시키기') : t('입장시키기')),
  party: () => t('일행도 입장'),
  passed: () => t('입장함'),
  allPassed: () => t('모두 입장함'),
  passAll: (n) => t('{n}명 입장시키기', { n }),
  anyway: (out) => (out ? t('그래도 퇴장') : t('그래도 입장')),
  looked: () => t('확인하고 입장'),
  switched: () => t('현장으로 바꿔 입장'),
  askAnyway: (name, out) => (out ? t('{name} 님을 그래도 퇴장시킬까요?', { name }) : t('{name} 님을 그래도 입장시킬까요?', { name })),
  askSwitch: (name) => t('{name} 님을 현장 참석으로 바꾸고 입장시킬까요?', { name }),
  doSwitch: () => t('바꾸고 입장'),
  undo: (left) =>
    left
      ? { act: t('퇴장 되돌리기'), ask: (name) => t('{name} 님의 퇴장을 되돌릴까요?', { name }), done: t('퇴장을 되돌렸습니다') }
      : { act: t('입장 되돌리기'), ask: (name) => t('{name} 님의 입장을 되돌릴까요?', { name }), done: t('입장을 되돌렸습니다') },
  leaving: {
    title: () => t('퇴장 처리 중'),
    end: () => t('입장으로'),
    soon: (n) => t('{n}초 뒤 입장으로', { n }),
    over: () => t('1분 동안 스캔이 없어 입장으로 돌아왔습니다.'),
  },
  ways: null,
};

/** @type {(...of: Parameters<Vocabulary['admitted']>) => string} */
function admittedWhy({ forced, again, first }, zone, at) {
  if (forced) return t('담당자 판단으로 입장');
  return again && first ? t('다시 입장 · 처음 {at}', { at: clockBeside(first.at, at, zone) }) : '';
}

/** @type {(...of: Parameters<Vocabulary['left']>) => string} */
function leftWhy({ over, details }) {
  if (over?.length) return t('담당자 판단으로 퇴장');
  return details?.reentry === 'once' ? t('나가셨습니다. 이 문으로는 한 번만 들어옵니다.') : t('나가셨습니다. 다시 들어오실 수 있습니다.');
}
