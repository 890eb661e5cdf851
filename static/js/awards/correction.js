/** The dialog in which a name or organisation is put right. */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */

/** @typedef {'recipient' | 'organisation'} Field */

/**
 * Ask for the right wording.
 * @param {AwardDoc} award
 * @returns {Promise<Record<string, string> | null>} the fields that differ; null when nothing is to be changed
 */
export function correction(award) {
  const fields = /** @type {Field[]} */ (award.kind === 'organisation' ? ['organisation'] : ['recipient', 'organisation']);
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'correct-title' },
    el(
      'form',
      { method: 'dialog', class: 'form' },
      el('h2', { id: 'correct-title' }, t('수상자 정보 고치기')),
      ...fields.map((name) => field(name, award[name])),
      el(
        'div',
        { class: 'actions' },
        el('button', { class: 'button', value: 'yes', 'data-kind': 'primary' }, t('저장')),
        el('button', { class: 'button', value: '', 'data-kind': 'quiet', formnovalidate: true }, t('취소')),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? changed(dialog, award, fields) : null);
    });
  });
}

/**
 * @param {string} name
 * @param {string | null} value
 */
function field(name, value) {
  const label = name === 'recipient' ? t('이름') : t('소속');
  return el(
    'div',
    { class: 'field' },
    el('label', { for: `correct-${name}` }, label),
    el('input', { id: `correct-${name}`, name, value: value ?? '', maxlength: name === 'recipient' ? 80 : 120 }),
  );
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {AwardDoc} award
 * @param {Field[]} fields
 */
function changed(dialog, award, fields) {
  const data = new FormData(/** @type {HTMLFormElement} */ (dialog.querySelector('form')));
  const given = fields.map((name) => /** @type {const} */ ([name, String(data.get(name) ?? '').trim()]));
  const different = given.filter(([name, value]) => value !== '' && value !== (award[name] ?? ''));
  return different.length > 0 ? Object.fromEntries(different) : null;
}
