/** The line-up of a round: everybody who is still to be called, in order, with where each of them is; moved and sent as one act. */
import { inCallingOrder } from '#hub/awards/calling.js';
import { isToCome, seatWords } from '#hub/awards/presence.js';
import { badges } from '#hub/awards/readiness.js';
import { sortable } from '#hub/awards/sortable.js';
import { receivingWords, recipientWords } from '#hub/awards/words.js';
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */

const DECK = 3;

/**
 * Show the line-up of the round on air, before it of the one that comes next, and ask for another order.
 * @param {Store} store
 * @param {string} lane
 * @returns {Promise<{cue: string, order: string[]} | null>} null when nothing is to be changed, or nobody is to be called
 */
export function askLineUp(store, lane) {
  const calling = store.get(`calling/${lane}`);
  const cue = calling?.cue ?? calling?.next_cue ?? '';
  const coming = inCallingOrder(store, lane).filter((award) => award.cue === cue && isToCome(award));
  const before = coming.map(({ id }) => id);
  let order = before;
  const list = el('ol', { class: 'award-order line-up' }, ...coming.map((award, index) => item(store, award, index, coming.length)));
  sortable(list, (ids) => void (order = ids));
  const save = el('button', { class: 'button', value: 'yes', 'data-kind': 'primary' }, t('순서 바꾸기'));
  const dialog = el(
    'dialog',
    { class: 'ask line-up-dialog', 'aria-labelledby': 'line-up-title' },
    el(
      'form',
      { method: 'dialog', class: 'stack tight' },
      el('h2', { id: 'line-up-title' }, t('{cue} 호명 순서', { cue: text(store.get(`cue/${cue}`)?.title) || t('시상') })),
      el('p', { class: 'quiet', id: 'line-up-help' }, coming.length > 0 ? t('끌어서 옮기거나, 줄에 초점을 두고 Alt+↑ 또는 Alt+↓를 누르세요.') : t('부를 수상자가 없습니다')),
      list,
      el('div', { class: 'actions' }, coming.length > 1 && save, el('button', { class: 'button', value: '', 'data-kind': 'quiet' }, t('닫기'))),
    ),
  );
  return answered(dialog).then((value) => (value === 'yes' && order.join() !== before.join() ? { cue, order } : null));
}

/**
 * @param {Store} store
 * @param {AwardDoc} award
 * @param {number} index
 * @param {number} count
 */
function item(store, award, index, count) {
  const who = recipientWords(award);
  const where = el('span', { class: 'cluster' });
  badges(where, store, award, { quiet: true });
  return el(
    'li',
    { class: 'award-order-item', dataset: { award: award.id }, tabindex: 0, 'aria-describedby': 'line-up-help', 'data-deck': String(index < DECK) },
    el('span', { class: 'award-order-place figure' }, String(index + 1)),
    el('span', { class: 'award-order-name' }, who, el('small', { class: 'quiet' }, [award.unnamed && t('{number}번', { number: award.number }), seatWords(store, award), receivingWords(award)].filter(Boolean).join(' · ')), where),
    el('span', { class: 'award-order-moves' }, mover(award, 'up', t('{name} 위로', { name: who }), index === 0), mover(award, 'down', t('{name} 아래로', { name: who }), index === count - 1)),
  );
}

/**
 * @param {AwardDoc} award
 * @param {'up' | 'down'} way
 * @param {string} words
 * @param {boolean} edge
 */
function mover(award, way, words, edge) {
  return el('button', { type: 'button', class: 'button small', value: `${award.id}:${way}`, 'aria-disabled': String(edge), 'aria-label': words }, way === 'up' ? '↑' : '↓');
}
