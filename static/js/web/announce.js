/** Telling people: spoken by the page's live regions, and shown as a notice. */
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

/** Take back what was said politely and may still be read: it is no longer true. */
export function hush() {
  need('#announce-polite').replaceChildren();
}

/**
 * Show a notice at the foot of the page and say it. `bad` is for a refusal; its words say who did what instead.
 * The same words again replace the earlier notice.
 * @param {string} words
 * @param {{kind?: 'good' | 'info' | 'bad', again?: () => void}} [options] `again` adds a button that sends once more
 */
export function notify(words, { kind = 'info', again } = {}) {
  const area = need('#notices');
  for (const shown of area.querySelectorAll('.notice')) {
    if (/** @type {HTMLElement} */ (shown).dataset.words === words) shown.remove();
  }
  const said = el('div', null, el('p', null, words));
  const notice = el('div', { class: 'notice', dataset: { kind, words } }, said);
  if (again) said.append(resend(notice, again));
  notice.append(
    el('button', { type: 'button', class: 'notice-close', 'aria-label': t('알림 닫기'), onclick: () => notice.remove() }),
  );
  area.append(notice);
  announce(words);
  setTimeout(() => notice.remove(), SHOWN_MS[kind]);
}

/**
 * @param {HTMLElement} notice
 * @param {() => void} again
 */
function resend(notice, again) {
  const once = () => {
    notice.remove();
    again();
  };
  return el('button', { type: 'button', class: 'button small', onclick: once }, t('다시 보내기'));
}
