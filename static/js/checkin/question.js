/** Questions at the gate: the heading has the focus, so that no key of a scanner answers them. */
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/**
 * Ask before an act.
 * @param {{title: string, body?: string, action: string, danger?: boolean, content?: (Node | null)[]}} question `action` names what the button does
 * @returns {Promise<boolean>}
 */
export async function question({ title, body = '', action, danger = true, content = [] }) {
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'question-title' },
    el(
      'form',
      { method: 'dialog', class: 'stack' },
      el('h2', { id: 'question-title', tabindex: -1, autofocus: true }, title),
      body && el('p', null, body),
      ...content,
      el(
        'div',
        { class: 'actions' },
        el('button', { class: 'button', value: 'yes', 'data-kind': danger ? 'danger' : 'primary' }, action),
        el('button', { class: 'button', value: '', 'data-kind': 'quiet', formnovalidate: true }, t('그대로 두기')),
      ),
    ),
  );
  return (await answered(dialog)) === 'yes';
}
