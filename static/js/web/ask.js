/** A question before something dangerous: Enter confirms, Escape cancels. A key that is still held down from before does neither. */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/**
 * Ask a question.
 * @param {{title: string, body?: string, action: string, danger?: boolean}} question `action` names what the button does
 * @returns {Promise<boolean>} true when the person confirmed
 */
export function ask({ title, body = '', action, danger = true }) {
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'ask-title' },
    el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'ask-title' }, title),
      body && el('p', null, body),
      el(
        'div',
        { class: 'actions' },
        el('button', { class: 'button', value: 'yes', autofocus: true, 'data-kind': danger ? 'danger' : 'primary' }, action),
        el('button', { class: 'button', value: '', 'data-kind': 'quiet' }, t('그대로 두기')),
      ),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    if (event.repeat) event.preventDefault();
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
