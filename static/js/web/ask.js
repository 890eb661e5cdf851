/** A question before something dangerous: Enter takes the first answer, Escape cancels. A key that is still held down from before does neither. */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {{value: string, words: string, kind?: 'primary' | 'danger'}} Choice */

/**
 * Ask a question.
 * @param {{title: string, body?: string, action: string, danger?: boolean}} question `action` names what the button does
 * @returns {Promise<boolean>} true when the person confirmed
 */
export async function ask({ title, body = '', action, danger = true }) {
  const kind = danger ? 'danger' : 'primary';
  return (await choose({ title, body, choices: [{ value: 'yes', words: action, kind }], keep: t('그대로 두기') })) === 'yes';
}

/**
 * Ask which of several things to do; the first has the focus.
 * @param {{title: string, body?: string, choices: Choice[], keep?: string}} question `keep`: words of a last button that does none of them
 * @returns {Promise<string>} the `value` of the choice; empty when nothing was chosen
 */
export function choose({ title, body = '', choices, keep }) {
  const buttons = choices.map(({ value, words, kind }, index) => el('button', { class: 'button', value, autofocus: index === 0, 'data-kind': kind }, words));
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'ask-title' },
    el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'ask-title' }, title),
      body && el('p', null, body),
      el('div', { class: 'actions' }, ...buttons, keep && el('button', { class: 'button', value: '', 'data-kind': 'quiet' }, keep)),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    if (event.repeat) event.preventDefault();
  });
  return answered(dialog);
}

/**
 * Open a dialog, and take it away when it is closed.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>} what closed it: the value of a button, empty for Escape
 */
export function answered(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
