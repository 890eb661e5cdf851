/** A page for the tests of what is drawn: the DOM of happy-dom, put where modules expect the browser's. */
import { Window } from 'happy-dom';

const FRAME = '<div id="notices"></div><div id="announce-polite"></div><div id="announce-assertive"></div>';
/** What stays for a second or longer, such as a notice, does not keep the process alive until it goes. */
const STAYS_MS = 1000;
const later = globalThis.setTimeout;
globalThis.setTimeout = /** @type {typeof later} */ (
  (/** @type {() => void} */ fn, /** @type {number} */ ms) => {
    const timer = later(fn, ms);
    return ms >= STAYS_MS ? timer.unref() : timer;
  }
);
const GLOBALS = ['document', 'location', 'Node', 'Element', 'HTMLElement', 'HTMLInputElement', 'HTMLFormElement', 'FormData', 'DOMParser', 'ResizeObserver', 'IntersectionObserver', 'requestAnimationFrame'];

/**
 * Open a page with this content of `main`.
 * @param {string} main HTML
 * @param {{head?: string, url?: string}} [options]
 */
export function openPage(main, { head = '', url = 'http://hub.test/c/conf/console' } = {}) {
  const window = new Window({ url });
  window.document.head.innerHTML = head;
  window.document.body.innerHTML = `<main id="main">${main}</main>${FRAME}`;
  for (const name of GLOBALS) Object.defineProperty(globalThis, name, { value: /** @type {any} */ (window)[name], configurable: true });
  return /** @type {Document} */ (/** @type {unknown} */ (window.document));
}

/** The texts of the notices that are shown. */
export function notices() {
  return [...document.querySelectorAll('.notice p')].map((line) => line.textContent);
}

/**
 * Press the button with these words.
 * @param {string} words
 * @param {ParentNode} [root]
 */
export function pressButton(words, root = document) {
  const button = [...root.querySelectorAll('button')].find((one) => one.firstChild?.textContent === words);
  if (!button) throw new Error(`no button ${words}: ${buttonsOf(root)}`);
  button.click();
}

/**
 * The words of the buttons, in their order.
 * @param {ParentNode} root
 */
export function buttonsOf(root) {
  return [...root.querySelectorAll('button')].map((button) => button.firstChild?.textContent);
}
