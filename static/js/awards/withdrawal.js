/** The dialog in which an operator says why an award is given to nobody. */
import { askFields } from '#hub/awards/fields.js';
import { recipientWords } from '#hub/awards/words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */

const LONGEST = 200;

/**
 * Ask for the reason.
 * @param {AwardDoc} award
 * @returns {Promise<{reason: string} | null>} null when the award stays
 */
export async function withdrawal(award) {
  const given = await askFields({
    title: t('이 수상을 취소할까요?'),
    body: [recipientWords(award), award.revealed_at && t('이름이 이미 공개되었습니다.'), t('이름은 모든 화면과 기록에서 사라집니다.'), t('실행 취소로 되돌릴 수 없습니다.')].filter(Boolean).join(' · '),
    fields: [{ name: 'reason', label: t('사유'), value: '', longest: LONGEST, hint: t('콘솔에만 남습니다.'), required: true }],
    action: t('수상 취소'),
    danger: true,
  });
  return given?.reason ? { reason: given.reason } : null;
}
