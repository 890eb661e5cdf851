/** Asks what becomes of steps that an earlier page did not get sent. */
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */

const SHOWN = 8;

/**
 * @param {Step[]} steps
 * @returns {Promise<boolean>} true: send them; closing the question sends them too, so that nothing is lost by a slip
 */
export function askSteps(steps) {
  const names = steps.slice(0, SHOWN).map((step) => el('li', null, step.name));
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'left-title' },
    el(
      'form',
      { method: 'dialog', class: 'stack' },
      el('h2', { id: 'left-title' }, t('저장하지 못한 것 {n}개가 있습니다', { n: steps.length })),
      el('p', null, t('지난번에 서버에 닿지 않아 이 브라우저에 남아 있습니다.')),
      el('ul', { class: 'change-list' }, ...names, steps.length > SHOWN && el('li', null, '…')),
      el(
        'div',
        { class: 'actions' },
        el('button', { class: 'button', value: 'send', 'data-kind': 'primary', autofocus: true }, t('지금 저장')),
        el('button', { class: 'button', value: 'discard', 'data-kind': 'danger' }, t('버리기')),
      ),
    ),
  );
  return answered(dialog).then((value) => value !== 'discard');
}
