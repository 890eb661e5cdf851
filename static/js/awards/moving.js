/** How one award moves within a calling order. */

/**
 * The order with one award at another place; those that are fixed keep theirs, the others move around them.
 * @param {readonly string[]} ids
 * @param {string} id
 * @param {number} to
 * @param {ReadonlySet<string>} fixed
 * @returns {string[]}
 */
export function moved(ids, id, to, fixed) {
  const from = ids.indexOf(id);
  if (from < 0 || fixed.has(id)) return [...ids];
  const step = to > from ? 1 : -1;
  let target = Math.max(0, Math.min(ids.length - 1, to));
  while (target !== from && target >= 0 && target < ids.length && fixed.has(/** @type {string} */ (ids[target]))) target += step;
  if (target < 0 || target >= ids.length) return [...ids];
  const free = ids.filter((one) => !fixed.has(one) && one !== id);
  const place = ids.slice(0, target + (step > 0 ? 1 : 0)).filter((one) => !fixed.has(one) && one !== id).length;
  free.splice(place, 0, id);
  return ids.map((one) => (fixed.has(one) ? one : /** @type {string} */ (free.shift())));
}
