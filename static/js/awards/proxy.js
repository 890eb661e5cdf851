/** The dialog in which an operator says who receives an award in the recipient's place. */
import { askFields } from '#hub/awards/fields.js';
import { recipientWords } from '#hub/awards/words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */

const LONGEST = 80;

/**
 * Ask who receives it.
 * @param {AwardDoc} award
 * @returns {Promise<{name?: string, relation?: string} | null>} without a name nobody stands in any more; null when nothing is to be changed
 */
export async function proxy(award) {
  const given = await askFields({
    title: t('대리 수상'),
    body: recipientWords(award),
    fields: [
      { name: 'name', label: t('대신 받는 사람'), value: award.representative, longest: LONGEST, hint: award.representative ? t('비우면 대리 수상을 취소합니다.') : '' },
      { name: 'relation', label: t('수상자와의 관계'), value: award.relation, longest: LONGEST },
    ],
  });
  if (!given || (given.name === (award.representative ?? '') && given.relation === (award.relation ?? ''))) return null;
  const { name, relation } = given;
  return name ? { name, ...(relation && { relation }) } : {};
}
