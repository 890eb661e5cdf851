/** On the console: how many are in the hall, how many follow from elsewhere, and where the others are, in a fold. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { statesOf } from '#hub/attendance/counts.js';

/** @typedef {import('#hub/attendance/counts.js').States} States */
/** @typedef {{id: string, title: import('#hub/web/i18n.js').Text}} Group */

/**
 * @param {HTMLElement} fold with `.honours-count` and a `tbody` in it; it is not there before anybody was counted
 * @param {readonly Group[]} groups in their order
 * @returns {(store: import('#hub/live/store.js').Store) => void}
 */
export function attendanceFold(fold, groups) {
  const rows = need('tbody', fold);
  return (store) => {
    const counts = store.get('attendance');
    fold.hidden = !counts;
    if (!counts) return;
    const { hall, connected, idle } = counts.total;
    setText(need('.honours-count', fold), t('현장 {hall} · 온라인 {online}', { hall, online: connected + idle }));
    const kinds = kindsOf(groups).map(([key, words]) => ({ key, words, states: statesOf(counts, key) }));
    renderList(rows, kinds.filter(({ key, states }) => key === 'total' || states?.expected), ({ key }) => key, ({ words }) => row(words), (element, { states }) => fill(element, states));
  };
}

/**
 * @param {readonly Group[]} groups
 * @returns {[key: string, words: string][]}
 */
const kindsOf = (groups) => [
  ['total', t('모두')],
  ['by_mode/onsite', t('현장 참석')],
  ['by_mode/metaverse', t('메타버스 참석')],
  ['by_mode/zoom', t('화상회의 참석')],
  ['by_mode/online', t('온라인 중계 참석')],
  ...groups.map(({ id, title }) => /** @type {[string, string]} */ ([`by_group/${id}`, text(title)])),
  ...(groups.length > 0 ? [/** @type {[string, string]} */ (['by_group/', t('구분 없음')])] : []),
];
/** @type {(keyof States)[]} */
const STATES = ['expected', 'hall', 'connected', 'idle', 'left', 'absent'];

/** @param {string} words */
function row(words) {
  return el('tr', null, el('th', { scope: 'row' }, words), ...STATES.map((state) => el('td', { class: 'number', 'data-state': state })));
}

/**
 * @param {Element} element
 * @param {States | undefined} states
 */
function fill(element, states) {
  for (const state of STATES) setText(need(`[data-state="${state}"]`, element), String(states?.[state] ?? 0));
}
