/** A file that is too large is told when it is chosen, before it is sent (`data-max-bytes` of its field). */
import { t } from '#hub/web/i18n.js';

const MB = 1024 * 1024;

/**
 * Say at the field when its file is too large; the browser then does not send the form.
 * @param {Event} event a change of a field
 */
export function checkFileSize({ target }) {
  if (!(target instanceof HTMLInputElement) || !target.dataset.maxBytes) return;
  target.setCustomValidity(tooLarge(target.files?.[0] ?? null, Number(target.dataset.maxBytes)));
  target.reportValidity();
}

/**
 * @param {{name: string, size: number} | null} file
 * @param {number} most bytes
 * @returns {string} an empty text when it is not too large
 */
export function tooLarge(file, most) {
  if (!file || file.size <= most) return '';
  const size = (Math.ceil((file.size * 10) / MB) / 10).toString();
  return t('{name}: {size}MB입니다. {most}MB까지 올릴 수 있습니다.', { name: file.name, size, most: most / MB });
}
