/** Plays each sound of the gate once and says what it means, before the doors open. */
import { signal, wakeSound } from '#hub/checkin/signals.js';
import { pause } from '#hub/web/backoff.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

const APART_MS = 1_400;

/** @typedef {import('#hub/checkin/signals.js').Sound} Sound */

/** @param {HTMLElement} button */
export function testSounds(button) {
  button.addEventListener('click', () => void playAll(button));
}

/** @param {HTMLElement} button */
async function playAll(button) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  await Promise.race([wakeSound(), pause(APART_MS)]);
  for (const [sound, words] of samples()) {
    setText(need('#sound-now'), words);
    signal(sound);
    await pause(APART_MS);
  }
  setText(need('#sound-now'), t('들리지 않으면 기기의 소리를 켜 주세요.'));
  button.removeAttribute('aria-busy');
}

/** @returns {[Sound, string][]} */
function samples() {
  return [
    ['good', t('입장')],
    ['left', t('퇴장')],
    ['warn', t('확인이 필요합니다')],
    ['bad', t('들여보내지 마세요')],
    ['local', t('등록된 명찰, 아직 확정 전')],
  ];
}
