/** Says in an open dialog that a badge was scanned meanwhile: the scan was sent, and the dialog still waits for its answer. */
import { announce } from '#hub/web/announce.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @param {Element} dialog */
export function noteScan(dialog) {
  const note = dialog.querySelector('.scan-note') ?? begun(dialog);
  const count = Number(note.getAttribute('data-count')) + 1;
  note.setAttribute('data-count', String(count));
  const words = count === 1 ? t('방금 명찰 스캔을 받았습니다. 이 창을 닫으면 결과가 보입니다.') : t('그 사이 명찰 스캔 {n}건을 받았습니다. 이 창을 닫으면 결과가 보입니다.', { n: count });
  setText(note, words);
  announce(words);
}

/** @param {Element} dialog */
function begun(dialog) {
  const note = el('p', { class: 'callout scan-note', 'data-kind': 'info', 'data-count': 0 });
  dialog.prepend(note);
  dialog.addEventListener('close', () => note.remove(), { once: true });
  return note;
}
