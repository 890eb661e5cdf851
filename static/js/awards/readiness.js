/** Whether the person who comes to the stage for an award is there. */
import { presenceBadge, presenceOf } from '#hub/awards/presence.js';
import { stateWords } from '#hub/awards/words.js';
import { el, renderList, setText } from '#hub/web/dom.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */

const KINDS = /** @type {Record<string, string>} */ ({ armed: 'warn', revealed: 'live', deferred: 'wait', skipped: 'open' });
const TO_COME = ['sealed', 'armed', 'deferred'];

/**
 * Whether somebody is expected for an award that is still to come, and is neither here nor connected.
 * @param {Store} store
 * @param {AwardDoc} award
 */
export function isMissing(store, award) {
  const guest = award.guest ? store.get(`guest/${award.guest}`) : undefined;
  return guest !== undefined && !guest.inside && !guest.remote_connected && TO_COME.includes(award.state);
}

/**
 * Show how far an award is, and whether its recipient is there.
 * @param {Element} place
 * @param {Store} store
 * @param {AwardDoc} award
 * @param {{quiet?: boolean}} [options] `quiet`: an award that nothing was done with has no badge of its state
 */
export function badges(place, store, award, { quiet = false } = {}) {
  /** @type {{key: string, words: string, kind: string}[]} */
  const shown = quiet && award.state === 'sealed' ? [] : [{ key: 'state', words: stateWords(award.state), kind: KINDS[award.state] ?? '' }];
  const guest = award.guest ? store.get(`guest/${award.guest}`) : undefined;
  if (guest) {
    const presence = presenceBadge(presenceOf(store, award));
    if (presence) shown.push({ key: 'presence', ...presence });
  }
  renderList(place, shown, ({ key }) => key, () => el('span', { class: 'badge' }), (badge, { words, kind }) => {
    setText(badge, words);
    badge.setAttribute('data-kind', kind);
  });
}
