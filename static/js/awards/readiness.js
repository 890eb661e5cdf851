/** Whether the person who comes to the stage for an award is there. */
import { jointWords } from '#hub/awards/joint.js';
import { isAway, isToCome, presenceBadge, presenceOf, sinceWords } from '#hub/awards/presence.js';
import { stateWords } from '#hub/awards/words.js';
import { el, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */

const KINDS = /** @type {Record<string, string>} */ ({ armed: 'warn', revealed: 'live', skipped: 'open' });

/**
 * Whether somebody is expected for an award that is still to come, and is neither here nor connected; not where it is known that they
 * do not come, or that a proxy receives it.
 * @param {Store} store
 * @param {AwardDoc} award
 */
export function isMissing(store, award) {
  return isAway(presenceOf(store, award)) && isToCome(award) && !award.absent && award.stand_in !== 'proxy';
}

/**
 * Show how far an award is, and whether its recipient is there.
 * @param {Element} place
 * @param {Store} store
 * @param {AwardDoc} award
 * @param {{quiet?: boolean, zone?: string}} [options] `quiet`: an award that nothing was done with has no badge of its state; `zone`: say
 *   since when, in times of this zone, and from whom it is known where the recipient is
 */
export function badges(place, store, award, { quiet = false, zone } = {}) {
  /** @type {{key: string, words: string, kind: string}[]} */
  const shown = quiet && award.state === 'sealed' ? [] : [{ key: 'state', words: stateWords(award.state), kind: KINDS[award.state] ?? '' }];
  const joint = jointWords(store, award);
  if (joint) shown.push({ key: 'joint', words: joint, kind: 'info' });
  if (award.deferred && isToCome(award)) shown.push({ key: 'deferred', words: t('뒤로 미룸'), kind: 'wait' });
  if (award.absent) shown.push({ key: 'absent', words: t('불참'), kind: 'warn' });
  const presence = presenceOf(store, award);
  const badge = presenceBadge(presence);
  if (badge && !(award.absent && isAway(presence))) shown.push({ key: 'presence', kind: badge.kind, words: [badge.words, zone && sinceWords(store, award, zone)].filter(Boolean).join(' · ') });
  renderList(place, shown, ({ key }) => key, () => el('span', { class: 'badge' }), (badge, { words, kind }) => {
    setText(badge, words);
    badge.setAttribute('data-kind', kind);
  });
}
