/** Whom a message can be for. */
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').Audience} Audience */

/** @type {Audience[]} */
export const AUDIENCES = ['public', 'staff', 'stage', 'timer', 'emcee'];

/** @param {Audience} audience */
export function audienceWords(audience) {
  switch (audience) {
    case 'public':
      return t('모든 참석자');
    case 'staff':
      return t('현장 접수');
    case 'stage':
      return t('무대 화면');
    case 'timer':
      return t('연단 타이머');
    case 'emcee':
      return t('사회자');
  }
}
