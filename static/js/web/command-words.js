/** What is said about a command: its phase, why it was refused, and why it may not be sent. */
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
    case 'unknown':
      return t('보내기를 그만두었습니다. 이미 실행되었을 수 있으니 화면을 확인하세요.');
    case 'refused':
      return answer?.message ?? '';
    case 'confirmed':
      return '';
  }
}

/**
 * Why a page whose session ended must be loaded again.
 * @param {Renewal} outcome
 */
export function reloadWords(outcome) {
  if (outcome === 'other') return t('이 브라우저에서 다른 사람으로 로그인했거나 로그아웃했습니다. 명령을 보내지 않았습니다. 화면을 새로 고쳐 주세요.');
  return t('화면이 오래되어 명령을 보내지 못했습니다. 화면을 새로 고친 뒤 다시 시도해 주세요.');
}

/**
 * Why a command is refused.
 * @param {string | undefined} _code
 */
export function refusalWords(_code) {
  return t('요청을 처리하지 못했습니다. 화면을 새로 고친 뒤 다시 시도해 주세요.');
}
