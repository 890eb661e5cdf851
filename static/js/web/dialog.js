/** Dialogs of the desk's pages, and secrets that are shown once. */
import { notify } from '#hub/web/announce.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/**
 * Show a secret this once, with a button that copies it.
 * @param {{title: string, secret: string, words: string, note: string}} shown
 */
export function secretDialog({ title, secret, words, note }) {
  const field = el('input', { class: 'input', readonly: true, value: secret, 'aria-label': title });
  const copy = el('button', { type: 'button', class: 'button', 'data-kind': 'primary', autofocus: true }, t('복사'));
  copy.addEventListener('click', async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    notify(t('복사했습니다.'), { kind: 'good' });
  });
  const shown = dialog(title, [el('p', null, words), field, el('p', { class: 'quiet small' }, note)]);
  shown.querySelector('.actions')?.prepend(copy);
  copy.focus();
  return shown;
}

/**
 * Open a dialog with a button that closes it.
 * @param {string} title
 * @param {(Node | string)[]} content
 */
export function dialog(title, content) {
  const close = el('button', { class: 'button', 'data-kind': 'quiet', value: 'close' }, t('닫기'));
  const made = el(
    'dialog',
    { class: 'ask desk-dialog', 'aria-labelledby': 'dialog-title' },
    el('form', { method: 'dialog', class: 'stack' }, el('h2', { id: 'dialog-title' }, title), ...content, el('div', { class: 'actions' }, close)),
  );
  document.body.append(made);
  made.addEventListener('close', () => made.remove());
  made.showModal();
  return made;
}
