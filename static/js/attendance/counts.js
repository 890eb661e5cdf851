/** Which numbers of the document `attendance` a row shows. */

/** @typedef {import('#hub/live/documents.js').AttendanceDoc} Counts */
/** @typedef {Counts['total']} States */

/**
 * @param {Counts} counts
 * @param {string} key `total`, `by_mode/<mode>` or `by_group/<group>`, without a group for those who have none
 * @returns {States | undefined} undefined where nobody is of that kind
 */
export function statesOf(counts, key) {
  if (key === 'total') return counts.total;
  const [kind, id] = key.split('/', 2);
  const known = /** @type {Record<string, States>} */ (kind === 'by_mode' ? counts.by_mode : counts.by_group);
  return known[id ?? ''];
}
