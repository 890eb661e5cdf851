/** What is said about a command: its phase, why it was refused, and why it may not be sent. */
import { cookieWords, cookiesRefused } from '#hub/web/cookies.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/web/commands.js').Command} Command */
/** @typedef {import('#hub/web/session.js').Renewal} Renewal */

/**
 * How a command stands, in words; empty when it was carried out.
 * @param {Pick<Command, 'phase' | 'answer'>} command
 */
export function phaseWords({ phase, answer }) {
  switch (phase) {
    case 'sending':
      return t('보내는 중');
    case 'retrying':
      return t('서버에 닿지 않습니다. 같은 명령을 다시 보내고 있습니다.');
    case 'kept':
      return t('서버에 닿지 않아 보내지 않았습니다. 연결되면 보낼지 묻습니다.');
    case 'unknown':
      return t('보내기를 그만두었습니다. 이미 실행되었을 수 있으니 화면을 확인하세요.');
    case 'refused':
      return answer?.message ?? '';
    case 'confirmed':
      return '';
  }
}

/** What is said when the server failed and gave no reason. */
export function failureWords() {
  return t('요청을 처리하지 못했습니다. 화면을 새로 고친 뒤 다시 시도해 주세요.');
}

/**
 * Why the page must be loaded again before a command can be sent.
 * @param {Renewal} outcome
 */
export function reloadWords(outcome) {
  if (cookiesRefused()) return cookieWords();
  if (outcome === 'other') return t('이 브라우저에서 다른 사람으로 로그인했거나 로그아웃했습니다. 명령을 보내지 않았습니다. 화면을 새로 고쳐 주세요.');
  return t('화면이 오래되어 명령을 보내지 못했습니다. 화면을 새로 고친 뒤 다시 시도해 주세요.');
}

/**
 * Why a command may not be sent now. The server's documents name the code; one that is not known here gets a general sentence.
 * @param {string} code
 */
export function notNowWords(code) {
  return refusals()[code] ?? t('지금은 할 수 없습니다.');
}

/** @returns {Record<string, string>} words by code, as `refusals.py` of the agenda and the awards name them */
function refusals() {
  return {
    not_started: t('아직 시작하지 않았습니다. 먼저 시작을 누르세요.'),
    already_running: t('이미 시작했습니다.'),
    held: t('이미 멈춰 있습니다.'),
    not_held: t('멈춰 있지 않습니다.'),
    finished: t('이미 끝났습니다. 실행 취소로 다시 열 수 있습니다.'),
    last_cue: t('마지막 순서입니다. 마치려면 종료를 누르세요.'),
    empty_lane: t('진행할 순서가 없습니다.'),
    too_short: t('남은 배정 시간이 1분 이하라 더 줄일 수 없습니다.'),
    too_long: t('한 순서의 시간은 24시간을 넘을 수 없습니다.'),
    on_air: t('지금 진행 중인 순서입니다.'),
    on_standby: t('이미 대기 중인 순서입니다.'),
    nothing_on_standby: t('대기시킨 순서가 없습니다.'),
    has_run: t('이미 진행한 순서는 건너뛸 수 없습니다.'),
    left_out: t('이미 건너뛰기로 한 순서입니다.'),
    not_left_out: t('건너뛰기로 한 순서가 아닙니다.'),
    not_finished: t('끝나지 않은 구역입니다.'),
    changed_since: t('그 뒤에 바뀐 것이 있습니다. 화면을 확인하세요.'),
    nothing_to_undo: t('실행을 취소할 명령이 없습니다.'),
    nothing_to_redo: t('다시 실행할 명령이 없습니다.'),
    already_armed: t('이미 발표 준비된 상입니다.'),
    already_revealed: t('이미 발표한 상입니다.'),
    not_armed: t('먼저 발표 준비를 누르세요.'),
    not_revealed: t('아직 발표하지 않은 상입니다.'),
    step_passed: t('이미 지난 단계입니다.'),
    nothing_changes: t('이미 그렇게 되어 있습니다.'),
    withdrawn: t('취소한 상입니다. 다시 넣으려면 되돌리세요.'),
    already_skipped: t('건너뛴 상입니다.'),
    nothing_to_take_back: t('되돌릴 것이 없습니다.'),
    not_rehearsed: t('리허설에는 수상자의 이름이 없어 이 명령은 쓸 수 없습니다.'),
  };
}
