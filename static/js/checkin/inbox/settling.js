/** Saying what was done about a conflict: the request, and what its answer means. */
import { notify } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';

/** @typedef {import('#hub/live/documents.js').ConflictsAnswer['conflicts'][number]} Waiting */

/**
 * Settle a conflict; a refusal is shown in words.
 * @param {HTMLElement} button
 * @param {{conf: string, id: string, how: string, word?: string}} settled `how`: an answer of the conflict, `undo:<scan>` says which scan is taken back
 * @returns {Promise<boolean>} whether it is settled now
 */
export async function settle(button, { conf, id, how, word = '' }) {
  const [what, scan] = parts(how);
  const body = { what, ...(scan && { scan_id: scan }), ...(word.trim() && { word: word.trim() }) };
  const answer = await press(button, `/api/v1/c/${conf}/checkin/conflicts/${encodeURIComponent(id)}/settle`, body);
  if (!answer?.ok) return false;
  const { switched } = /** @type {{switched?: 'back' | 'kept'}} */ (answer.data);
  if (switched === 'kept') notify(t('참석 방식과 시상 순서는 그 사이 바뀌어 그대로 두었습니다.'));
  return true;
}

/** @param {string} how */
function parts(how) {
  const at = how.indexOf(':');
  return at < 0 ? [how, ''] : [how.slice(0, at), how.slice(at + 1)];
}
