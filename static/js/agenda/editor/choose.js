/** A question with a choice or a text, in a dialog: Enter answers, Escape cancels. */
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/**
 * Have somebody choose.
 * @param {{title: string, body?: string, label: string, options: [string, string][], action: string, danger?: boolean}} question
 * @returns {Promise<string | null>} null when it was cancelled
 */
export function choose({ options, ...question }) {
  const select = el('select', { id: 'choice', class: 'input', autofocus: true }, ...options.map(([value, words]) => el('option', { value }, words)));
  return answerOf(select, question);
}

/**
 * Have somebody type a text.
 * @param {{title: string, body?: string, label: string, action: string, value?: string, most?: number}} question
 * @returns {Promise<string | null>} null when it was cancelled
 */
export function askText({ value = '', most = 300, ...question }) {
  return answerOf(el('input', { id: 'choice', class: 'input', type: 'text', value, maxlength: most, required: true, autofocus: true, autocomplete: 'off' }), question);
}

/**
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {{title: string, body?: string, label: string, action: string, danger?: boolean}} question
 * @returns {Promise<string | null>}
 */
function answerOf(input, { title, body, label, action, danger = false }) {
  const answer = el('button', { class: 'button', value: 'yes', 'data-kind': danger ? 'danger' : 'primary' }, action);
  const cancel = el('button', { type: 'button', class: 'button', 'data-kind': 'quiet' }, t('그대로 두기'));
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'choose-title' },
    el(
      'form',
      { method: 'dialog', class: 'stack' },
      el('h2', { id: 'choose-title' }, title),
      body && el('p', null, body),
      el('div', { class: 'field' }, el('label', { for: 'choice' }, label), input),
      el('div', { class: 'actions' }, answer, cancel),
    ),
  );
  cancel.addEventListener('click', () => dialog.close());
  input.addEventListener('keydown', (event) => {
    const { key, isComposing, repeat } = /** @type {KeyboardEvent} */ (event);
    if (key !== 'Enter' || isComposing) return;
    event.preventDefault();
    if (!repeat) input.form?.requestSubmit(answer);
  });
  return answered(dialog).then((value) => (value === 'yes' ? input.value : null));
}
