/** Titles break between words only: browsers also break after `<`, even where `word-break` keeps words together. */
import { el } from '#hub/web/dom.js';

/**
 * Write a text word by word; the style sheet keeps each `.word` whole as long as it fits.
 * @param {Element} element
 * @param {string} words
 */
export function setWords(element, words) {
  if (element.textContent === words) return;
  element.setAttribute('dir', 'auto'); // or words from right to left would stand in the order of the page
  const spans = words.split(' ').flatMap((word) => [' ', el('span', { class: 'word' }, word)]);
  element.replaceChildren(...spans.slice(1));
}
