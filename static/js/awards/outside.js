/** Whether the cue of an award is on air, in words: a name belongs to its round. */
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * Why an award is not of the round that is on air; empty when it is.
 * @param {Store} store
 * @param {AwardDoc} award
 */
export function outsideWords(store, award) {
  const cue = store.get(`cue/${award.cue}`);
  if (!cue || store.get(`lane/${award.lane}`)?.cue === cue.id) return '';
  return cue.started_at ? t('{cue} 순서는 이미 지나갔습니다', { cue: text(cue.title) }) : t('{cue} 순서는 아직 시작하지 않았습니다', { cue: text(cue.title) });
}
