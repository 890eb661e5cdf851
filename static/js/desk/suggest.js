/** What the form of a new conference suggests; the same rules as in `conferences/lifecycle.py`. */

const LONGEST = 48;
const RETENTION_MONTHS = 6;

/**
 * Return a slug of the first title that has Latin letters, with the year; an empty text when none has.
 * @param {string[]} titles
 * @param {string} year
 */
export function slugOf(titles, year) {
  const words = titles.map((title) => title.toLowerCase().match(/[a-z0-9]+/g) ?? []).find((found) => found.some((word) => /[a-z]/.test(word)));
  if (!words) return '';
  let slug = '';
  for (const word of words) {
    if (slug.length + word.length >= LONGEST) break;
    slug = slug ? `${slug}-${word}` : word;
  }
  return !slug || !year || slug.includes(year) ? slug : `${slug}-${year}`;
}

/**
 * Return the time `ends` on the day of `starts` (both `YYYY-MM-DDTHH:MM`).
 * @param {string} starts
 * @param {string} ends
 */
export function sameDay(starts, ends) {
  const [day, from] = starts.split('T');
  const until = ends.split('T')[1] ?? '18:00';
  return day ? `${day}T${until > from ? until : '23:59'}` : ends;
}

/**
 * Return the day half a year after a local time (`YYYY-MM-DDTHH:MM`), or the last one of that month before it.
 * @param {string} ends
 */
export function halfAYearLater(ends) {
  const [year, month, day] = ends.slice(0, 10).split('-').map(Number);
  if (!year || !month || !day) return '';
  const last = new Date(Date.UTC(year, month - 1 + RETENTION_MONTHS + 1, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}
