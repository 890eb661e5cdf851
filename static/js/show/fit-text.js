/** Writing a text together with the size at which it fits; the style sheet multiplies `--fit` with its unit. */
import { setText } from '#hub/dom.js';
import { fitSize } from '#hub/show/fit.js';

/** Browsers break a line after an angle bracket, even where words are kept together. */
const OPENING = /[<〈](?=\S)/g;
const WORD_JOINER = '\u2060';

/**
 * @param {HTMLElement} element
 * @param {string} words
 * @param {{room: number, lines: number, max: number, min: number}} frame as for `fitSize`
 */
export function fitText(element, words, frame) {
  setText(element, words.replaceAll(OPENING, `$&${WORD_JOINER}`));
  element.style.setProperty('--fit', String(fitSize(words, frame)));
  return element;
}
