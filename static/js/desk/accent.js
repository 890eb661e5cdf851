/** Says beside the field of the accent colour how well white can be read on it, as it is chosen; the same rule as in `conferences/colours.py`. */
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

const READABLE = 4.5;
const WEIGHTS = [0.2126, 0.7152, 0.0722];

/** Keep the words below the field up to date. */
export function keepContrast() {
  const field = /** @type {HTMLInputElement} */ (need('#accent'));
  field.addEventListener('input', () => setText(need('#accent-hint'), contrastWords(field.value)));
}

/** @param {string} accent `#rrggbb` */
export function contrastWords(accent) {
  const contrast = contrastWithWhite(accent);
  const use = contrast >= READABLE ? t('버튼과 글자에 그대로 쓸 수 있습니다.') : t('밝은 색이라 버튼과 글자에는 더 진하게 바꾸어 씁니다.');
  return `${t('흰색과의 대비 {ratio}:1.', { ratio: contrast.toFixed(1) })} ${use}`;
}

/**
 * Return the contrast of white with a colour, from 1 to 21 (WCAG 2.2).
 * @param {string} accent `#rrggbb`
 */
export function contrastWithWhite(accent) {
  const luminance = WEIGHTS.reduce((sum, weight, place) => sum + weight * linear(parseInt(accent.slice(1 + 2 * place, 3 + 2 * place), 16) / 255), 0);
  return 1.05 / (luminance + 0.05);
}

/** @param {number} value */
function linear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
