/** Writing a text together with the size at which it fits; the style sheet multiplies `--fit` with its unit. */
import { fitSize } from '#hub/web/fit.js';
import { setWords } from '#hub/web/whole-words.js';

/**
 * @param {HTMLElement} element
 * @param {string} words
 * @param {{room: number, lines: number, max: number, min: number}} frame as for `fitSize`
 */
export function fitText(element, words, frame) {
  setWords(element, words);
  element.style.setProperty('--fit', String(fitSize(words, frame)));
  return element;
}
