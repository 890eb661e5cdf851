/** Calls somebody out of order: a number or initial consonants are typed, Enter makes the first that fits ready. */
import { recipientWords } from '#hub/awards/words.js';
import { el, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */

const SHOWN = 6;

/**
 * Open the field.
 * @param {{lane: string, text: string, find: (words: string) => AwardDoc[], outside: (award: AwardDoc) => string, call: (award: AwardDoc) => void}} parts
 *   `lane`: its name, `outside`: why an award is not of the round on air, empty when it is
 */
export function openCallBox({ lane, text, find, outside, call }) {
  const field = el('input', { id: 'call-field', class: 'input', value: text, autocomplete: 'off', autofocus: true });
  const list = el('ol', { class: 'call-found' });
  const nobody = el('p', { class: 'quiet', role: 'status' });
  const send = el('button', { class: 'button', value: 'call', 'data-kind': 'primary' }, t('발표 준비'));
  const dialog = el(
    'dialog',
    { class: 'ask call-box', 'aria-labelledby': 'call-title' },
    el(
      'form',
      { method: 'dialog', class: 'form' },
      el('h2', { id: 'call-title' }, t('{lane}: 순서 밖에서 부르기', { lane })),
      el('div', { class: 'field' }, el('label', { for: 'call-field' }, t('호명 번호나 이름의 초성')), field),
      list,
      nobody,
      el('div', { class: 'actions' }, send, el('button', { class: 'button', value: '', 'data-kind': 'quiet', formnovalidate: true }, t('취소'))),
    ),
  );
  const draw = () => {
    const found = find(field.value).slice(0, SHOWN);
    renderList(list, found, ({ id }) => id, () => el('li'), (item, award) => setText(item, [award.order, recipientWords(award), outside(award)].filter(Boolean).join(' · ')));
    setText(nobody, field.value && found.length === 0 ? t('맞는 수상자가 없습니다') : '');
    send.disabled = found.length === 0;
  };
  field.addEventListener('input', draw);
  dialog.addEventListener('close', () => {
    const [first] = dialog.returnValue === 'call' ? find(field.value) : [];
    dialog.remove();
    if (first) call(first);
  });
  document.body.append(dialog);
  draw();
  dialog.showModal();
  field.focus();
  field.setSelectionRange(text.length, text.length);
}
