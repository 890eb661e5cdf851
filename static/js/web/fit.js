/** How large a text may be so that it fits: reckoned, not measured, so that nothing jumps after it is drawn. */
import { byKey } from '#hub/web/derived.js';

const WIDE = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\uFF00-\uFFEF]/u;
const WIDE_EM = 0.96;
const NARROW_EM = 0.6;
const SPACE_EM = 0.28;

/**
 * The width of a text at font size 1.
 * @param {string} words
 */
export function widthEm(words) {
  return [...words].reduce((sum, char) => sum + (char === ' ' ? SPACE_EM : WIDE.test(char) ? WIDE_EM : NARROW_EM), 0);
}

/** Of a word: screens reckon the same names each second. */
const widthOf = byKey(widthEm);

/**
 * The largest font size, in the unit of `room`, with which `words` take at most `lines` lines; lines break at spaces only.
 * @param {string} words
 * @param {{room: number, lines: number, max: number, min: number}} frame `room`: the width of a line
 */
export function fitSize(words, { room, lines, max, min }) {
  const size = room / narrowest(words.split(' ').map(widthOf), lines);
  return Math.round(Math.max(min, Math.min(max, size)) * 100) / 100;
}

/**
 * The width of the widest line when words are put into at most `lines` lines as evenly as possible.
 * @param {number[]} widths of the words
 * @param {number} lines
 * @returns {number}
 */
function narrowest(widths, lines) {
  const whole = lineWidth(widths);
  if (lines <= 1 || widths.length <= 1) return whole;
  const splits = widths.slice(1).map((_, index) => {
    const first = lineWidth(widths.slice(0, index + 1));
    return Math.max(first, narrowest(widths.slice(index + 1), lines - 1));
  });
  return Math.min(whole, ...splits);
}

/** @param {number[]} widths */
function lineWidth(widths) {
  return widths.reduce((sum, width) => sum + width, 0) + SPACE_EM * (widths.length - 1);
}
