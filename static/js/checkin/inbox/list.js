/**
 * The list of what has to be looked at, kept as the server renders it. Nothing moves under a hand: what is new comes at the end, and what
 * somebody settled keeps its place, with who did, until `tidy`.
 */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** Children that stand after everything that has to be looked at. */
const LAST = ['nothing', 'pages', 'settled'];

export class InboxList {
  #list;

  /** @param {HTMLElement} list whose children have names (`data-item`), and say by `data-version` when they are others than before */
  constructor(list) {
    this.#list = list;
  }

  /**
   * Show what the server renders now.
   * @param {HTMLElement} fresh the same list, rendered anew; its children are taken
   * @returns {{came: string[], went: string[]}} what is new and what was settled, in words
   */
  take(fresh) {
    const now = new Map(itemsOf(fresh).map((item) => [nameOf(item), item]));
    const went = itemsOf(this.#list).flatMap((item) => this.#update(item, now.get(nameOf(item)), fresh));
    const shown = new Set(itemsOf(this.#list).map(nameOf));
    const came = [...now.values()].filter((item) => !shown.has(nameOf(item)));
    for (const item of came) this.#add(item);
    return { came: came.filter((item) => !isLast(item)).map(wordsOf), went };
  }

  /** Take away what was settled; nobody is about to press anything. */
  tidy() {
    for (const item of itemsOf(this.#list)) if (isSettled(item) && !item.contains(document.activeElement)) item.remove();
  }

  /**
   * @param {HTMLElement} item
   * @param {HTMLElement | undefined} now the same item as it is now
   * @param {HTMLElement} fresh
   * @returns {string[]} the words of an item that was settled
   */
  #update(item, now, fresh) {
    if (now) {
      const other = now.dataset.version !== item.dataset.version || isSettled(item);
      if (other && !isInUse(item)) item.replaceWith(now);
      return [];
    }
    if (isSettled(item)) return [];
    if (isLast(item)) {
      item.remove();
      return [];
    }
    return [settle(item, fresh.querySelector(`[data-settled="${nameOf(item)}"]`))];
  }

  /** @param {HTMLElement} item */
  #add(item) {
    const place = LAST.indexOf(nameOf(item));
    const after = itemsOf(this.#list).find((one) => LAST.indexOf(nameOf(one)) > place);
    this.#list.insertBefore(item, after ?? null);
  }
}

/**
 * Say at an item who settled it, instead of its buttons. What somebody had begun to write about it stays.
 * @param {HTMLElement} item
 * @param {Element | null} how what was done, when and by whom; null where that is not known
 * @returns {string} the same in words
 */
function settle(item, how) {
  const words = wordsOf(item);
  item.dataset.done = '';
  item.style.minBlockSize = `${item.offsetHeight}px`;
  const focused = item.contains(document.activeElement);
  const done = el('p', { class: 'inbox-done' }, el('strong', null, t('처리됨')), ' · ', ...(how ? [...how.childNodes].map((node) => node.cloneNode(true)) : [t('목록에서 빠졌습니다.')]));
  for (const form of item.querySelectorAll('form')) {
    const written = form.querySelector('input[name=word]');
    const kept = written instanceof HTMLInputElement && written.value !== '';
    if (kept) written.readOnly = true;
    for (const button of form.querySelectorAll('button, a')) button.remove();
    if (!kept) form.remove();
  }
  item.append(done);
  if (focused) focusHeading(item);
  return [words, done.textContent?.replace(/\s+/g, ' ').trim()].join(' · ');
}

/** @param {HTMLElement} item */
function focusHeading(item) {
  const heading = item.querySelector('h2');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}

/**
 * Whether somebody writes in it, or is about to press it.
 * @param {HTMLElement} item
 */
function isInUse(item) {
  if (isSettled(item)) return false;
  const written = item.querySelector('input[name=word]');
  return item.contains(document.activeElement) || (written instanceof HTMLInputElement && written.value !== '');
}

/** @param {HTMLElement} list */
function itemsOf(list) {
  return /** @type {HTMLElement[]} */ ([...list.children]);
}

/** @param {HTMLElement} item */
function nameOf(item) {
  return item.dataset.item ?? '';
}

/** @param {HTMLElement} item */
function isLast(item) {
  return LAST.includes(nameOf(item));
}

/** @param {HTMLElement} item */
function isSettled(item) {
  return item.dataset.done !== undefined;
}

/** @param {HTMLElement} item */
function wordsOf(item) {
  const parts = [item.querySelector('h2'), item.querySelector('.inbox-who')].map((part) => part?.textContent?.replace(/\s+/g, ' ').trim());
  return parts.filter(Boolean).join(': ');
}
