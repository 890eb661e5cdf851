/** The dialog in which a name or organisation is put right. */
import { askFields } from '#hub/awards/fields.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */

/** @typedef {'recipient' | 'organisation'} Field */

/**
 * Ask for the right wording.
 * @param {AwardDoc} award
 * @returns {Promise<Record<string, string> | null>} the fields that differ; null when nothing is to be changed
 */
export async function correction(award) {
  const names = /** @type {Field[]} */ (award.kind === 'organisation' ? ['organisation'] : ['recipient', 'organisation']);
  const given = await askFields({ title: t('수상자 정보 고치기'), fields: names.map((name) => fieldOf(name, award[name])) });
  if (!given) return null;
  const different = Object.entries(given).filter(([name, value]) => value !== '' && value !== (award[/** @type {Field} */ (name)] ?? ''));
  return different.length > 0 ? Object.fromEntries(different) : null;
}

/**
 * @param {Field} name
 * @param {string | null} value
 */
function fieldOf(name, value) {
  return name === 'recipient' ? { name, label: t('이름'), value, longest: 80 } : { name, label: t('소속'), value, longest: 120 };
}
