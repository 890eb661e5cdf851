/** Says in an open dialog that a badge was scanned meanwhile. */
import { announce } from '#hub/web/announce.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/**
 * @param {Element} dialog
 * @param {{kind: 'info' | 'warn', wordsOf: (count: number) => string}} [said] what became of so many scans; left out: they were sent, and wait behind the dialog
 */
export function noteScan(dialog, { kind, wordsOf } = { kind: 'info', wordsOf: sent }) {
  const note = dialog.querySelector('.scan-note') ?? begun(dialog, kind);
  const count = Number(note.getAttribute('data-count')) + 1;
  note.setAttribute('data-count', String(count));
  const words = wordsOf(count);
  setText(note, words);
  announce(words);
}

/** @param {number} count */
function sent(count) {
  return count === 1 ? t('방금 명찰 스캔을 받았습니다. 이 창을 닫으면 결과가 보입니다.') : t('그 사이 명찰 스캔 {n}건을 받았습니다. 이 창을 닫으면 결과가 보입니다.', { n: count });
}

/**
 * @param {Element} dialog
 * @param {'info' | 'warn'} kind
 */
function begun(dialog, kind) {
  const note = el('p', { class: 'callout scan-note', 'data-kind': kind, 'data-count': 0 });
  dialog.prepend(note);
  dialog.addEventListener('close', () => note.remove(), { once: true });
  return note;
}
