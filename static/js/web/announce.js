/** Messages to people: spoken by the page's live regions, and shown as a notice. */
import { el, need } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

const SPOKEN_MS = 10_000;
const SHOWN_MS = { good: 6_000, info: 8_000, bad: 20_000 };

/**
 * Have a screen reader say `words`. Assertive interrupts: emergencies only.
 * @param {string} words
 * @param {{assertive?: boolean}} [options]
 */
export function announce(words, { assertive = false } = {}) {
  const line = el('p', null, words);
  need(assertive ? '#announce-assertive' : '#announce-polite').append(line);
  setTimeout(() => line.remove(), SPOKEN_MS);
}

/** Remove what was said politely and may still be read: it is no longer true. */
export function hush() {
  need('#announce-polite').replaceChildren();
}

/**
 * Show a notice at the foot of the page and say it. `bad` is for a refusal; its words say who did what instead. `wait` stays
 * until it is closed. The same words again replace the earlier notice.
 * @param {string} words
 * @param {{kind?: 'good' | 'info' | 'bad' | 'wait', action?: {words: string, act: () => void}}} [options] `action` adds a button
 * @returns {() => void} closes it
 */
export function notify(words, { kind = 'info', action } = {}) {
  const area = need('#notices');
  for (const shown of area.querySelectorAll('.notice')) {
    if (/** @type {HTMLElement} */ (shown).dataset.words === words) shown.remove();
  }
  const close = () => notice.remove();
  const notice = el(
    'div',
    { class: 'notice', dataset: { kind, words } },
    el('div', null, el('p', null, words), action && el('button', { type: 'button', class: 'button small', onclick: action.act }, action.words)),
    el('button', { type: 'button', class: 'notice-close', 'aria-label': t('알림 닫기'), onclick: close }),
  );
  area.append(notice);
  announce(words);
  if (kind !== 'wait') setTimeout(close, SHOWN_MS[kind]);
  return close;
}
