/** Which rows of a long list stand in or near what can be seen of it, reckoned from their heights; those of unseen rows are estimated. */

/** @typedef {{from: number, to: number}} Span rows from `from` up to, without, `to` */
/** @typedef {{kind: 'row', index: number} | {kind: 'gap', index: number, height: number}} Piece `index` of a gap: of the first row in it */

/**
 * The rows between two heights.
 * @param {readonly number[]} heights of all rows (px)
 * @param {number} top px below the beginning of the list
 * @param {number} bottom px below it
 * @returns {Span}
 */
export function spanBetween(heights, top, bottom) {
  let [at, from] = [0, 0];
  while (from < heights.length && at + heights[from] <= top) at += heights[from++];
  let to = from;
  while (to < heights.length && at < bottom) at += heights[to++];
  return { from, to };
}

/**
 * The rows to show, in their order, with gaps that are as high as what is left out.
 * @param {readonly number[]} heights of all rows (px)
 * @param {Span} span
 * @param {number} kept a row that is shown wherever it stands, or -1
 * @returns {Piece[]}
 */
export function pieces(heights, { from, to }, kept) {
  const shown = (/** @type {number} */ index) => (index >= from && index < to) || index === kept;
  /** @type {Piece[]} */
  const found = [];
  heights.forEach((height, index) => {
    const last = found.at(-1);
    if (shown(index)) found.push({ kind: 'row', index });
    else if (last?.kind === 'gap') last.height += height;
    else found.push({ kind: 'gap', index, height });
  });
  return found;
}
