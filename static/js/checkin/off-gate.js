/**
 * A page of check-in that is no gate: what a scanner types presses nothing here and is not taken, which is said with a way to the gate.
 * The page names the gate in `<meta name="gate-page">`, if whoever reads it may scan.
 */
import { noteScan } from '#hub/checkin/reading/dialog-note.js';
import { listenForScans } from '#hub/checkin/reading/scanner-keys.js';
import { openDialog } from '#hub/checkin/reading/targets.js';
import { signal, wakeSound } from '#hub/checkin/signals.js';
import { notify } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';

const gate = document.querySelector('meta[name="gate-page"]')?.getAttribute('content');

document.addEventListener('keydown', wakeSound, { capture: true });
listenForScans({ field: null, onCode: turnAway });

function turnAway() {
  const words = t('방금 스캔한 명찰은 처리하지 않았습니다. 명찰은 체크인 화면에서 스캔해 주세요.');
  const dialog = openDialog();
  signal('bad');
  if (dialog) noteScan(dialog, { kind: 'warn', wordsOf: () => words });
  else notify(words, { kind: 'wait', ...(gate && { action: { words: t('체크인 화면'), act: () => location.assign(gate) } }) });
}
