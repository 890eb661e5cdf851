/** A dialog with a few fields, for what an operator writes about an award. */
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {{name: string, label: string, value: string | null | undefined, longest: number, hint?: string, required?: boolean}} Field */

/**
 * Ask for some texts.
 * @param {{title: string, body?: string, fields: Field[], action?: string, danger?: boolean}} question
 * @returns {Promise<Record<string, string> | null>} every field, without spaces around it; null when nothing is to be done
 */
export function askFields({ title, body = '', fields, action = t('저장'), danger = false }) {
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'fields-title' },
    el(
      'form',
      { method: 'dialog', class: 'form' },
      el('h2', { id: 'fields-title' }, title),
      body && el('p', null, body),
      ...fields.map(fieldOf),
      el(
        'div',
        { class: 'actions' },
        el('button', { class: 'button', value: 'yes', 'data-kind': danger ? 'danger' : 'primary' }, action),
        el('button', { class: 'button', value: '', 'data-kind': 'quiet', formnovalidate: true }, t('취소')),
      ),
    ),
  );
  return answered(dialog).then((value) => (value === 'yes' ? given(dialog, fields) : null));
}

/** @param {Field} field */
function fieldOf({ name, label, value, longest, hint, required }) {
  const id = `field-${name}`;
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    el('input', { id, name, value: value ?? '', maxlength: longest, required: required ?? null, autocomplete: 'off', 'aria-describedby': hint ? `${id}-hint` : null }),
    hint && el('span', { class: 'field-hint', id: `${id}-hint` }, hint),
  );
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Field[]} fields
 */
function given(dialog, fields) {
  const data = new FormData(/** @type {HTMLFormElement} */ (dialog.querySelector('form')));
  return Object.fromEntries(fields.map(({ name }) => [name, String(data.get(name) ?? '').trim()]));
}
