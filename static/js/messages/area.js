/** What operators say to the audience of a page, above its content; an emergency takes the whole page until somebody has read it. */
import { announce } from '#hub/web/announce.js';
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { shownMessages } from '#hub/messages/shown.js';

/** @typedef {import('#hub/live/documents.js').MessageDoc} MessageDoc */

/**
 * Make the place of the messages, or take over the one that the page came with; `draw` what it returns at every change and second.
 * @param {{audience: import('#hub/live/documents.js').Audience, place: Element, lane?: string | null, put?: 'screen' | 'page',
 *   emergencies?: boolean, acknowledge?: (message: MessageDoc, button: HTMLElement) => Promise<boolean>}} options `place` gets it as its first child; a
 *   `screen` that nobody touches has no button and speaks nothing; `emergencies`: nothing else is shown; `acknowledge` tells the hub that a message was read, and returns
 *   whether it knows
 * @returns {(store: import('#hub/live/store.js').Store, now: number) => void}
 */
export function messageArea({ audience, place, lane = null, put = 'page', emergencies = false, acknowledge }) {
  const came = place.querySelector(':scope > .messages');
  const area = /** @type {HTMLElement} */ (came ?? el('div', { class: 'messages', dataset: { put } }));
  if (!came) place.prepend(area);
  /** @type {Set<string>} */
  const read = new Set();
  /** @type {Set<string>} */
  let said = new Set();
  /** @type {() => void} */
  let again = () => {};

  /** @param {MessageDoc} message */
  const isRead = (message) => read.has(wordingOf(message)) || (message.acknowledged ?? []).length > 0;

  /** @param {MessageDoc} message */
  const line = (message) => {
    const button = el('button', { type: 'button', class: 'button message-read', hidden: put === 'screen' }, t('확인했습니다'));
    button.addEventListener('click', async () => {
      if (acknowledge && !(await acknowledge(message, button))) return;
      read.add(wordingOf(message));
      again();
    });
    return el('div', { class: 'message' }, el('p', { class: 'message-head' }), el('p', { class: 'message-text' }), button);
  };

  return (store, now) => {
    again = () => render(store, now);
    const found = render(store, now);
    const fresh = found.filter((message) => !said.has(wordingOf(message)));
    if (put === 'page') for (const message of fresh) announce(spoken(message), { assertive: message.emergency });
    said = new Set(found.map(wordingOf));
  };

  /**
   * @param {import('#hub/live/store.js').Store} store
   * @param {number} now
   */
  function render(store, now) {
    const found = shownMessages(store, audience, lane, now).filter(({ emergency }) => emergency || !emergencies);
    area.hidden = found.length === 0;
    renderList(area, found, wordingOf, line, (element, message) => {
      const row = /** @type {HTMLElement} */ (element);
      row.toggleAttribute('data-emergency', message.emergency);
      row.toggleAttribute('data-over', message.emergency && !isRead(message));
      setText(need('.message-head', row), headWords(message, store));
      setText(need('.message-text', row), text(message.text));
      markLanguage(need('.message-text', row), message.text);
      need('.message-read', row).hidden = put === 'screen' || isRead(message) || !(message.emergency || acknowledge);
    });
    return found;
  }
}

/**
 * A message as it is worded: another wording is to be read again.
 * @param {MessageDoc} message
 */
function wordingOf({ id, emergency, text: words }) {
  return JSON.stringify([id, emergency, words.ko, words.en]);
}

/** @param {MessageDoc} message */
function spoken(message) {
  return message.emergency ? t('긴급: {words}', { words: text(message.text) }) : text(message.text);
}

/**
 * @param {MessageDoc} message
 * @param {import('#hub/live/store.js').Store} store
 */
function headWords({ emergency, lane }, store) {
  if (emergency) return t('긴급 안내');
  const title = lane === null ? null : store.get(`lane/${lane}`)?.title;
  return title ? t('안내 · {lane}', { lane: text(title) }) : t('안내');
}
