/** How large the letters of a long text may be so that it fills its box without scrolling; from a floor on it scrolls inside. */
import { widthEm } from '#hub/web/fit.js';

const LINE_EM = 1.5;
/** What the ends of lines leave empty: words are not broken. */
const FILLED = 0.86;

/**
 * The largest font size (px) with which `words` fill a box.
 * @param {string} words lines are separated by `\n`
 * @param {{width: number, height: number, max: number, min: number}} box px
 */
export function blockSize(words, { width, height, max, min }) {
  const lines = words.split('\n').map(widthEm);
  for (let size = max; size > min; size -= 1) {
    const taken = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil((line * size) / (width * FILLED))), 0);
    if (taken * size * LINE_EM <= height) return size;
  }
  return min;
}

/**
 * Set the size of a box whose own size does not depend on what is in it.
 * @param {HTMLElement} box
 * @param {string} words what is in it
 * @param {{max: number, min: number}} limits px
 */
export function fitBlock(box, words, limits) {
  const key = `${words.length} ${box.clientWidth} ${box.clientHeight}`;
  if (box.dataset.fitted === key) return;
  box.dataset.fitted = key;
  box.style.fontSize = `${blockSize(words, { width: box.clientWidth, height: box.clientHeight, ...limits })}px`;
}
